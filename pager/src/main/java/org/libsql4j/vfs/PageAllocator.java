package org.libsql4j.vfs;

/** Where the memory of pages comes from. */
@FunctionalInterface
public interface PageAllocator {

  /**
   * An array for a page.
   *
   * @throws OutOfMemoryError if there is none; the operation fails with {@code NOMEM} then
   */
  byte[] allocate(int bytes);

  /** The heap. */
  static PageAllocator heap() {
    return byte[]::new;
  }
}

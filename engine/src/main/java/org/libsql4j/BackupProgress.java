package org.libsql4j;

/** Told how far a backup has come. */
@FunctionalInterface
public interface BackupProgress {
  /**
   * Some pages were copied.
   *
   * @param remaining pages that are still to be copied, if the source does not change
   * @param pageCount pages of the source
   */
  void copied(int remaining, int pageCount);
}

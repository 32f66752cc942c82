package org.libsql4j.pager;

/** Told of a checkpoint's steps; may throw to end it, which does no harm. */
@FunctionalInterface
public interface CheckpointListener {

  /**
   * A page is about to be written to the database file.
   *
   * @param bytes holds the page at {@code offset}; not to be kept or changed
   */
  void pageMoved(int pageNumber, int frameNumber, byte[] bytes, int offset);

  /**
   * The log, all of whose frames are in the database file, is about to be emptied by TRUNCATE.
   * Nobody can write meanwhile.
   *
   * @param frames how many frames it has
   */
  default void startingOver(int frames) {}
}

package org.libsql4j.faults;

/** Something that was done to a file. */
public sealed interface FileEvent {
  /** Name of the file. */
  String path();

  /** Bytes were written at a position. */
  record Write(String path, long position, byte[] bytes) implements FileEvent {}

  /** The file was cut or lengthened to a size in bytes. */
  record Truncate(String path, long size) implements FileEvent {}

  /**
   * What was done to the file before is durable.
   *
   * @param directory and so is its name, if it is new
   */
  record Sync(String path, boolean directory) implements FileEvent {}

  /** A file was created. */
  record Create(String path) implements FileEvent {}

  /**
   * The file was deleted.
   *
   * @param durable that, and all creations and deletions before, will survive a power failure
   */
  record Delete(String path, boolean durable) implements FileEvent {}
}

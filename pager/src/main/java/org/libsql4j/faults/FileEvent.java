package org.libsql4j.faults;

/** Something that was done to a file. */
public sealed interface FileEvent {
  /** Name of the file. */
  String path();

  /** Bytes were written at a position. */
  record Write(String path, long position, byte[] bytes) implements FileEvent {}

  /** The file was cut or lengthened to a size in bytes. */
  record Truncate(String path, long size) implements FileEvent {}

  /** What was done to the file before is durable. */
  record Sync(String path) implements FileEvent {}

  record Create(String path) implements FileEvent {}

  record Delete(String path) implements FileEvent {}
}

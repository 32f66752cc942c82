package org.libsql4j.vfs;

/**
 * How to open a file.
 *
 * @param kind what the file is for
 * @param writable false opens for reading only; true may still end with a read-only file (see
 *     {@link DatabaseFile#isReadOnly()}) unless {@code exclusive}
 * @param create create the file if it does not exist
 * @param exclusive fail if it exists
 * @param deleteOnClose delete it when it is closed
 * @param readOnlySharedMemory never write to the shared memory of the database, nor create it
 */
public record OpenOptions(
    FileKind kind,
    boolean writable,
    boolean create,
    boolean exclusive,
    boolean deleteOnClose,
    boolean readOnlySharedMemory) {

  /** With shared memory that is written to if possible. */
  public OpenOptions(
      FileKind kind, boolean writable, boolean create, boolean exclusive, boolean deleteOnClose) {
    this(kind, writable, create, exclusive, deleteOnClose, false);
  }

  /** The same, but shared memory is not written to. */
  public OpenOptions withReadOnlySharedMemory(boolean value) {
    return new OpenOptions(kind, writable, create, exclusive, deleteOnClose, value);
  }

  /** An existing or new file, for reading and writing. */
  public static OpenOptions readWriteCreate(FileKind kind) {
    return new OpenOptions(kind, true, true, false, false);
  }

  /** An existing file, for reading and writing. */
  public static OpenOptions readWrite(FileKind kind) {
    return new OpenOptions(kind, true, false, false, false);
  }

  /** An existing file, for reading. */
  public static OpenOptions readOnly(FileKind kind) {
    return new OpenOptions(kind, false, false, false, false);
  }

  /** A new file that vanishes when it is closed. */
  public static OpenOptions temporary(FileKind kind) {
    return new OpenOptions(kind, true, true, true, true);
  }
}

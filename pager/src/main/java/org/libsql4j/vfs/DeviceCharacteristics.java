package org.libsql4j.vfs;

/**
 * What a file's device promises; bits of {@link DatabaseFile#deviceCharacteristics()}.
 *
 * <p>Numbers are those of <a
 * href="https://www.sqlite.org/c3ref/c_iocap_atomic.html">SQLITE_IOCAP</a>.
 */
public final class DeviceCharacteristics {
  /** Data is written before the file's size grows, so that appended bytes are never garbage. */
  public static final int SAFE_APPEND = 0x200;

  /** Writes reach the medium in the order in which they were made. */
  public static final int SEQUENTIAL = 0x400;

  /** An open file cannot be deleted. */
  public static final int UNDELETABLE_WHEN_OPEN = 0x800;

  /** A power failure in a write leaves bytes beside those written alone. */
  public static final int POWERSAFE_OVERWRITE = 0x1000;

  /** Nobody can write the file: no locks are needed and there is no hot journal. */
  public static final int IMMUTABLE = 0x2000;

  private DeviceCharacteristics() {}
}

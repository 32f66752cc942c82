package org.libsql4j.record;

/**
 * Big-endian numbers in byte arrays, as all formats of SQLite have them.
 *
 * <p>Where the platform has array-view {@code VarHandle}s they are used, one machine instruction
 * each; elsewhere (Android before API 33) bytes are put together by hand.
 */
public final class BigEndian {
  private BigEndian() {}

  private static final boolean VIEWS = viewsAvailable();

  private static boolean viewsAvailable() {
    try {
      return BigEndianViews.available();
    } catch (LinkageError e) {
      return false;
    }
  }

  /** An unsigned 16-bit number. */
  public static int getShort(byte[] b, int i) {
    if (VIEWS) {
      return BigEndianViews.getShort(b, i);
    }
    return (b[i] & 0xff) << 8 | (b[i + 1] & 0xff);
  }

  /** Writes 2 bytes. */
  public static void putShort(byte[] b, int i, int value) {
    b[i] = (byte) (value >> 8);
    b[i + 1] = (byte) value;
  }

  /** A signed 24-bit number. */
  public static int getInt24(byte[] b, int i) {
    return b[i] << 16 | (b[i + 1] & 0xff) << 8 | (b[i + 2] & 0xff);
  }

  /** Reads 4 bytes. */
  public static int getInt(byte[] b, int i) {
    if (VIEWS) {
      return BigEndianViews.getInt(b, i);
    }
    return getRareInt(b, i);
  }

  /**
   * As {@link #getInt}, for what is read once in a while: without views, which take long as long as
   * the code is not compiled.
   */
  public static int getRareInt(byte[] b, int i) {
    return b[i] << 24 | (b[i + 1] & 0xff) << 16 | (b[i + 2] & 0xff) << 8 | (b[i + 3] & 0xff);
  }

  /** Writes 4 bytes. */
  public static void putInt(byte[] b, int i, int value) {
    if (VIEWS) {
      BigEndianViews.putInt(b, i, value);
      return;
    }
    b[i] = (byte) (value >> 24);
    b[i + 1] = (byte) (value >> 16);
    b[i + 2] = (byte) (value >> 8);
    b[i + 3] = (byte) value;
  }

  /** Reads 8 bytes. */
  public static long getLong(byte[] b, int i) {
    if (VIEWS) {
      return BigEndianViews.getLong(b, i);
    }
    return (long) getInt(b, i) << 32 | (getInt(b, i + 4) & 0xffffffffL);
  }

  /** Writes 8 bytes. */
  public static void putLong(byte[] b, int i, long value) {
    if (VIEWS) {
      BigEndianViews.putLong(b, i, value);
      return;
    }
    putInt(b, i, (int) (value >> 32));
    putInt(b, i + 4, (int) value);
  }

  /** Reads 8 bytes as a floating point number. */
  public static double getDouble(byte[] b, int i) {
    return Double.longBitsToDouble(getLong(b, i));
  }

  /** Writes a floating point number as 8 bytes. */
  public static void putDouble(byte[] b, int i, double value) {
    putLong(b, i, Double.doubleToRawLongBits(value));
  }
}

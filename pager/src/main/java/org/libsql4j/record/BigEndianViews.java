package org.libsql4j.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.libsql4j.annotation.BeyondAndroid26;

/** The only class that names {@code VarHandle}; loaded by {@link BigEndian} where it exists. */
@BeyondAndroid26
final class BigEndianViews {
  private BigEndianViews() {}

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  static boolean available() {
    return SHORT != null && INT != null && LONG != null;
  }

  static int getShort(byte[] b, int i) {
    return (short) SHORT.get(b, i) & 0xffff;
  }

  static int getInt(byte[] b, int i) {
    return (int) INT.get(b, i);
  }

  static void putInt(byte[] b, int i, int value) {
    INT.set(b, i, value);
  }

  static long getLong(byte[] b, int i) {
    return (long) LONG.get(b, i);
  }

  static void putLong(byte[] b, int i, long value) {
    LONG.set(b, i, value);
  }
}

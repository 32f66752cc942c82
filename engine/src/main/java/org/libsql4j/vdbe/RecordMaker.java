package org.libsql4j.vdbe;

import org.libsql4j.connection.Limit;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.record.Record;
import org.libsql4j.record.SerialType;
import org.libsql4j.record.Varint;

/**
 * MakeRecord: writes registers as a record into the buffer of another register.
 *
 * <p>A column with REAL affinity stores numbers without fraction as integers when that takes fewer
 * than 8 bytes; reading converts them back.
 */
final class RecordMaker {
  /** Greatest magnitude of an integer that takes 6 bytes. */
  private static final long MAX_SIX_BYTES = 0x7fff_ffff_ffffL;

  private int[] types = new int[16];

  /** Oldest schema format that any database written to has: below 4, types 8 and 9 are unknown. */
  int fileFormat = 4;

  void make(Vdbe vdbe, Op op, Mem[] mem) {
    int first = op.p1;
    int count = op.p2;
    String affinities = op.p4 instanceof String letters ? letters : null;
    if (affinities != null) {
      ValueOps.applyAffinities(affinities, mem, first, count, vdbe.connection.encoding);
    }
    if (types.length < count) {
      types = new int[count * 2];
    }
    int[] types = this.types;
    int typeBytes = 0;
    long body = 0;
    for (int i = 0; i < count; i++) {
      Mem value = mem[first + i];
      int type;
      if (value.type == Mem.REAL && affinities != null && isReal(affinities, i)) {
        type = realAsInteger(value);
      } else {
        type = SerialType.of(value, fileFormat);
      }
      types[i] = type;
      typeBytes += type < 0x80 ? 1 : Varint.sizeOf(type & 0xffffffffL);
      body += SerialType.size(type);
    }
    int headerSize = typeBytes < 127 ? typeBytes + 1 : Record.headerSize(typeBytes);
    long total = headerSize + body;
    if (total > vdbe.connection.limit(Limit.LENGTH)) {
      throw new LibsqlException(ResultCode.TOOBIG);
    }
    Mem target = mem[op.p3];
    byte[] out = target.allocate((int) total);
    int at = Varint.put(out, 0, headerSize);
    int bodyAt = headerSize;
    for (int i = 0; i < count; i++) {
      int type = types[i];
      if (type < 0x80) {
        out[at++] = (byte) type;
      } else {
        at += Varint.put(out, at, type);
      }
      bodyAt += put(out, bodyAt, mem[first + i], type);
    }
    target.type = Mem.BLOB;
    target.subtype = 0;
  }

  private static boolean isReal(String affinities, int column) {
    return column < affinities.length() && affinities.charAt(column) == 'E';
  }

  /** The type of a floating point number in a REAL column. */
  private int realAsInteger(Mem value) {
    long integer = (long) value.real;
    if ((double) integer != value.real || integer > MAX_SIX_BYTES || integer < -MAX_SIX_BYTES - 1) {
      return SerialType.REAL;
    }
    return SerialType.ofInteger(integer, fileFormat);
  }

  private static int put(byte[] out, int at, Mem value, int type) {
    if (value.type == Mem.REAL && type != SerialType.REAL) {
      return putInteger(out, at, (long) value.real, SerialType.size(type));
    }
    return SerialType.put(out, at, value, type);
  }

  private static int putInteger(byte[] out, int at, long value, int size) {
    long rest = value;
    for (int k = size - 1; k >= 0; k--) {
      out[at + k] = (byte) rest;
      rest >>= 8;
    }
    return size;
  }
}

package org.libsql4j.vdbe;

import org.libsql4j.record.BigEndian;
import org.libsql4j.record.Bytes;
import org.libsql4j.record.Collation;
import org.libsql4j.record.Collations;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.SerialType;
import org.libsql4j.record.TextEncoding;
import org.libsql4j.record.Varint;

/**
 * Gives records that are equal so far keys of what follows in them: the next eight bytes of a text
 * or blob, or the prefix of the next field.
 *
 * <p>Up to where records are equal is a place: the number of the field, and how many bytes of its
 * value have been looked at; 0 means that the field has not been.
 */
final class TieKeys {
  /** The records are equal in all fields. */
  static final long EQUAL = -1;

  /** What follows makes no key. */
  static final long UNKNOWN = -2;

  /** How many bytes of a text or blob the prefix of a field holds whole. */
  private static final int PREFIX_BYTES = 7;

  private final RecordOrder order;
  private final KeyInfo keyInfo;
  private final byte[] arena;
  private final int[] positions;
  private final long[] keys;
  private final int[] numbers;

  // ---- the field that was found last
  private int type;
  private int body;

  TieKeys(RecordOrder order, byte[] arena, int[] positions, long[] keys, int[] numbers) {
    this.order = order;
    this.keyInfo = order.keyInfo();
    this.arena = arena;
    this.positions = positions;
    this.keys = keys;
    this.numbers = numbers;
  }

  /** The place after the prefixes of records. */
  long start() {
    return place(0, order.commonBeginning() + PREFIX_BYTES);
  }

  private static long place(int field, int seen) {
    return (long) field << 32 | seen;
  }

  /**
   * Replaces the keys of records that are equal up to a place; they mean nothing if it gives none.
   *
   * @return the place after the new keys, {@link #EQUAL} or {@link #UNKNOWN}
   */
  long fill(int from, int end, long place) {
    int field = (int) (place >> 32);
    int seen = (int) place;
    if (field >= order.fieldCount()) {
      return EQUAL;
    }
    if (seen > 0) {
      long rest = fillRest(from, end, field, seen);
      if (rest != EQUAL) {
        return rest;
      }
      field++;
    }
    return fillField(from, end, field);
  }

  /** Keys of a field that was not looked at yet. */
  private long fillField(int from, int end, int field) {
    if (field >= order.fieldCount()) {
      return EQUAL;
    }
    Collation collation = keyInfo.collation(field);
    int flags = keyInfo.sortFlags(field);
    for (int i = from; i < end; i++) {
      if (!find(positions[numbers[i]], field)) {
        return UNKNOWN;
      }
      keys[i] = order.prefix(collation, flags, type, arena, body);
    }
    return place(field, PREFIX_BYTES);
  }

  /** Keys of the rest of a field; EQUAL if there is none and all are the same. */
  private long fillRest(int from, int end, int field, int seen) {
    boolean descending = (keyInfo.sortFlags(field) & KeyInfo.DESC) != 0;
    boolean fold = false;
    boolean more = false;
    int length = -1;
    boolean sameLength = true;
    for (int i = from; i < end; i++) {
      if (!find(positions[numbers[i]], field)) {
        return UNKNOWN;
      }
      if (type < SerialType.FIRST_BLOB) {
        return sameNumbers(from, end, field);
      }
      if (i == from && SerialType.isText(type)) {
        Collation collation = keyInfo.collation(field);
        fold = collation == Collations.NOCASE && keyInfo.encoding() == TextEncoding.UTF8;
        if (!fold && !collation.isBinary()) {
          return UNKNOWN;
        }
      }
      int size = SerialType.size(type);
      sameLength &= length < 0 || size == length;
      length = size;
      more |= size > seen;
      long key = size > seen ? next(body + seen, size - seen, fold) : 0;
      keys[i] = (descending ? ~key : key) ^ Long.MIN_VALUE;
    }
    if (more) {
      return seen > Integer.MAX_VALUE - 8 ? UNKNOWN : place(field, seen + 8);
    }
    return sameLength ? EQUAL : UNKNOWN;
  }

  /** Whether fields with equal prefixes surely are equal: NULLs, and integers that fit in. */
  private long sameNumbers(int from, int end, int field) {
    for (int i = from; i < end; i++) {
      if (!find(positions[numbers[i]], field)
          || type == SerialType.REAL
          || (SerialType.isInteger(type)
              && !RecordOrder.isExact(SerialType.getInteger(arena, body, type)))
          || type >= SerialType.FIRST_BLOB) {
        return UNKNOWN;
      }
    }
    return EQUAL;
  }

  /** Looks for a field; false if the record has fewer fields. */
  private boolean find(int record, int field) {
    byte[] b = arena;
    int headerSize = Varint.getInt(b, record);
    int end = record + headerSize;
    int at = record + Varint.length(b, record);
    int value = end;
    for (int i = 0; at < end; i++) {
      int each = b[at];
      if (each >= 0) {
        at++;
      } else {
        each = Varint.getInt(b, at);
        at += Varint.length(b, at);
      }
      if (i == field) {
        type = each;
        body = value;
        return true;
      }
      value += SerialType.size(each);
    }
    return false;
  }

  /** Up to eight bytes as an unsigned number. */
  private long next(int at, int count, boolean fold) {
    if (!fold && at + 8 <= arena.length) {
      long bits = BigEndian.getLong(arena, at);
      return count >= 8 ? bits : bits & -1L << (64 - 8 * count);
    }
    long bits = 0;
    int taken = Math.min(count, 8);
    for (int i = 0; i < taken; i++) {
      int b = fold ? Bytes.toLowerAscii(arena[at + i]) : arena[at + i] & 0xff;
      bits |= (long) b << (56 - 8 * i);
    }
    return bits;
  }
}

package org.libsql4j.vdbe;

import org.libsql4j.record.BigEndian;
import org.libsql4j.record.Bytes;
import org.libsql4j.record.Collation;
import org.libsql4j.record.Collations;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.Mem;
import org.libsql4j.record.MemComparator;
import org.libsql4j.record.SerialType;
import org.libsql4j.record.TextEncoding;
import org.libsql4j.record.Varint;

/**
 * The order in which a sorter puts records: compares two stored records, and gives for each a
 * 64-bit prefix that decides most comparisons alone.
 *
 * <p>Prefixes compare as signed numbers. If they differ, the records are in that order; if they are
 * equal, nothing is known, except when {@link #tiesAreEqual()}. The two highest bits are the
 * storage class of the first field, the others the start of its value:
 *
 * <pre>
 *   0  NULL     nothing
 *   1  number   as a floating point number, its bits made to ascend
 *   2  text     first bytes, prepared for the collation
 *   3  blob     first bytes
 * </pre>
 */
final class RecordOrder {
  /** Integers up to here lose nothing in the 62 bits of a prefix. */
  private static final long EXACT_INTEGER = 1L << 49;

  private static final int PREFIX_BYTES = 7;

  private final KeyInfo keyInfo;
  private final int fieldCount;
  private final Collation firstCollation;
  private final int firstFlags;
  private boolean exact;

  /** How many bytes that all first fields have in common are not in the prefixes. */
  private int commonBeginning;

  RecordOrder(KeyInfo keyInfo, int fieldCount) {
    this.keyInfo = keyInfo;
    this.fieldCount = fieldCount;
    this.firstCollation = keyInfo.collation(0);
    this.firstFlags = keyInfo.sortFlags(0);
    forgetPrefixes();
  }

  /** Begins a new set of records. */
  void forgetPrefixes() {
    exact = fieldCount == 1;
    commonBeginning = 0;
  }

  KeyInfo keyInfo() {
    return keyInfo;
  }

  int fieldCount() {
    return fieldCount;
  }

  int commonBeginning() {
    return commonBeginning;
  }

  /** Whether the prefix of an integer tells it exactly. */
  static boolean isExact(long integer) {
    return integer <= EXACT_INTEGER && integer >= -EXACT_INTEGER;
  }

  /** Whether equal prefixes of all records so far mean that the records are equal. */
  boolean tiesAreEqual() {
    return exact;
  }

  // ---- prefixes
  // -----------------------------------------------------------------------------------

  long prefix(byte[] record, int offset) {
    int headerSize = Varint.getInt(record, offset);
    int typeAt = offset + Varint.length(record, offset);
    if (fieldCount == 0 || typeAt >= offset + headerSize) {
      exact = false;
      return 0;
    }
    int type = Varint.getInt(record, typeAt);
    return prefix(firstCollation, firstFlags, type, record, offset + headerSize);
  }

  /** The prefix of a field. */
  long prefix(Collation collation, int flags, int type, byte[] record, int at) {
    long bits = prefixOf(collation, flags, type, record, at);
    if ((flags & KeyInfo.DESC) != 0) {
      bits = ~bits;
    }
    return bits ^ Long.MIN_VALUE;
  }

  /**
   * The prefix of a value to be searched for in the first field. It does not count for {@link
   * #tiesAreEqual()}.
   */
  long prefix(Mem value) {
    boolean before = exact;
    long bits =
        switch (value.type) {
          case Mem.INTEGER -> numberBits((double) value.integer);
          case Mem.REAL -> numberBits(value.real);
          case Mem.TEXT ->
              2L << 62 | textPrefix(firstCollation, value.bytes, value.offset, value.length);
          case Mem.BLOB -> 3L << 62 | bytesPrefix(value.bytes, value.offset, value.length, false);
          default -> (firstFlags & KeyInfo.NULLS_BIG) != 0 ? -1L : 0;
        };
    exact = before;
    return ((firstFlags & KeyInfo.DESC) != 0 ? ~bits : bits) ^ Long.MIN_VALUE;
  }

  private static long numberBits(double value) {
    long bits = Double.doubleToRawLongBits(value + 0.0);
    return 1L << 62 | (bits ^ (bits >> 63 | Long.MIN_VALUE)) >>> 2;
  }

  private long prefixOf(Collation collation, int flags, int type, byte[] record, int at) {
    if (type >= SerialType.FIRST_BLOB) {
      int length = SerialType.size(type);
      return SerialType.isText(type)
          ? 2L << 62 | textPrefix(collation, record, at, length)
          : 3L << 62 | bytesPrefix(record, at, length, false);
    }
    if (type == SerialType.NULL || type > SerialType.ONE) {
      return (flags & KeyInfo.NULLS_BIG) != 0 ? -1L : 0;
    }
    double value;
    if (type == SerialType.REAL) {
      value = BigEndian.getDouble(record, at);
      exact = false;
    } else {
      long integer = SerialType.getInteger(record, at, type);
      if (!isExact(integer)) {
        exact = false;
      }
      value = (double) integer;
    }
    return numberBits(value);
  }

  /**
   * Computes the prefixes of a set of records anew if their first fields are all binary texts with
   * a common beginning, which then is left out. The new prefixes compare only with each other.
   */
  void skipCommonBeginning(byte[] records, int[] positions, long[] prefixes, int count) {
    if (count < 2 || fieldCount == 0 || !firstCollation.isBinary() || exact) {
      return;
    }
    int first = positions[0];
    int common = Integer.MAX_VALUE;
    for (int i = 0; i < count && common > 0; i++) {
      common = Math.min(common, commonBeginning(records, first, positions[i]));
    }
    if (common < PREFIX_BYTES - 3) {
      return;
    }
    exact = fieldCount == 1;
    commonBeginning = common;
    boolean descending = (firstFlags & KeyInfo.DESC) != 0;
    for (int i = 0; i < count; i++) {
      int record = positions[i];
      int at = record + Varint.getInt(records, record) + common;
      int length = SerialType.size(firstType(records, record)) - common;
      long bits = 2L << 62 | bytesPrefix(records, at, length, false);
      prefixes[i] = (descending ? ~bits : bits) ^ Long.MIN_VALUE;
    }
  }

  private static int firstType(byte[] record, int offset) {
    return Varint.getInt(record, offset + Varint.length(record, offset));
  }

  /** How many bytes the texts that two records begin with have in common; 0 for other types. */
  private static int commonBeginning(byte[] records, int left, int right) {
    int leftType = firstType(records, left);
    int rightType = firstType(records, right);
    if (!SerialType.isText(leftType) || !SerialType.isText(rightType)) {
      return 0;
    }
    int l = left + Varint.getInt(records, left);
    int r = right + Varint.getInt(records, right);
    int end = Math.min(SerialType.size(leftType), SerialType.size(rightType));
    int i = 0;
    while (i < end && records[l + i] == records[r + i]) {
      i++;
    }
    return i;
  }

  private long textPrefix(Collation collation, byte[] record, int at, int length) {
    if (collation.isBinary()) {
      return bytesPrefix(record, at, length, false);
    }
    if (keyInfo.encoding() == TextEncoding.UTF8) {
      if (collation == Collations.NOCASE) {
        exact = false;
        return bytesPrefix(record, at, length, true);
      }
      if (collation == Collations.RTRIM) {
        exact = false;
        int trimmed = length;
        while (trimmed > 0 && record[at + trimmed - 1] == ' ') {
          trimmed--;
        }
        return bytesPrefix(record, at, trimmed, false);
      }
    }
    exact = false;
    return 0;
  }

  private long bytesPrefix(byte[] record, int at, int length, boolean fold) {
    long bits = 0;
    int count = Math.min(length, 8);
    for (int i = 0; i < count; i++) {
      int b = fold ? Bytes.toLowerAscii(record[at + i]) : record[at + i] & 0xff;
      bits |= (long) b << (56 - 8 * i);
    }
    if (length > PREFIX_BYTES || (length > 0 && record[at + length - 1] == 0)) {
      exact = false;
    }
    return bits >>> 2;
  }

  // ---- whole keys
  // ---------------------------------------------------------------------------------

  /** Compares the key fields of two records. */
  int compare(byte[] left, int leftOffset, byte[] right, int rightOffset) {
    int leftBody = leftOffset + Varint.getInt(left, leftOffset);
    int rightBody = rightOffset + Varint.getInt(right, rightOffset);
    int leftEnd = leftBody;
    int rightEnd = rightBody;
    int l = leftOffset + Varint.length(left, leftOffset);
    int r = rightOffset + Varint.length(right, rightOffset);
    for (int field = 0; field < fieldCount; field++) {
      if (l >= leftEnd || r >= rightEnd) {
        return Boolean.compare(l < leftEnd, r < rightEnd);
      }
      int leftType = left[l];
      if (leftType >= 0) {
        l++;
      } else {
        leftType = Varint.getInt(left, l);
        l += Varint.length(left, l);
      }
      int rightType = right[r];
      if (rightType >= 0) {
        r++;
      } else {
        rightType = Varint.getInt(right, r);
        r += Varint.length(right, r);
      }
      int result = compareField(field, left, leftBody, leftType, right, rightBody, rightType);
      if (result != 0) {
        return applyFlags(result, field, leftType, rightType);
      }
      leftBody += SerialType.size(leftType);
      rightBody += SerialType.size(rightType);
    }
    return 0;
  }

  private int applyFlags(int result, int field, int leftType, int rightType) {
    int flags = keyInfo.sortFlags(field);
    if (flags == 0) {
      return result;
    }
    boolean negate = (flags & KeyInfo.DESC) != 0;
    if ((flags & KeyInfo.NULLS_BIG) != 0 && (leftType == 0 || rightType == 0)) {
      negate = !negate;
    }
    return negate ? -result : result;
  }

  /** 0 NULL, 1 number, 2 text, 3 blob. */
  private static int storageClass(int type) {
    if (type >= SerialType.FIRST_BLOB) {
      return (type & 1) != 0 ? 2 : 3;
    }
    return type == SerialType.NULL || type > SerialType.ONE ? 0 : 1;
  }

  private int compareField(
      int field, byte[] left, int l, int leftType, byte[] right, int r, int rightType) {
    int leftClass = storageClass(leftType);
    int rightClass = storageClass(rightType);
    if (leftClass != rightClass) {
      return leftClass - rightClass;
    }
    return switch (leftClass) {
      case 0 -> 0;
      case 1 -> compareNumbers(left, l, leftType, right, r, rightType);
      case 2 ->
          compareText(
              field, left, l, SerialType.size(leftType), right, r, SerialType.size(rightType));
      default ->
          Bytes.compare(left, l, SerialType.size(leftType), right, r, SerialType.size(rightType));
    };
  }

  private static int compareNumbers(
      byte[] left, int l, int leftType, byte[] right, int r, int rightType) {
    boolean leftReal = leftType == SerialType.REAL;
    boolean rightReal = rightType == SerialType.REAL;
    if (!leftReal && !rightReal) {
      return Long.compare(
          SerialType.getInteger(left, l, leftType), SerialType.getInteger(right, r, rightType));
    }
    if (leftReal && rightReal) {
      return MemComparator.compareReals(
          BigEndian.getDouble(left, l), BigEndian.getDouble(right, r));
    }
    if (leftReal) {
      return -MemComparator.compare(
          SerialType.getInteger(right, r, rightType), BigEndian.getDouble(left, l));
    }
    return MemComparator.compare(
        SerialType.getInteger(left, l, leftType), BigEndian.getDouble(right, r));
  }

  private int compareText(
      int field, byte[] left, int l, int leftLength, byte[] right, int r, int rightLength) {
    Collation collation = keyInfo.collation(field);
    if (collation.isBinary() || keyInfo.encoding() == TextEncoding.UTF8) {
      return collation.compare(left, l, leftLength, right, r, rightLength);
    }
    Mem leftText = new Mem();
    leftText.setText(left, l, leftLength, keyInfo.encoding());
    Mem rightText = new Mem();
    rightText.setText(right, r, rightLength, keyInfo.encoding());
    return MemComparator.compare(leftText, rightText, collation);
  }

  /** Whether one of the first fields of a record is NULL, or there are fewer fields. */
  static boolean hasNull(byte[] record, int offset, int fields) {
    int end = offset + Varint.getInt(record, offset);
    int at = offset + Varint.length(record, offset);
    for (int i = 0; i < fields; i++) {
      if (at >= end || Varint.getInt(record, at) == SerialType.NULL) {
        return true;
      }
      at += Varint.length(record, at);
    }
    return false;
  }
}

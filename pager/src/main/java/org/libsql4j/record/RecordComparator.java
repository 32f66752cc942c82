package org.libsql4j.record;

import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * Compares a stored record with a key in cells, without decoding the record.
 *
 * <p>The result is negative, zero or positive as the stored record sorts before, with or after the
 * key; when all of the key's fields are equal it is the key's {@link UnpackedRecord#defaultResult}
 * and {@link UnpackedRecord#equalSeen} is set.
 *
 * <p>Most searches are decided by the first field, so there are short ways for a first field that
 * is an integer or binary text; {@link #strategy} chooses once a search. All ways check that what
 * they read lies within the record; if it does not, they throw {@code SQLITE_CORRUPT}, or call the
 * record different where the first field decides.
 */
public final class RecordComparator {
  private RecordComparator() {}

  /** Any key. */
  public static final int GENERAL = 0;

  /** The key's first field is an integer. */
  public static final int INTEGER_FIRST = 1;

  /** The key's first field is text under BINARY, in the encoding of the records. */
  public static final int TEXT_FIRST = 2;

  /** The key's first field is a real number. */
  public static final int REAL_FIRST = 3;

  /** Chooses the way to compare; valid as long as the key's first field does not change. */
  public static int strategy(UnpackedRecord key) {
    if (key.fieldCount == 0 || (key.keyInfo.sortFlags(0) & KeyInfo.NULLS_BIG) != 0) {
      return GENERAL;
    }
    Mem first = key.fields[0];
    if (first.type == Mem.INTEGER) {
      return INTEGER_FIRST;
    }
    if (first.type == Mem.REAL) {
      return REAL_FIRST;
    }
    if (first.type == Mem.TEXT
        && first.encoding == key.keyInfo.encoding()
        && key.keyInfo.collation(0).isBinary()) {
      return TEXT_FIRST;
    }
    return GENERAL;
  }

  /** Compares; {@code strategy} is what {@link #strategy} gave for the key. */
  public static int compare(
      byte[] record, int offset, int length, UnpackedRecord key, int strategy) {
    if (strategy == INTEGER_FIRST) {
      return compareIntegerFirst(record, offset, length, key);
    }
    if (strategy == TEXT_FIRST) {
      return compareTextFirst(record, offset, length, key);
    }
    if (strategy == REAL_FIRST) {
      return compareRealFirst(record, offset, length, key);
    }
    return compare(record, offset, length, key);
  }

  /** Compares any key. */
  public static int compare(byte[] record, int offset, int length, UnpackedRecord key) {
    try {
      int headerSize = Varint.getInt(record, offset);
      int at = offset + Varint.length(record, offset);
      if (headerSize > length) {
        throw Record.corrupt();
      }
      return compareFrom(record, offset, length, key, 0, at, offset + headerSize);
    } catch (IndexOutOfBoundsException e) {
      throw new LibsqlException(ResultCode.CORRUPT, ResultCode.CORRUPT.defaultMessage(), e);
    }
  }

  private static int compareIntegerFirst(
      byte[] record, int offset, int length, UnpackedRecord key) {
    if (length < 2) {
      throw Record.corrupt();
    }
    int headerSize = record[offset];
    int type = record[offset + 1];
    if (headerSize < 2 || type < 1 || type > SerialType.ONE || type == SerialType.REAL) {
      return compare(record, offset, length, key);
    }
    int size = SerialType.size(type);
    if (headerSize + size > length) {
      // Damaged, and only looked at: whoever reads the record will say so, as in the C library.
      return -1;
    }
    int body = offset + headerSize;
    long stored = SerialType.getInteger(record, body, type);
    long wanted = key.fields[0].integer;
    if (stored == wanted) {
      return compareRest(record, offset, length, key, 2, body + size);
    }
    int result = stored < wanted ? -1 : 1;
    return (key.keyInfo.sortFlags(0) & KeyInfo.DESC) != 0 ? -result : result;
  }

  private static int compareRealFirst(byte[] record, int offset, int length, UnpackedRecord key) {
    if (length < 2) {
      throw Record.corrupt();
    }
    int headerSize = record[offset];
    if (headerSize < 2
        || record[offset + 1] != SerialType.REAL
        || headerSize + Double.BYTES > length) {
      return compare(record, offset, length, key);
    }
    int body = offset + headerSize;
    int result = MemComparator.compareReals(BigEndian.getDouble(record, body), key.fields[0].real);
    if (result == 0) {
      return compareRest(record, offset, length, key, 2, body + Double.BYTES);
    }
    return (key.keyInfo.sortFlags(0) & KeyInfo.DESC) != 0 ? -result : result;
  }

  private static int compareTextFirst(byte[] record, int offset, int length, UnpackedRecord key) {
    if (length < 2) {
      throw Record.corrupt();
    }
    int headerSize = record[offset];
    int type = record[offset + 1];
    int typeLength = 1;
    if (type < 0 && length > 2 && record[offset + 2] >= 0) {
      type = (type & 0x7f) << 7 | record[offset + 2];
      typeLength = 2;
    }
    if (headerSize < 1 + typeLength || type < 13 || (type & 1) == 0) {
      return compare(record, offset, length, key);
    }
    int size = (type - 13) >>> 1;
    if (headerSize + size > length) {
      throw Record.corrupt();
    }
    int body = offset + headerSize;
    Mem wanted = key.fields[0];
    int result = Bytes.compare(record, body, size, wanted.bytes, wanted.offset, wanted.length);
    if (result == 0) {
      return compareRest(record, offset, length, key, 1 + typeLength, body + size);
    }
    return (key.keyInfo.sortFlags(0) & KeyInfo.DESC) != 0 ? -result : result;
  }

  /** Goes on with the second field after the first was equal. */
  private static int compareRest(
      byte[] record, int offset, int length, UnpackedRecord key, int headerAt, int body) {
    if (key.fieldCount == 1) {
      key.equalSeen = true;
      return key.defaultResult;
    }
    if (headerAt >= record[offset]) {
      throw Record.corrupt();
    }
    return compareFrom(record, offset, length, key, 1, offset + headerAt, body);
  }

  private static int compareFrom(
      byte[] record, int offset, int length, UnpackedRecord key, int from, int typeAt, int bodyAt) {
    int end = offset + length;
    int headerEnd = offset + Varint.getInt(record, offset);
    int at = typeAt;
    int body = bodyAt;
    KeyInfo keyInfo = key.keyInfo;
    for (int field = from; field < key.fieldCount; field++) {
      if (at >= headerEnd) {
        throw Record.corrupt();
      }
      int type = record[at];
      if (type >= 0) {
        at++;
      } else {
        type = Varint.getInt(record, at);
        at += Varint.length(record, at);
      }
      int size = SerialType.size(type);
      Mem wanted = key.fields[field];
      if (size > end - body && readsContent(type, wanted)) {
        throw Record.corrupt();
      }
      int result = compareField(record, body, type, size, wanted, keyInfo, field);
      if (result != 0) {
        return applySortFlags(result, keyInfo.sortFlags(field), type, wanted);
      }
      body += size;
    }
    key.equalSeen = true;
    return key.defaultResult;
  }

  /** Whether more than the type decides. */
  private static boolean readsContent(int type, Mem wanted) {
    if (type < SerialType.FIRST_BLOB) {
      return wanted.type == Mem.INTEGER || wanted.type == Mem.REAL;
    }
    return wanted.type == ((type & 1) != 0 ? Mem.TEXT : Mem.BLOB);
  }

  private static int applySortFlags(int result, int flags, int type, Mem wanted) {
    if (flags == 0) {
      return result;
    }
    boolean negate = (flags & KeyInfo.DESC) != 0;
    if ((flags & KeyInfo.NULLS_BIG) != 0 && (type == SerialType.NULL || wanted.type == Mem.NULL)) {
      negate = !negate;
    }
    return negate ? -result : result;
  }

  private static int compareField(
      byte[] record, int body, int type, int size, Mem wanted, KeyInfo keyInfo, int field) {
    switch (wanted.type) {
      case Mem.INTEGER:
        if (type >= 10 || type == SerialType.NULL) {
          return type > 10 ? 1 : -1;
        }
        if (type == SerialType.REAL) {
          return compareStoredReal(BigEndian.getDouble(record, body), wanted.integer);
        }
        return Long.compare(SerialType.getInteger(record, body, type), wanted.integer);
      case Mem.REAL:
        if (type >= 10 || type == SerialType.NULL) {
          return type > 10 ? 1 : -1;
        }
        if (type == SerialType.REAL) {
          return MemComparator.compareReals(BigEndian.getDouble(record, body), wanted.real);
        }
        return MemComparator.compare(SerialType.getInteger(record, body, type), wanted.real);
      case Mem.TEXT:
        if (type < 12) {
          return -1;
        }
        if ((type & 1) == 0) {
          return 1;
        }
        return compareText(record, body, size, wanted, keyInfo, field);
      case Mem.BLOB:
        if (type < 12 || (type & 1) != 0) {
          return -1;
        }
        return Bytes.compare(record, body, size, wanted.bytes, wanted.offset, wanted.length);
      default:
        return type == SerialType.NULL || type == 10 ? 0 : 1;
    }
  }

  /** A stored NaN, which nobody writes, counts as NULL. */
  private static int compareStoredReal(double stored, long wanted) {
    return Double.isNaN(stored) ? -1 : -MemComparator.compare(wanted, stored);
  }

  private static int compareText(
      byte[] record, int body, int size, Mem wanted, KeyInfo keyInfo, int field) {
    Collation collation = keyInfo.collation(field);
    TextEncoding encoding = keyInfo.encoding();
    if (wanted.encoding == encoding && (collation.isBinary() || encoding == TextEncoding.UTF8)) {
      return collation.compare(record, body, size, wanted.bytes, wanted.offset, wanted.length);
    }
    Mem stored = new Mem();
    stored.setText(record, body, size, encoding);
    return MemComparator.compare(stored, wanted, collation);
  }
}

package org.libsql4j.vdbe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.BtreeCursor;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.record.BigEndian;
import org.libsql4j.record.Mem;
import org.libsql4j.record.SerialType;
import org.libsql4j.record.TextEncoding;
import org.libsql4j.record.Varint;

/**
 * The current record of a cursor, with its header parsed as far as it was needed.
 *
 * <p>The record's first {@code localSize} bytes are at {@code bytes[start]}, usually in a page; the
 * others are on overflow pages and are copied when a field is asked for. Nothing is allocated per
 * record. What is read from the record is checked against its size, so that a damaged record gives
 * SQLITE_CORRUPT and a page that changed under a stale view at most wrong values.
 */
final class RecordView {
  /** A header larger than this cannot belong to a record of at most 32,767 columns. */
  private static final int MAX_HEADER_BYTES = 98_307;

  private final TextEncoding encoding;

  private byte[] bytes = {};
  private int start;
  private int localSize;
  private int size;
  private @Nullable BtreeCursor source;

  /** The array that the header is read from: {@link #bytes}, or a padded copy. */
  private byte[] header = {};

  private int headerAt;
  private int headerEnd;
  private byte[] headerCopy = {};
  private final byte[] numberCopy = new byte[8];

  /** How many fields have their type in {@link #types}. */
  private int parsedCount;

  private int[] types;

  /** Where each field starts in the record; one more than {@link #parsedCount} are known. */
  private int[] offsets;

  RecordView(TextEncoding encoding, int fieldCount) {
    this.encoding = encoding;
    types = new int[fieldCount + 2];
    offsets = new int[fieldCount + 2];
  }

  // ---- pointing at a record ---------------------------------------------------------------------

  /**
   * Points at the entry of a cursor and reads a field, in one go, if entry and header are as nearly
   * all are: the entry wholly in its page, the header short, types up to the field of one byte
   * each.
   *
   * @return false if nothing was done
   */
  boolean getLocal(BtreeCursor cursor, int field, int last, Mem target) {
    long place = cursor.localPayload();
    if (place <= 0) {
      return false;
    }
    byte[] page = cursor.pageData();
    int begin = (int) (place >>> 32);
    int length = (int) place;
    int headerSize = page[begin];
    int[] knownTypes = types;
    int[] knownOffsets = offsets;
    int end = begin + headerSize;
    int stop = last;
    if (stop + 1 >= headerSize) {
      stop = field;
    }
    if (stop + 1 >= headerSize
        || stop + 2 > knownTypes.length
        || headerSize > length
        || end > page.length - Varint.MAX_LENGTH) {
      return false;
    }
    int at = begin + 1;
    int offset = headerSize;
    int i = 0;
    do {
      int type = page[at];
      if (type < 0) {
        if (i <= field) {
          return false;
        }
        break;
      }
      at++;
      knownTypes[i] = type;
      knownOffsets[i] = offset;
      offset += SerialType.sizeOfSingleByte(type);
      i++;
    } while (i <= stop);
    if (offset > length || at == end && offset != length) {
      return false; // The other methods find out what is wrong.
    }
    knownOffsets[i] = offset;
    pointInto(page, begin, length);
    parsedCount = i;
    headerAt = at;
    headerEnd = end;
    decode(knownTypes[field], begin + knownOffsets[field], target);
    return true;
  }

  /**
   * Points at the entry of a cursor if it is wholly in its page and has a short header, as nearly
   * all have.
   *
   * @return false if nothing was done
   */
  boolean pointAtLocal(BtreeCursor cursor) {
    long place = cursor.localPayload();
    if (place <= 0) {
      return false;
    }
    byte[] page = cursor.pageData();
    int begin = (int) (place >>> 32);
    int length = (int) place;
    int headerSize = page[begin];
    if (headerSize <= 0
        || headerSize > length
        || begin + headerSize > page.length - Varint.MAX_LENGTH) {
      return false;
    }
    pointInto(page, begin, length);
    parsedCount = 0;
    headerAt = begin + 1;
    headerEnd = begin + headerSize;
    offsets[0] = headerSize;
    return true;
  }

  /**
   * The record and its header are in this array. References are stored only when they change: a
   * store costs a barrier of the collector.
   */
  private void pointInto(byte[] page, int begin, int length) {
    if (bytes != page) {
      bytes = page;
    }
    if (header != page) {
      header = page;
    }
    start = begin;
    size = length;
    localSize = length;
  }

  /** Points at the entry of a positioned cursor. */
  void setCursor(BtreeCursor cursor) {
    if (source != cursor) {
      source = cursor;
    }
    size = cursor.payloadSize();
    byte[] page = cursor.pageData();
    if (bytes != page) {
      bytes = page;
    }
    start = cursor.localPayloadOffset();
    localSize = cursor.localPayloadSize();
    startHeader();
  }

  /** Points at a record in memory. */
  void setBytes(byte[] record, int offset, int length) {
    bytes = record;
    start = offset;
    size = length;
    localSize = length;
    startHeader();
  }

  private void startHeader() {
    parsedCount = 0;
    if (localSize > 0) {
      int headerSize = bytes[start];
      if (headerSize >= 0
          && headerSize <= localSize
          && start + headerSize + Varint.MAX_LENGTH <= bytes.length) {
        if (header != bytes) {
          header = bytes;
        }
        headerAt = start + 1;
        headerEnd = start + headerSize;
        offsets[0] = headerSize;
        return;
      }
    }
    startLongHeader();
  }

  /** A header that is long, not all local, or near the end of the array. */
  private void startLongHeader() {
    if (size == 0) {
      headerAt = 0;
      headerEnd = 0;
      offsets[0] = 0;
      return;
    }
    int prefix = Math.min(Varint.MAX_LENGTH, size);
    growHeaderCopy(Varint.MAX_LENGTH);
    copy(0, prefix, headerCopy, 0);
    Arrays.fill(headerCopy, prefix, Varint.MAX_LENGTH, (byte) 0);
    int headerSize = Varint.getInt(headerCopy, 0);
    int sizeLength = Varint.length(headerCopy, 0);
    if (headerSize > size || headerSize > MAX_HEADER_BYTES) {
      throw corrupt();
    }
    growHeaderCopy(headerSize + Varint.MAX_LENGTH);
    copy(0, headerSize, headerCopy, 0);
    Arrays.fill(headerCopy, headerSize, headerSize + Varint.MAX_LENGTH, (byte) 0);
    header = headerCopy;
    headerAt = sizeLength;
    headerEnd = headerSize;
    offsets[0] = headerSize;
  }

  private void growHeaderCopy(int count) {
    if (headerCopy.length < count) {
      headerCopy = Arrays.copyOf(headerCopy, Math.max(count, 2 * headerCopy.length));
    }
  }

  private BtreeCursor overflow() {
    BtreeCursor cursor = source;
    if (cursor == null) {
      throw corrupt();
    }
    return cursor;
  }

  private void copy(int from, int count, byte[] target, int at) {
    if (from + count <= localSize) {
      System.arraycopy(bytes, start + from, target, at, count);
    } else {
      overflow().payload(from, count, target, at);
    }
  }

  // ---- reading ----------------------------------------------------------------------------------

  /** How many fields have been parsed so far. */
  int parsedCount() {
    return parsedCount;
  }

  /** Serial type of a field below {@link #parsedCount()}. */
  int type(int field) {
    return types[field];
  }

  /** Where a field below {@link #parsedCount()} starts in the record. */
  int offset(int field) {
    return offsets[field];
  }

  /** What holds the local part of the record. */
  byte[] array() {
    return bytes;
  }

  /** Where in {@link #array()} a field below {@link #parsedCount()} starts. */
  int place(int field) {
    return start + offsets[field];
  }

  /** Reads a field; false if the record has fewer fields. */
  boolean get(int field, Mem target) {
    return getUnlessLong(field, target) || getLong(field, target);
  }

  /** Reads a field that {@link #getUnlessLong} has not; false if the record has fewer fields. */
  boolean getLong(int field, Mem target) {
    if (!parse(field)) {
      return false;
    }
    int at = offsets[field];
    int length = offsets[field + 1] - at;
    byte[] room = target.allocate(length);
    overflow().payload(at, length, room, 0);
    setTypeOf(types[field], target);
    return true;
  }

  /**
   * Reads a field; false if the record has fewer fields, or the value is of {@link
   * DeferredValues#MIN_BYTES} or more and not all in the page.
   */
  boolean getUnlessLong(int field, Mem target) {
    if (field >= parsedCount) {
      return parseAndGet(field, target);
    }
    int at = offsets[field];
    if (offsets[field + 1] > localSize) {
      return getOverflow(types[field], at, target);
    }
    decode(types[field], start + at, target);
    return true;
  }

  /** The common case of a short header in one loop: what it finds need not be looked up again. */
  private boolean parseAndGet(int field, Mem target) {
    byte[] from = header;
    int at = headerAt;
    int i = parsedCount;
    int[] knownTypes = types;
    int[] knownOffsets = offsets;
    // Every field takes a byte at least; a longer type ends the loop below.
    if (at + (field - i) >= headerEnd || field + 2 > knownTypes.length) {
      return parse(field) && getUnlessLong(field, target);
    }
    int offset = knownOffsets[i];
    int type;
    int fieldOffset;
    do {
      type = from[at];
      if (type < 0) {
        return parse(field) && getUnlessLong(field, target);
      }
      at++;
      fieldOffset = offset;
      offset += SerialType.sizeOfSingleByte(type);
      knownTypes[i++] = type;
      knownOffsets[i] = offset;
    } while (i <= field);
    if (offset > size || (at >= headerEnd && (at > headerEnd || offset != size))) {
      throw corrupt();
    }
    headerAt = at;
    parsedCount = i;
    if (offset > localSize) {
      return getOverflow(type, fieldOffset, target);
    }
    decode(type, start + fieldOffset, target);
    return true;
  }

  /** Parses the header up to and with a field; false if the record has fewer fields. */
  boolean parse(int field) {
    if (field < parsedCount) {
      return true;
    }
    if (headerAt >= headerEnd) {
      return false;
    }
    if (field + 2 > types.length) {
      int grown = Math.max(field + 2, types.length * 2);
      types = Arrays.copyOf(types, grown);
      offsets = Arrays.copyOf(offsets, grown);
    }
    byte[] from = header;
    int at = headerAt;
    int end = headerEnd;
    int i = parsedCount;
    int offset = offsets[i];
    do {
      int type = from[at];
      if (type >= 0) {
        at++;
        offset += SerialType.sizeOfSingleByte(type);
      } else {
        type = Varint.getInt(from, at);
        at += Varint.length(from, at);
        offset += SerialType.size(type);
      }
      if (offset > size || offset < 0) {
        throw corrupt();
      }
      types[i++] = type;
      offsets[i] = offset;
    } while (i <= field && at < end);
    if (at > end || (at == end && offset != size)) {
      throw corrupt();
    }
    headerAt = at;
    parsedCount = i;
    return i > field;
  }

  private void decode(int type, int at, Mem target) {
    byte[] b = bytes;
    int end = at + SerialType.sizeOfSingleByte(type);
    if (SerialType.isInteger(type) && end >= 8) {
      target.type = Mem.INTEGER;
      target.integer = SerialType.integerBefore(b, end, type);
      target.subtype = 0;
    } else {
      decodeOther(type, at, target);
    }
  }

  private void decodeOther(int type, int at, Mem target) {
    if (type == SerialType.REAL) {
      target.setReal(BigEndian.getDouble(bytes, at));
    } else if (type >= SerialType.FIRST_BLOB) {
      int length = (type - SerialType.FIRST_BLOB) >>> 1;
      if ((type & 1) != 0) {
        target.setText(bytes, at, length, encoding);
      } else {
        target.setBlob(bytes, at, length, encoding);
      }
    } else {
      SerialType.get(bytes, at, type, target, encoding);
    }
  }

  private boolean getOverflow(int type, int at, Mem target) {
    if (type < SerialType.FIRST_BLOB) {
      overflow().payload(at, SerialType.size(type), numberCopy, 0);
      SerialType.get(numberCopy, 0, type, target, encoding);
      return true;
    }
    int length = (type - SerialType.FIRST_BLOB) >>> 1;
    if (length >= DeferredValues.MIN_BYTES) {
      return false;
    }
    byte[] room = target.allocate(length);
    overflow().payload(at, length, room, 0);
    setTypeOf(type, target);
    return true;
  }

  /**
   * Sets type and length of a long text or blob without reading it, for calls that look at nothing
   * else; other fields are read as usual.
   */
  boolean getTypeAndLength(int field, Mem target, boolean textIsNeeded) {
    if (field >= parsedCount && !parse(field)) {
      return false;
    }
    int type = types[field];
    if (offsets[field + 1] <= localSize
        || type < SerialType.FIRST_BLOB
        || (textIsNeeded && SerialType.isText(type))) {
      return get(field, target);
    }
    target.allocate(0);
    setTypeAndLength(field, target);
    return true;
  }

  /** Sets type and length of a text or blob below {@link #parsedCount()}. */
  void setTypeAndLength(int field, Mem target) {
    int type = types[field];
    target.length = (type - SerialType.FIRST_BLOB) >>> 1;
    setTypeOf(type, target);
  }

  private void setTypeOf(int type, Mem target) {
    target.type = (type & 1) != 0 ? Mem.TEXT : Mem.BLOB;
    target.encoding = encoding;
    target.subtype = 0;
  }

  static LibsqlException corrupt() {
    return new MalformedRecordException();
  }
}

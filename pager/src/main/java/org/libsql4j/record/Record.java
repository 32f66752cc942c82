package org.libsql4j.record;

import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * Whole records: a header (its own size as a varint, then a varint {@link SerialType} for each
 * field) and a body with the fields' bytes.
 *
 * <p>Source: <a href="https://www.sqlite.org/fileformat2.html#record_format">Record Format</a>.
 */
public final class Record {
  private Record() {}

  /**
   * Decodes the fields of a record, as many as there are and the target has cells for.
   *
   * @return how many cells were set
   * @throws LibsqlException CORRUPT if the header or a field reaches over the end of the record
   */
  public static int unpack(
      byte[] record, int offset, int length, Mem[] target, TextEncoding encoding) {
    if (length <= 0) {
      return 0;
    }
    int end = offset + length;
    try {
      int headerSize = Varint.getInt(record, offset);
      int at = offset + Varint.length(record, offset);
      if (headerSize > length) {
        throw corrupt();
      }
      int headerEnd = offset + headerSize;
      int body = headerEnd;
      int field = 0;
      while (at < headerEnd && field < target.length) {
        int type = Varint.getInt(record, at);
        at += Varint.length(record, at);
        int size = SerialType.size(type);
        if (size > end - body) {
          throw corrupt();
        }
        SerialType.get(record, body, type, target[field], encoding);
        body += size;
        field++;
      }
      return field;
    } catch (IndexOutOfBoundsException e) {
      throw new LibsqlException(ResultCode.CORRUPT, ResultCode.CORRUPT.defaultMessage(), e);
    }
  }

  /** Decodes a record into the fields of a key and sets its field count. */
  public static void unpack(byte[] record, int offset, int length, UnpackedRecord target) {
    target.fieldCount = unpack(record, offset, length, target.fields, target.keyInfo.encoding());
    target.defaultResult = 0;
    target.equalSeen = false;
  }

  /** Size in bytes of the record of these cells. */
  public static int encodedSize(Mem[] fields, int from, int count, int fileFormat) {
    int header = 0;
    int body = 0;
    for (int i = from; i < from + count; i++) {
      int type = SerialType.of(fields[i], fileFormat);
      header += Varint.sizeOf(type);
      body += SerialType.size(type);
    }
    return headerSize(header) + body;
  }

  /**
   * Size of a header, including the varint that tells it.
   *
   * @param typeBytes bytes of all serial types
   */
  public static int headerSize(int typeBytes) {
    int size = typeBytes + Varint.sizeOf(typeBytes);
    return Varint.sizeOf(size) == Varint.sizeOf(typeBytes) ? size : size + 1;
  }

  /**
   * Encodes cells as a record.
   *
   * @param target has room for {@link #encodedSize} bytes from {@code offset} on
   * @return how many bytes it took
   */
  public static int encode(
      Mem[] fields, int from, int count, int fileFormat, byte[] target, int offset) {
    int typeBytes = 0;
    for (int i = from; i < from + count; i++) {
      typeBytes += Varint.sizeOf(SerialType.of(fields[i], fileFormat));
    }
    int headerSize = headerSize(typeBytes);
    int at = offset + Varint.put(target, offset, headerSize);
    int body = offset + headerSize;
    for (int i = from; i < from + count; i++) {
      int type = SerialType.of(fields[i], fileFormat);
      at += Varint.put(target, at, type);
      body += SerialType.put(target, body, fields[i], type);
    }
    return body - offset;
  }

  /** A fresh array with the record of these cells. */
  public static byte[] encode(Mem[] fields, int from, int count, int fileFormat) {
    byte[] record = new byte[encodedSize(fields, from, count, fileFormat)];
    encode(fields, from, count, fileFormat, record, 0);
    return record;
  }

  static LibsqlException corrupt() {
    return new LibsqlException(ResultCode.CORRUPT);
  }
}

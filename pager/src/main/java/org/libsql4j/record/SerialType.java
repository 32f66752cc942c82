package org.libsql4j.record;

/**
 * The type numbers in a record's header.
 *
 * <pre>
 *   TYPE   BYTES     MEANING
 *   0      0         NULL
 *   1..4   1,2,3,4   integer
 *   5, 6   6, 8      integer
 *   7      8         floating point number
 *   8, 9   0         the integers 0 and 1 (schema format 4)
 *   10,11  -         reserved; read as NULL
 *   even   (n-12)/2  blob
 *   odd    (n-13)/2  text
 * </pre>
 */
public final class SerialType {
  private SerialType() {}

  /** NULL. */
  public static final int NULL = 0;

  /** A floating point number of 8 bytes. */
  public static final int REAL = 7;

  /** The integer 0, which takes no bytes. */
  public static final int ZERO = 8;

  /** The integer 1, which takes no bytes. */
  public static final int ONE = 9;

  /** In place of NULL in a record of an unchanged column ({@code UPDATE} of a virtual table). */
  public static final int FIRST_BLOB = 12;

  private static final byte[] SMALL_SIZES = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};

  /** The sizes for types of a single byte, so that reading a header takes no branch for them. */
  private static final byte[] SINGLE_BYTE_SIZES = singleByteSizes();

  /** Bits for the types 1 to 6, ZERO and ONE. */
  private static final int INTEGER_TYPES = 0b11_0111_1110;

  /** What is left of 64 bits by integers of the types 1 to 6. */
  private static final byte[] UNUSED_BITS = {0, 56, 48, 40, 32, 16, 0, 0, 0, 0};

  /** 0 where the type itself is the value, so that nothing of the bytes read stays. */
  private static final long[] STORED_BITS = {0, -1, -1, -1, -1, -1, -1, 0, 0, 0};

  private static byte[] singleByteSizes() {
    byte[] sizes = new byte[128];
    for (int type = 0; type < sizes.length; type++) {
      sizes[type] = (byte) size(type);
    }
    return sizes;
  }

  /** As {@link #size} for types from 0 to 127. */
  public static int sizeOfSingleByte(int type) {
    return SINGLE_BYTE_SIZES[type & 0x7f];
  }

  private static final long MAX_6_BYTES = 0x7fff_ffff_ffffL;

  /** How many bytes of the body a field of this type takes. The type must not be negative. */
  public static int size(int type) {
    return type >= 12 ? (type - 12) >>> 1 : SMALL_SIZES[type];
  }

  /** Whether the type is text; false for blobs and numbers. */
  public static boolean isText(int type) {
    return type >= 13 && (type & 1) != 0;
  }

  /**
   * The type under which a value is stored.
   *
   * @param fileFormat schema format of the database; below 4 the types 8 and 9 are not used
   */
  public static int of(Mem value, int fileFormat) {
    return switch (value.type) {
      case Mem.INTEGER -> ofInteger(value.integer, fileFormat);
      case Mem.REAL -> REAL;
      case Mem.TEXT -> value.length * 2 + 13;
      case Mem.BLOB -> value.length * 2 + 12;
      default -> NULL;
    };
  }

  /** The smallest type for an integer. */
  public static int ofInteger(long value, int fileFormat) {
    long magnitude = value < 0 ? ~value : value;
    if (magnitude <= 127) {
      return (value & 1) == value && fileFormat >= 4 ? ZERO + (int) value : 1;
    }
    if (magnitude <= 32767) {
      return 2;
    }
    if (magnitude <= 8388607) {
      return 3;
    }
    if (magnitude <= Integer.MAX_VALUE) {
      return 4;
    }
    return magnitude <= MAX_6_BYTES ? 5 : 6;
  }

  /**
   * Writes the body of a field.
   *
   * @param type what {@link #of} gave for the value
   * @return how many bytes it took
   */
  public static int put(byte[] target, int i, Mem value, int type) {
    if (type >= FIRST_BLOB) {
      System.arraycopy(value.bytes, value.offset, target, i, value.length);
      return value.length;
    }
    if (type == REAL) {
      BigEndian.putDouble(target, i, value.type == Mem.INTEGER ? value.integer : value.real);
      return 8;
    }
    return putInteger(target, i, value.integer, SMALL_SIZES[type]);
  }

  private static int putInteger(byte[] target, int i, long value, int size) {
    long rest = value;
    for (int k = size - 1; k >= 0; k--) {
      target[i + k] = (byte) rest;
      rest >>= 8;
    }
    return size;
  }

  /** Whether fields of this type hold integers; the type must not be negative. */
  public static boolean isInteger(int type) {
    return type <= ONE && (INTEGER_TYPES >> type & 1) != 0;
  }

  /**
   * The integer of a field that ends before index {@code end} of an array, which is at least 8.
   *
   * <p>All sizes are read in one way: a wrong guess of the processor, were there a branch for each,
   * costs more than reading the bytes before the field and shifting them out.
   *
   * @param type as {@link #isInteger} accepts
   */
  public static long integerBefore(byte[] b, int end, int type) {
    int unused = UNUSED_BITS[type];
    return BigEndian.getLong(b, end - 8) << unused >> unused & STORED_BITS[type]
        | (type >> 3 & type);
  }

  /** The integer of a field whose type is 1..6, 8 or 9. */
  public static long getInteger(byte[] b, int i, int type) {
    return switch (type) {
      case 1 -> b[i];
      case 2 -> (short) BigEndian.getShort(b, i);
      case 3 -> BigEndian.getInt24(b, i);
      case 4 -> BigEndian.getInt(b, i);
      case 5 ->
          (long) (short) BigEndian.getShort(b, i) << 32
              | (BigEndian.getInt(b, i + 2) & 0xffffffffL);
      case 6 -> BigEndian.getLong(b, i);
      case ONE -> 1;
      default -> 0;
    };
  }

  /**
   * Reads a field into a cell. Text and blobs are copied into the cell's buffer.
   *
   * @param type not negative; the field lies within the array
   * @param encoding encoding of the database
   */
  public static void get(byte[] b, int i, int type, Mem target, TextEncoding encoding) {
    if (type >= FIRST_BLOB) {
      if ((type & 1) != 0) {
        target.setText(b, i, (type - 13) >>> 1, encoding);
      } else {
        target.setBlob(b, i, (type - 12) >>> 1, encoding);
      }
    } else if (type == REAL) {
      target.setReal(BigEndian.getDouble(b, i));
    } else if (type == NULL || type > ONE) {
      target.setNull();
    } else {
      target.setInteger(getInteger(b, i, type));
    }
  }
}

package org.libsql4j.record;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A mutable cell that holds one SQL value: a register, a bound parameter, a field of a key, an
 * argument or a result of a function. SQLite calls it {@code Mem}.
 *
 * <p>Fields are public because the interpreter's inner loop lives on them; everybody else uses the
 * methods. Which fields count depends on {@link #type}:
 *
 * <pre>
 *   NULL     none ({@link #nullIsCleared} tells a cleared cell that equals itself)
 *   INTEGER  integer
 *   REAL     real (never NaN)
 *   TEXT     bytes[offset, offset+length) in encoding
 *   BLOB     bytes[offset, offset+length), read as text in encoding where a number is wanted
 *   OBJECT   object: an accumulator, a row set, a saved frame; never visible to SQL
 * </pre>
 *
 * <p>The bytes are either in the cell's own growing buffer, or in an array that nobody changes any
 * more (a constant of the program). A cell never points into a page.
 */
public final class Mem {
  /** Type: nothing. */
  public static final int NULL = 0;

  /** Type: a 64-bit integer, in {@link #integer}. */
  public static final int INTEGER = 1;

  /** Type: a floating point number, in {@link #real}. */
  public static final int REAL = 2;

  /** Type: text in some encoding, in {@link #bytes}. */
  public static final int TEXT = 3;

  /** Type: bytes, in {@link #bytes}. */
  public static final int BLOB = 4;

  /** Type: an object of the engine, never seen by SQL. */
  public static final int OBJECT = 5;

  /** One of the constants above; their order is the sort order of storage classes. */
  public int type = NULL;

  /** The value of an INTEGER. */
  public long integer;

  /** The value of a REAL. */
  public double real;

  /** Holds the text or blob. */
  public byte[] bytes = Bytes.EMPTY;

  /** Where in {@link #bytes} the text or blob begins. */
  public int offset;

  /** In bytes. */
  public int length;

  /** Encoding of the text, or of the text that a blob is taken for. */
  public TextEncoding encoding = TextEncoding.UTF8;

  /** A NULL that counts as equal to other cleared NULLs and differs from plain NULL comparisons. */
  public boolean nullIsCleared;

  /** Subtype of a function result (74 'J' for JSON), 0 for none. */
  public int subtype;

  /** Accumulator, row set or pointer value that travels with the cell. */
  public @Nullable Object object;

  /** The cell's own storage; {@link #bytes} is either this array or an immutable one. */
  private byte[] buffer = Bytes.EMPTY;

  /** A cell that holds NULL. */
  public Mem() {}

  // ---- setting -------------------------------------------------------------------------------

  /** Makes it NULL. */
  public void setNull() {
    type = NULL;
    nullIsCleared = false;
    subtype = 0;
    object = null;
  }

  /**
   * Makes it NULL and gives up storage that is greater than a limit.
   *
   * @param keptBytes the limit
   */
  public void clear(int keptBytes) {
    setNull();
    if (bytes.length > keptBytes) {
      bytes = Bytes.EMPTY;
    }
    if (buffer.length > keptBytes) {
      buffer = Bytes.EMPTY;
    }
  }

  /** Makes it an INTEGER. */
  public void setInteger(long value) {
    type = INTEGER;
    integer = value;
    subtype = 0;
  }

  /** Sets a floating point number; NaN becomes NULL. */
  public void setReal(double value) {
    if (Double.isNaN(value)) {
      setNull();
      return;
    }
    type = REAL;
    real = value;
    subtype = 0;
  }

  /** Makes it 1 or 0. */
  public void setBoolean(boolean value) {
    setInteger(value ? 1 : 0);
  }

  /** Sets UTF-8 text from a string. */
  public void setText(String value) {
    setTextShared(Utf8.encode(value), TextEncoding.UTF8);
  }

  /** Copies text into the cell. */
  public void setText(byte[] source, int from, int count, TextEncoding encoding) {
    copyBytes(source, from, count);
    type = TEXT;
    if (this.encoding != encoding) {
      this.encoding = encoding;
    }
    subtype = 0;
  }

  /** Refers to text in an array that nobody will ever change. */
  public void setTextShared(byte[] immutable, TextEncoding encoding) {
    setTextShared(immutable, 0, immutable.length, encoding);
  }

  /** Refers to text in an array that nobody will ever change. */
  public void setTextShared(byte[] immutable, int from, int count, TextEncoding encoding) {
    bytes = immutable;
    offset = from;
    length = count;
    type = TEXT;
    this.encoding = encoding;
    subtype = 0;
  }

  /** Copies a blob into the cell. */
  public void setBlob(byte[] source, int from, int count) {
    setBlob(source, from, count, TextEncoding.UTF8);
  }

  /** Copies a blob of a database with the given encoding into the cell. */
  public void setBlob(byte[] source, int from, int count, TextEncoding encoding) {
    copyBytes(source, from, count);
    type = BLOB;
    if (this.encoding != encoding) {
      this.encoding = encoding;
    }
    subtype = 0;
  }

  /** Refers to a blob in an array that nobody will ever change. */
  public void setBlobShared(byte[] immutable) {
    setBlobShared(immutable, 0, immutable.length);
  }

  /** Refers to a blob in an array that nobody will ever change. */
  public void setBlobShared(byte[] immutable, int from, int count) {
    bytes = immutable;
    offset = from;
    length = count;
    type = BLOB;
    if (encoding != TextEncoding.UTF8) {
      encoding = TextEncoding.UTF8;
    }
    subtype = 0;
  }

  /** Makes it an object of the engine. */
  public void setObject(Object value) {
    type = OBJECT;
    object = value;
    subtype = 0;
  }

  /**
   * Makes room for a value of the given length in the cell's own buffer and points {@link #bytes},
   * {@link #offset} and {@link #length} at it; the caller fills it and sets {@link #type} (and
   * {@link #encoding}). The old bytes are lost.
   */
  public byte[] allocate(int count) {
    if (buffer.length < count) {
      buffer = new byte[Math.max(count, Math.min(buffer.length * 2, 1 << 20))];
    }
    bytes = buffer;
    offset = 0;
    length = count;
    return buffer;
  }

  private void copyBytes(byte[] source, int from, int count) {
    byte[] target = buffer;
    if (target.length < count) {
      target = new byte[Math.max(Math.max(count, 16), Math.min(target.length * 2, 1 << 20))];
    }
    System.arraycopy(source, from, target, 0, count);
    // References are stored only when they change: a store costs a barrier of the collector.
    if (buffer != target) {
      buffer = target;
    }
    if (bytes != target) {
      bytes = target;
    }
    offset = 0;
    length = count;
  }

  /** Makes this cell equal to another one. Bytes in the other's own buffer are copied. */
  public void copyFrom(Mem other) {
    if (other == this) {
      return;
    }
    switch (other.type) {
      case NULL -> {
        setNull();
        nullIsCleared = other.nullIsCleared;
      }
      case INTEGER -> {
        type = INTEGER;
        integer = other.integer;
      }
      case REAL -> {
        type = REAL;
        real = other.real;
      }
      case OBJECT -> type = OBJECT;
      default -> {
        if (other.bytes == other.buffer) {
          copyBytes(other.bytes, other.offset, other.length);
        } else {
          bytes = other.bytes;
          offset = other.offset;
          length = other.length;
        }
        type = other.type;
        encoding = other.encoding;
      }
    }
    subtype = other.subtype;
    object = other.object;
  }

  /** As {@link #copyFrom}, of a cell that does not change as long as this one is used. */
  public void shareFrom(Mem other) {
    if (other.type < TEXT || other.type == OBJECT) {
      copyFrom(other);
      return;
    }
    bytes = other.bytes;
    offset = other.offset;
    length = other.length;
    type = other.type;
    encoding = other.encoding;
    subtype = other.subtype;
    object = other.object;
  }

  /**
   * Takes the other cell's value and leaves NULL there; buffers change hands, nothing is copied.
   */
  public void moveFrom(Mem other) {
    byte[] mine = buffer;
    type = other.type;
    integer = other.integer;
    real = other.real;
    bytes = other.bytes;
    offset = other.offset;
    length = other.length;
    encoding = other.encoding;
    nullIsCleared = other.nullIsCleared;
    subtype = other.subtype;
    object = other.object;
    buffer = other.buffer;
    other.buffer = mine;
    other.bytes = mine;
    other.setNull();
  }

  // ---- looking -------------------------------------------------------------------------------

  /** Whether it is NULL. */
  public boolean isNull() {
    return type == NULL;
  }

  /** Whether it is an INTEGER or a REAL. */
  public boolean isNumber() {
    return type == INTEGER || type == REAL;
  }

  /** Whether it is TEXT or a BLOB. */
  public boolean isTextOrBlob() {
    return type == TEXT || type == BLOB;
  }

  /** The value as an integer, by the rules of {@code CAST(x AS INTEGER)}; 0 for NULL. */
  public long asLong() {
    return switch (type) {
      case INTEGER -> integer;
      case REAL -> NumericText.realToLong(real);
      case TEXT, BLOB -> NumericText.prefixToLong(this);
      default -> 0;
    };
  }

  /** The value as a floating point number, by the rules of {@code CAST(x AS REAL)}; 0 for NULL. */
  public double asDouble() {
    return switch (type) {
      case INTEGER -> integer;
      case REAL -> real;
      case TEXT, BLOB -> NumericText.prefixToDouble(this);
      default -> 0;
    };
  }

  /** Whether the value counts as true; NULL gives {@code ifNull}. */
  public boolean isTrue(boolean ifNull) {
    return switch (type) {
      case NULL -> ifNull;
      case INTEGER -> integer != 0;
      default -> asDouble() != 0;
    };
  }

  /** The value as a string, by the rules of {@code CAST(x AS TEXT)}; null for NULL. */
  public @Nullable String text() {
    return switch (type) {
      case INTEGER -> Long.toString(integer);
      case REAL -> NumericText.format(real);
      case TEXT -> new String(bytes, offset, length, encoding.charset());
      case BLOB -> new String(bytes, offset, wholeUnits(encoding), encoding.charset());
      default -> null;
    };
  }

  /** A fresh copy of the bytes of a text or blob, or of a number's text; null for NULL. */
  public byte @Nullable [] toByteArray() {
    return switch (type) {
      case INTEGER, REAL -> Utf8.encode(String.valueOf(text()));
      case TEXT, BLOB -> Arrays.copyOfRange(bytes, offset, offset + length);
      default -> null;
    };
  }

  // ---- converting in place -------------------------------------------------------------------

  /** Turns a number into text in the given encoding; other values stay. */
  public void stringify(TextEncoding target) {
    if (type == INTEGER) {
      int count = NumericText.writeLong(integer, allocate(20));
      length = count;
      type = TEXT;
      encoding = TextEncoding.UTF8;
    } else if (type == REAL) {
      length = NumericText.writeReal(real, allocate(NumericText.REAL_BYTES), 0);
      type = TEXT;
      encoding = TextEncoding.UTF8;
    } else {
      return;
    }
    subtype = 0;
    changeEncoding(target);
  }

  /** Converts text to another encoding; does nothing to other values. */
  public void changeEncoding(TextEncoding target) {
    if (type != TEXT || encoding == target) {
      return;
    }
    byte[] converted =
        new String(bytes, offset, length, encoding.charset()).getBytes(target.charset());
    copyBytes(converted, 0, converted.length);
    encoding = target;
  }

  /**
   * Applies column affinity, losing nothing: text that does not look like a number stays text.
   *
   * @param target the encoding of the text that numbers become under TEXT affinity
   */
  public void applyAffinity(Affinity affinity, TextEncoding target) {
    if (affinity == Affinity.TEXT) {
      if (type == INTEGER || type == REAL) {
        stringify(target);
      }
    } else if (affinity.isNumeric()) {
      if (type == TEXT) {
        NumericText.applyNumericAffinity(this, affinity != Affinity.FLEXNUM);
      }
      if (affinity == Affinity.REAL) {
        if (type == INTEGER) {
          setReal((double) integer);
        }
      } else if (type == REAL && affinity != Affinity.FLEXNUM) {
        realToIntegerIfExact();
      }
    }
  }

  /** Turns 3.0 into 3 if no information is lost. */
  public void realToIntegerIfExact() {
    long value = NumericText.realToLong(real);
    if (real == (double) value && value > Long.MIN_VALUE && value < Long.MAX_VALUE) {
      setInteger(value);
    }
  }

  /** Converts as {@code CAST} does, forcing the value into the affinity's type. NULL stays. */
  public void cast(Affinity affinity, TextEncoding target) {
    if (type == NULL) {
      return;
    }
    if (affinity == Affinity.INTEGER) {
      setInteger(asLong());
    } else if (affinity == Affinity.REAL) {
      setReal(asDouble());
    } else if (affinity.isNumeric()) {
      numerify();
    } else if (affinity == Affinity.TEXT) {
      if (type == BLOB) {
        becomeText(target);
      } else {
        stringify(target);
        changeEncoding(target);
      }
      subtype = 0;
    } else {
      if (type == INTEGER || type == REAL) {
        stringify(target);
      }
      type = BLOB;
      subtype = 0;
    }
  }

  /** Takes the bytes of a blob as text; half a unit of UTF-16 at the end is dropped. */
  public void becomeText(TextEncoding target) {
    length = wholeUnits(target);
    type = TEXT;
    encoding = target;
  }

  private int wholeUnits(TextEncoding target) {
    return target == TextEncoding.UTF8 ? length : length & ~1;
  }

  /** Turns text and blobs into the number that their prefix spells; integers where exact. */
  public void numerify() {
    if (type == TEXT || type == BLOB) {
      NumericText.prefixToNumber(this, this);
    }
  }

  @Override
  public String toString() {
    return switch (type) {
      case NULL -> "NULL";
      case OBJECT -> String.valueOf(object);
      case BLOB -> "blob(" + length + ")";
      default -> String.valueOf(text());
    };
  }
}

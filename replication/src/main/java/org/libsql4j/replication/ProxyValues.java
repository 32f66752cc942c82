package org.libsql4j.replication;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.libsql4j.record.Mem;
import org.libsql4j.record.TextEncoding;
import org.libsql4j.replication.ReplicationException.Reason;
import org.libsql4j.replication.proto.Value;

/**
 * Values as statements on the primary carry them: a tag of four bytes, then 8 bytes of a number, or
 * 8 bytes of length and the content; all little-endian.
 */
final class ProxyValues {
  private static final int NULL = 0;
  private static final int INTEGER = 1;
  private static final int REAL = 2;
  private static final int TEXT = 3;
  private static final int BLOB = 4;
  private static final int TAG_BYTES = 4;
  private static final int NUMBER_BYTES = 8;

  private ProxyValues() {}

  static Value encode(Mem value) {
    return Value.newBuilder().setData(ByteString.copyFrom(bytes(value))).build();
  }

  private static byte[] bytes(Mem value) {
    return switch (value.type) {
      case Mem.INTEGER -> number(INTEGER, value.integer);
      case Mem.REAL -> number(REAL, Double.doubleToRawLongBits(value.real));
      case Mem.TEXT -> content(TEXT, String.valueOf(value.text()).getBytes(StandardCharsets.UTF_8));
      case Mem.BLOB -> {
        byte[] blob = value.toByteArray();
        yield content(BLOB, blob == null ? new byte[0] : blob);
      }
      default -> buffer(TAG_BYTES).putInt(NULL).array();
    };
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] number(int tag, long bits) {
    return buffer(TAG_BYTES + NUMBER_BYTES).putInt(tag).putLong(bits).array();
  }

  private static byte[] content(int tag, byte[] bytes) {
    return buffer(TAG_BYTES + NUMBER_BYTES + bytes.length)
        .putInt(tag)
        .putLong(bytes.length)
        .put(bytes)
        .array();
  }

  /**
   * @throws ReplicationException PROTOCOL if it is no value
   */
  static void decode(Value value, Mem target) {
    ByteString data = value.getData();
    ByteBuffer in = data.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    int tag = in.remaining() < TAG_BYTES ? -1 : in.getInt();
    int rest = in.remaining();
    if (tag == NULL) {
      target.setNull();
    } else if (tag == INTEGER && rest >= NUMBER_BYTES) {
      target.setInteger(in.getLong());
    } else if (tag == REAL && rest >= NUMBER_BYTES) {
      target.setReal(in.getDouble());
    } else if ((tag == TEXT || tag == BLOB)
        && rest >= NUMBER_BYTES
        && in.getLong() == rest - NUMBER_BYTES) {
      byte[] bytes = new byte[in.remaining()];
      in.get(bytes);
      if (tag == TEXT) {
        target.setText(bytes, 0, bytes.length, TextEncoding.UTF8);
      } else {
        target.setBlob(bytes, 0, bytes.length);
      }
    } else {
      throw new ReplicationException(Reason.PROTOCOL, "the server sent a value that is none");
    }
  }
}

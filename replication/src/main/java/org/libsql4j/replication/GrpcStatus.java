package org.libsql4j.replication;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How a gRPC call ended.
 *
 * @param code a number of the gRPC specification; 0 is success
 * @param message what the server says about it
 */
record GrpcStatus(int code, String message) {
  static final int OK = 0;
  static final int FAILED_PRECONDITION = 9;
  static final int UNKNOWN = 2;
  static final int PERMISSION_DENIED = 7;
  static final int INTERNAL = 13;
  static final int UNAVAILABLE = 14;
  static final int UNAUTHENTICATED = 16;

  /** From the texts of {@code grpc-status} and {@code grpc-message}. */
  static GrpcStatus parse(String code, @Nullable String message) {
    int number;
    try {
      number = Integer.parseInt(code.trim());
    } catch (NumberFormatException e) {
      number = UNKNOWN;
    }
    return new GrpcStatus(number, message == null ? "" : percentDecoded(message.trim()));
  }

  boolean isOk() {
    return code == OK;
  }

  /** Whether it is this one of the conditions that a server of libSQL reports. */
  boolean isCondition(String name) {
    return code == FAILED_PRECONDITION && message.equals(name);
  }

  /** UTF-8 with bytes outside of printable ASCII as %XX; what is not well formed stays. */
  private static String percentDecoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' && i + 2 < text.length()) {
        int high = Character.digit(text.charAt(i + 1), 16);
        int low = Character.digit(text.charAt(i + 2), 16);
        if (high >= 0 && low >= 0) {
          bytes.write(high << 4 | low);
          i += 2;
          continue;
        }
      }
      byte[] encoded = String.valueOf(c).getBytes(StandardCharsets.UTF_8);
      bytes.write(encoded, 0, encoded.length);
    }
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
  }
}

package org.libsql4j.pragma;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libsql4j.cipher.CipherKey;
import org.libsql4j.connection.DatabaseKeys;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Bytes;
import org.libsql4j.record.Utf8;

/**
 * Pragmas about the key of a database, as SQLite3 Multiple Ciphers has them. They are in no list of
 * pragmas and are not tables. All answer one row, whose column is called what it holds.
 */
final class KeyPragmas {
  private static final String OK = "ok";

  private KeyPragmas() {}

  /** The pragma of this name, or null. */
  static @Nullable PragmaDefinition find(String name) {
    return switch (name) {
      case "key" -> key(name, call -> set(call, requiredValue(call)));
      case "hexkey" -> key(name, call -> set(call, fromHex(requiredText(call))));
      case "rekey" -> key(name, call -> change(call, valueOrNone(call)));
      case "hexrekey" -> key(name, call -> change(call, fromHex(textOrNone(call))));
      case "cipher" ->
          new PragmaDefinition(
              name, List.of(CipherKey.AES_256_CBC), true, false, KeyPragmas::cipher);
      default -> null;
    };
  }

  private static PragmaDefinition key(String name, PragmaHandler handler) {
    return new PragmaDefinition(name, List.of(OK), true, false, handler);
  }

  private static void set(PragmaCall call, byte[] passphrase) {
    int database = call.database;
    CipherKey key = CipherKey.of(passphrase);
    call.effect(connection -> DatabaseKeys.set(connection, database, key));
    call.row(OK);
  }

  private static void change(PragmaCall call, byte[] passphrase) {
    int database = call.database;
    CipherKey key = CipherKey.of(passphrase);
    call.effect(connection -> DatabaseKeys.change(connection, database, key));
    call.row(OK);
  }

  private static void cipher(PragmaCall call) {
    String wanted = call.value;
    if (wanted != null && !wanted.toLowerCase(Locale.ROOT).equals(CipherKey.AES_256_CBC)) {
      throw new LibsqlException(ResultCode.ERROR, "Cipher '" + wanted + "' unknown.");
    }
    call.row(CipherKey.AES_256_CBC);
  }

  // ---- values

  private static byte[] requiredValue(PragmaCall call) {
    return Utf8.encode(requiredText(call));
  }

  private static String requiredText(PragmaCall call) {
    String value = call.value;
    if (value == null) {
      throw new LibsqlException(ResultCode.ERROR);
    }
    return value;
  }

  private static byte[] valueOrNone(PragmaCall call) {
    return Utf8.encode(textOrNone(call));
  }

  private static String textOrNone(PragmaCall call) {
    String value = call.value;
    return value == null ? "" : value;
  }

  private static byte[] fromHex(String text) {
    int length = text.length();
    byte[] bytes = length == 0 ? Bytes.EMPTY : new byte[length / 2];
    boolean valid = length % 2 == 0;
    for (int i = 0; valid && i < bytes.length; i++) {
      int high = Character.digit(text.charAt(2 * i), 16);
      int low = Character.digit(text.charAt(2 * i + 1), 16);
      valid = high >= 0 && low >= 0;
      bytes[i] = (byte) (high << 4 | low);
    }
    if (!valid) {
      throw new LibsqlException(ResultCode.ERROR, "Malformed hex string");
    }
    return bytes;
  }
}

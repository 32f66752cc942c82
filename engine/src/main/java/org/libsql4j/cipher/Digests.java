package org.libsql4j.cipher;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** The algorithms of the platform that are needed, each of which every platform must have. */
final class Digests {
  private Digests() {}

  static MessageDigest sha256() {
    return digest("SHA-256");
  }

  static MessageDigest md5() {
    return digest("MD5");
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  static LibsqlException missing(GeneralSecurityException e) {
    return new LibsqlException(
        ResultCode.ERROR, "the platform's cryptography has failed: " + e.getMessage(), e);
  }
}

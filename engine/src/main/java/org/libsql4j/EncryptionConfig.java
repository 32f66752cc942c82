package org.libsql4j;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libsql4j.cipher.CipherKey;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.PageCodec;
import org.libsql4j.record.Utf8;

/**
 * How the file of a database is encrypted. Everything in it is, and in its journal and write-ahead
 * log, but for what tells the size of pages and the version of the format.
 *
 * <pre>{@code
 * Database database =
 *     Database.builder("secret.db").encryption(EncryptionConfig.aes256Cbc(passphrase)).build();
 * }</pre>
 *
 * <p>A wrong key, a missing one, and a key for a file that is not encrypted are found out by the
 * first statement that reads the file: it fails with NOTADB, "file is not a database".
 *
 * <p>Immutable. Two are equal if they have the same key, or the same object that makes codecs.
 */
public final class EncryptionConfig {
  /** Name of the cipher that libSQL has: AES with 256 bits in CBC mode. */
  public static final String AES_256_CBC = CipherKey.AES_256_CBC;

  private final @Nullable Supplier<PageCodec> codecs;

  private EncryptionConfig(@Nullable Supplier<PageCodec> codecs) {
    this.codecs = codecs;
  }

  /** libSQL's cipher with a passphrase, of which the first 32 bytes in UTF-8 count. */
  public static EncryptionConfig aes256Cbc(String passphrase) {
    return of(AES_256_CBC, passphrase);
  }

  /** libSQL's cipher with a key, of which the first 32 bytes count. */
  public static EncryptionConfig aes256Cbc(byte[] key) {
    return of(AES_256_CBC, key);
  }

  /**
   * A cipher by its name.
   *
   * @param cipher {@value #AES_256_CBC}
   * @param key empty for no encryption
   * @throws LibsqlException MISUSE for another cipher
   */
  public static EncryptionConfig of(String cipher, String key) {
    return of(cipher, Utf8.encode(key));
  }

  /**
   * A cipher by its name.
   *
   * @param cipher {@value #AES_256_CBC}
   * @param key empty for no encryption; of others the first 32 bytes count
   * @throws LibsqlException MISUSE for another cipher
   */
  public static EncryptionConfig of(String cipher, byte[] key) {
    if (!AES_256_CBC.equalsIgnoreCase(cipher)) {
      throw new LibsqlException(
          ResultCode.MISUSE, "no such cipher: " + cipher + "; there is " + AES_256_CBC + " only");
    }
    return new EncryptionConfig(CipherKey.of(key));
  }

  /**
   * Encryption of the application's own, which only it can read.
   *
   * @param codecs makes a codec for each file that is opened: the database's, those of ATTACH
   *     without KEY, and the result of VACUUM INTO
   */
  public static EncryptionConfig ofCodec(Supplier<PageCodec> codecs) {
    return new EncryptionConfig(codecs);
  }

  /** A codec for one file; null if nothing is encrypted. */
  public @Nullable PageCodec newCodec() {
    return codecs == null ? null : codecs.get();
  }

  /** Makes codecs; null if nothing is encrypted. */
  @Nullable Supplier<PageCodec> codecs() {
    return codecs;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EncryptionConfig that && Objects.equals(codecs, that.codecs);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(codecs);
  }

  /** Without the key. */
  @Override
  public String toString() {
    String what = codecs == null ? "none" : codecs instanceof CipherKey ? AES_256_CBC : "custom";
    return "EncryptionConfig[" + what + "]";
  }
}

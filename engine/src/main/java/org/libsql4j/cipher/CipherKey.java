package org.libsql4j.cipher;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libsql4j.pager.PageCodec;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.Randomness;

/**
 * The key of a database, from which codecs are made; one for each open file. Derived from the
 * passphrase once, which takes a millisecond.
 */
public final class CipherKey implements Supplier<PageCodec> {
  /** The cipher's name in libSQL. */
  public static final String AES_256_CBC = "aes256cbc";

  static final int KEY_BYTES = 32;
  private static final int ROUNDS = 4001;

  private static final byte[] PADDING = {
    0x28,
    (byte) 0xBF,
    0x4E,
    0x5E,
    0x4E,
    0x75,
    (byte) 0x8A,
    0x41,
    0x64,
    0x00,
    0x4E,
    0x56,
    (byte) 0xFF,
    (byte) 0xFA,
    0x01,
    0x08,
    0x2E,
    0x2E,
    0x00,
    (byte) 0xB6,
    (byte) 0xD0,
    0x68,
    0x3E,
    (byte) 0x80,
    0x2F,
    0x0C,
    (byte) 0xA9,
    (byte) 0xFE,
    0x64,
    0x53,
    0x69,
    0x7A
  };

  private final byte[] key;

  private CipherKey(byte[] key) {
    this.key = key;
  }

  /**
   * The key that a passphrase means; null if it is empty, which means that nothing is encrypted.
   *
   * @param passphrase of which the first 32 bytes count
   */
  public static @Nullable CipherKey of(byte[] passphrase) {
    if (passphrase.length == 0) {
      return null;
    }
    byte[] padded = Arrays.copyOf(passphrase, KEY_BYTES);
    int given = Math.min(passphrase.length, KEY_BYTES);
    System.arraycopy(PADDING, 0, padded, given, KEY_BYTES - given);
    MessageDigest digest = Digests.sha256();
    byte[] key = digest.digest(padded);
    Arrays.fill(padded, (byte) 0);
    for (int i = 0; i < ROUNDS; i++) {
      key = digest.digest(key);
    }
    return new CipherKey(key);
  }

  /** A key that nobody knows: for files that nobody but this connection reads. */
  public static CipherKey random(Randomness randomness) {
    byte[] key = new byte[KEY_BYTES];
    randomness.nextBytes(key);
    return new CipherKey(key);
  }

  /** A codec for one open file. */
  @Override
  public PageCodec get() {
    return new Aes256CbcCodec(key);
  }

  /**
   * A file whose bytes are encrypted with a key of its own.
   *
   * @param file of which no byte is written twice
   */
  public static DatabaseFile encrypting(DatabaseFile file, Randomness randomness) {
    return new EncryptedFile(file, random(randomness).key);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CipherKey that && MessageDigest.isEqual(key, that.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return AES_256_CBC;
  }
}

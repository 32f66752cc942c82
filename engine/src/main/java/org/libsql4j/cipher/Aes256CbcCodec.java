package org.libsql4j.cipher;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.PageCodec;

/**
 * libSQL's {@code aes256cbc}: see the package's document.
 *
 * <p>Every page has a key of its own, so that the platform's cipher is set up anew for each; the
 * objects for that are all that is allocated. Nothing is set up before the first page.
 */
final class Aes256CbcCodec implements PageCodec {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SALT = "sAlT".getBytes(StandardCharsets.US_ASCII);

  /** Where page 1 is in plain, and where what belongs there is instead. */
  private static final int PLAIN_OFFSET = 16;

  private static final int MOVED_OFFSET = 8;
  private static final int PLAIN_BYTES = 8;
  private static final int BLOCK_BYTES = 16;

  // L'Ecuyer's generator: x = MULTIPLIER x mod MODULUS, without overflow by Schrage's method.
  private static final int MULTIPLIER = 40692;
  private static final int MODULUS = 2147483399;
  private static final int QUOTIENT = 52774;
  private static final int REMAINDER = 3791;

  private static final int KEY_BYTES = CipherKey.KEY_BYTES;

  private final byte[] keyInput = new byte[KEY_BYTES + 4 + SALT.length];
  private final byte[] vectorInput = new byte[16];
  private final byte[] keyBytes = new byte[KEY_BYTES];
  private final byte[] vectorBytes = new byte[BLOCK_BYTES];
  private final byte[] head = new byte[BLOCK_BYTES];
  private byte[] firstPage = new byte[0];
  private @Nullable MessageDigest sha256;
  private @Nullable MessageDigest md5;
  private @Nullable Cipher cipher;

  Aes256CbcCodec(byte[] key) {
    System.arraycopy(key, 0, keyInput, 0, KEY_BYTES);
    System.arraycopy(SALT, 0, keyInput, KEY_BYTES + 4, SALT.length);
  }

  @Override
  public void encode(
      int pageNumber, byte[] page, int pageOffset, byte[] stored, int storedOffset, int pageSize) {
    if (pageNumber != 1) {
      run(Cipher.ENCRYPT_MODE, pageNumber, page, pageOffset, pageSize, stored, storedOffset);
      return;
    }
    int from = pageOffset + PLAIN_OFFSET;
    int to = storedOffset + PLAIN_OFFSET;
    int length = pageSize - PLAIN_OFFSET;
    run(Cipher.ENCRYPT_MODE, 1, page, from, length, stored, to);
    System.arraycopy(stored, to, stored, storedOffset + MOVED_OFFSET, PLAIN_BYTES);
    System.arraycopy(page, from, stored, to, PLAIN_BYTES);
    run(Cipher.ENCRYPT_MODE, 1, page, pageOffset, BLOCK_BYTES, head, 0);
    System.arraycopy(head, 0, stored, storedOffset, MOVED_OFFSET);
  }

  @Override
  public void decode(
      int pageNumber, byte[] stored, int storedOffset, byte[] page, int pageOffset, int pageSize) {
    if (pageNumber != 1) {
      run(Cipher.DECRYPT_MODE, pageNumber, stored, storedOffset, pageSize, page, pageOffset);
      return;
    }
    int length = pageSize - PLAIN_OFFSET;
    if (firstPage.length != length) {
      firstPage = new byte[length];
    }
    System.arraycopy(stored, storedOffset + PLAIN_OFFSET, firstPage, 0, length);
    System.arraycopy(stored, storedOffset + MOVED_OFFSET, firstPage, 0, PLAIN_BYTES);
    int to = pageOffset + PLAIN_OFFSET;
    run(Cipher.DECRYPT_MODE, 1, firstPage, 0, length, page, to);
    for (int i = 0; i < PLAIN_BYTES; i++) {
      if (page[to + i] != stored[storedOffset + PLAIN_OFFSET + i]) {
        throw new LibsqlException(ResultCode.NOTADB);
      }
    }
    System.arraycopy(MAGIC, 0, page, pageOffset, MAGIC.length);
  }

  private void run(
      int mode, int pageNumber, byte[] from, int fromOffset, int length, byte[] to, int toOffset) {
    try {
      Cipher aes = cipher;
      if (aes == null) {
        aes = Cipher.getInstance("AES/CBC/NoPadding");
        cipher = aes;
      }
      setKey(pageNumber);
      setVector(pageNumber);
      aes.init(mode, new SecretKeySpec(keyBytes, "AES"), new IvParameterSpec(vectorBytes));
      aes.doFinal(from, fromOffset, length, to, toOffset);
    } catch (GeneralSecurityException e) {
      throw Digests.missing(e);
    }
  }

  private void setKey(int pageNumber) throws GeneralSecurityException {
    MessageDigest digest = sha256;
    if (digest == null) {
      digest = Digests.sha256();
      sha256 = digest;
    }
    putLittleEndian(keyInput, KEY_BYTES, pageNumber);
    digest.update(keyInput);
    digest.digest(keyBytes, 0, keyBytes.length);
  }

  private void setVector(int pageNumber) throws GeneralSecurityException {
    MessageDigest digest = md5;
    if (digest == null) {
      digest = Digests.md5();
      md5 = digest;
    }
    int x = pageNumber + 1;
    for (int i = 0; i < 4; i++) {
      int quotient = x / QUOTIENT;
      x = MULTIPLIER * (x - QUOTIENT * quotient) - REMAINDER * quotient;
      if (x < 0) {
        x += MODULUS;
      }
      putLittleEndian(vectorInput, 4 * i, x);
    }
    digest.update(vectorInput);
    digest.digest(vectorBytes, 0, vectorBytes.length);
  }

  private static void putLittleEndian(byte[] dest, int offset, int value) {
    dest[offset] = (byte) value;
    dest[offset + 1] = (byte) (value >> 8);
    dest[offset + 2] = (byte) (value >> 16);
    dest[offset + 3] = (byte) (value >> 24);
  }
}

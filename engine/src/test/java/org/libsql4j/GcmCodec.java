package org.libsql4j;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.PageCodec;

/**
 * A codec of an application's own: AES-GCM, with an authentication code and a random nonce at the
 * end of each page, so that the same page is never stored twice in the same way.
 */
final class GcmCodec implements PageCodec {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int NONCE_BYTES = 12;
  private static final int CODE_BYTES = 16;

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();
  private final byte[] nonce = new byte[NONCE_BYTES];

  GcmCodec(String key) {
    this.key = new SecretKeySpec(Arrays.copyOf(key.getBytes(StandardCharsets.UTF_8), 16), "AES");
  }

  @Override
  public int reservedBytes() {
    return NONCE_BYTES + CODE_BYTES;
  }

  /** Of page 1 the name of the format is known, and what tells the page size is in plain. */
  private static int start(int pageNumber) {
    return pageNumber == 1 ? 24 : 0;
  }

  @Override
  public void encode(
      int pageNumber, byte[] page, int pageOffset, byte[] stored, int storedOffset, int pageSize) {
    int from = start(pageNumber);
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, pageNumber, page, pageOffset);
      int length = pageSize - reservedBytes() - from;
      cipher.doFinal(page, pageOffset + from, length, stored, storedOffset + from);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    System.arraycopy(page, pageOffset, stored, storedOffset, from);
    Arrays.fill(stored, storedOffset, storedOffset + Math.min(from, MAGIC.length), (byte) 0);
    int end = storedOffset + pageSize;
    System.arraycopy(nonce, 0, stored, end - NONCE_BYTES, NONCE_BYTES);
  }

  @Override
  public void decode(
      int pageNumber, byte[] stored, int storedOffset, byte[] page, int pageOffset, int pageSize) {
    int from = start(pageNumber);
    int end = storedOffset + pageSize;
    System.arraycopy(stored, end - NONCE_BYTES, nonce, 0, NONCE_BYTES);
    Arrays.fill(page, pageOffset, pageOffset + pageSize, (byte) 0);
    if (Arrays.equals(nonce, new byte[NONCE_BYTES]) && pageNumber != 1) {
      return; // Never written.
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, pageNumber, stored, storedOffset);
      int length = pageSize - NONCE_BYTES - from;
      cipher.doFinal(stored, storedOffset + from, length, page, pageOffset + from);
    } catch (GeneralSecurityException e) {
      throw new LibsqlException(pageNumber == 1 ? ResultCode.NOTADB : ResultCode.IOERR_DATA);
    }
    if (pageNumber == 1) {
      System.arraycopy(stored, storedOffset, page, pageOffset, from);
      System.arraycopy(MAGIC, 0, page, pageOffset, MAGIC.length);
    }
  }

  private Cipher cipher(int mode, int number, byte[] page, int offset)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * CODE_BYTES, nonce));
    cipher.updateAAD(new byte[] {(byte) number, (byte) (number >> 8), (byte) (number >> 16)});
    if (number == 1) {
      cipher.updateAAD(page, offset + MAGIC.length, start(1) - MAGIC.length);
    }
    return cipher;
  }
}

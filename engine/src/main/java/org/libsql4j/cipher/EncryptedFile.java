package org.libsql4j.cipher;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.LockLevel;
import org.libsql4j.vfs.SyncMode;

/**
 * A temporary file whose bytes are encrypted with AES-256 in counter mode, the counter being the
 * position. Bytes that are written twice would give away how they differ: for files of which every
 * byte is written once.
 */
final class EncryptedFile implements DatabaseFile {
  private static final int BLOCK_BYTES = 16;

  private final DatabaseFile file;
  private final SecretKeySpec key;
  private final Cipher cipher;
  private final byte[] counter = new byte[BLOCK_BYTES];
  private final byte[] skipped = new byte[BLOCK_BYTES];
  private byte[] coded = new byte[0];

  EncryptedFile(DatabaseFile file, byte[] key) {
    this.file = file;
    this.key = new SecretKeySpec(key, "AES");
    try {
      this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException e) {
      throw Digests.missing(e);
    }
  }

  @Override
  public int read(long position, byte[] dest, int destOffset, int length) {
    byte[] buffer = buffer(length);
    int count = file.read(position, buffer, 0, length);
    if (count > 0) {
      code(position, buffer, 0, count, dest, destOffset);
    }
    return count;
  }

  @Override
  public void write(long position, byte[] src, int srcOffset, int length) {
    byte[] buffer = buffer(length);
    code(position, src, srcOffset, length, buffer, 0);
    file.write(position, buffer, 0, length);
  }

  private byte[] buffer(int length) {
    if (coded.length < length) {
      coded = new byte[length];
    }
    return coded;
  }

  private void code(long position, byte[] from, int offset, int length, byte[] to, int toOffset) {
    long block = position / BLOCK_BYTES;
    for (int i = 0; i < Long.BYTES; i++) {
      counter[BLOCK_BYTES - 1 - i] = (byte) (block >> 8 * i);
    }
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
      int within = (int) (position % BLOCK_BYTES);
      if (within > 0) {
        cipher.update(skipped, 0, within, skipped, 0);
      }
      cipher.doFinal(from, offset, length, to, toOffset);
    } catch (GeneralSecurityException e) {
      throw Digests.missing(e);
    }
  }

  @Override
  public void truncate(long size) {
    file.truncate(size);
  }

  @Override
  public void sync(SyncMode mode, boolean dataOnly) {
    file.sync(mode, dataOnly);
  }

  @Override
  public long size() {
    return file.size();
  }

  @Override
  public boolean tryLock(LockLevel level) {
    return file.tryLock(level);
  }

  @Override
  public void unlock(LockLevel level) {
    file.unlock(level);
  }

  @Override
  public LockLevel lockLevel() {
    return file.lockLevel();
  }

  @Override
  public boolean isReservedByAnyone() {
    return file.isReservedByAnyone();
  }

  @Override
  public void awaitUnlock(long timeoutMillis) {
    file.awaitUnlock(timeoutMillis);
  }

  @Override
  public int sectorSize() {
    return file.sectorSize();
  }

  @Override
  public int deviceCharacteristics() {
    return file.deviceCharacteristics();
  }

  @Override
  public boolean isReadOnly() {
    return file.isReadOnly();
  }

  @Override
  public boolean hasMoved() {
    return file.hasMoved();
  }

  @Override
  public void close() {
    file.close();
  }
}

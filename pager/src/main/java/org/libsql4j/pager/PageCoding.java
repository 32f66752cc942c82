package org.libsql4j.pager;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.record.Bytes;
import org.libsql4j.vfs.DatabaseFile;

/**
 * The pager's use of its {@link PageCodec}: the one place where pages become what is stored, and
 * the reverse. Without a codec these are the same bytes, and the same array.
 *
 * <p>While the codec is being replaced the file has pages of both kinds: those that this
 * transaction has written are coded in the new way, all others and the rollback journal in the old
 * one.
 */
final class PageCoding {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  // Bytes of the header that are never coded.
  private static final int PAGE_SIZE_OFFSET = 16;
  private static final int FRACTIONS_OFFSET = 21;
  private static final int HEADER_BYTES = 24;

  private final PagerCore core;

  private @Nullable PageCodec codec;

  /** What pages are written with, if that is not {@link #codec}. */
  private @Nullable PageCodec next;

  private boolean isChanging;

  /** Pages in the file that are coded with {@link #next}. */
  private final PageSet changed = new PageSet();

  /** A change has failed, and it is not known whether before or after its commit. */
  private boolean isUndecided;

  /** What pages are coded with if it was after the commit. */
  private @Nullable PageCodec other;

  private byte[] stored = Bytes.EMPTY;
  private byte[] plain = Bytes.EMPTY;

  PageCoding(PagerCore core, @Nullable PageCodec codec) {
    this.core = core;
    this.codec = codec;
  }

  @Nullable PageCodec codec() {
    return codec;
  }

  void setCodec(@Nullable PageCodec value) {
    codec = value;
    isUndecided = false;
    other = null;
  }

  /** Whether what is stored differs from the pages. */
  boolean isInUse() {
    return codec != null || isChanging || isUndecided;
  }

  /** Bytes at the end of pages that the codec needs. */
  int reservedBytes() {
    PageCodec present = codec;
    return present == null ? 0 : present.reservedBytes();
  }

  // ---- reading

  /** Where to read what is stored of a page, for {@link #decode(Page, byte[])}. */
  byte[] destination(Page page) {
    return isInUse() ? storedBuffer() : page.data;
  }

  /**
   * Puts what was read into the page.
   *
   * @param read what {@link #destination} returned
   */
  void decode(Page page, byte[] read) {
    if (read != page.data) {
      decode(page.pageNumber, read, 0, page.data);
    }
  }

  /** Decodes a page of the file or the log. */
  void decode(int pageNumber, byte[] from, int offset, byte[] page) {
    boolean isNew = isChanging && changed.contains(pageNumber);
    if (isUndecided && pageNumber == 1) {
      decide(from, offset);
    }
    decode(isNew ? next : codec, pageNumber, from, offset, page);
  }

  /** Page 1 shows whether the change was committed. */
  private void decide(byte[] page1, int offset) {
    boolean asBefore = isCodedWith(codec, page1, offset);
    if (!asBefore && !isCodedWith(other, page1, offset)) {
      return;
    }
    if (!asBefore) {
      codec = other;
    }
    isUndecided = false;
    other = null;
  }

  private boolean isCodedWith(@Nullable PageCodec with, byte[] page1, int offset) {
    byte[] page = plainBuffer();
    try {
      decode(with, 1, page1, offset, page);
    } catch (LibsqlException e) {
      return false;
    }
    return Bytes.equal(page, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /** Decodes a record of a journal into a buffer that is good until the next call. */
  byte[] decodeRecord(int pageNumber, byte[] from, int offset) {
    byte[] page = plainBuffer();
    decode(codec, pageNumber, from, offset, page);
    return page;
  }

  private void decode(
      @Nullable PageCodec with, int pageNumber, byte[] from, int offset, byte[] page) {
    if (with == null) {
      System.arraycopy(from, offset, page, 0, core.pageSize);
    } else {
      with.decode(pageNumber, from, offset, page, 0, core.pageSize);
    }
  }

  // ---- writing

  /** What is to be written to the database file; good until the next call. */
  byte[] encode(int pageNumber, byte[] page) {
    if (!isInUse()) {
      return page;
    }
    PageCodec with = codec;
    if (isChanging) {
      with = next;
      changed.add(pageNumber);
    }
    if (with == null) {
      return page;
    }
    byte[] buffer = storedBuffer();
    with.encode(pageNumber, page, 0, buffer, 0, core.pageSize);
    return buffer;
  }

  /** Puts what is stored of a page into a record of a journal, or into a frame. */
  void encodeTo(int pageNumber, byte[] page, int pageOffset, byte[] dest, int offset) {
    PageCodec with = codec;
    if (with == null) {
      System.arraycopy(page, pageOffset, dest, offset, core.pageSize);
    } else {
      with.encode(pageNumber, page, pageOffset, dest, offset, core.pageSize);
    }
  }

  private byte[] storedBuffer() {
    if (stored.length != core.pageSize) {
      stored = new byte[core.pageSize];
    }
    return stored;
  }

  private byte[] plainBuffer() {
    if (plain.length != core.pageSize) {
      plain = new byte[core.pageSize];
    }
    return plain;
  }

  // ---- page 1 without the cache

  /**
   * Reads a part of page 1 as it is in the file, zeros where the file ends before.
   *
   * @return false if the page cannot be decoded
   */
  boolean readPage1(int offset, byte[] dest) {
    DatabaseFile file = core.openFile();
    if (codec == null) {
      if (!file.readFast(offset, dest, 0, dest.length)) {
        int count = file.read(offset, dest, 0, dest.length);
        Arrays.fill(dest, count, dest.length, (byte) 0);
      }
      return true;
    }
    byte[] buffer = storedBuffer();
    if (file.read(0, buffer, 0, core.pageSize) < core.pageSize) {
      return false;
    }
    try {
      System.arraycopy(decodeRecord(1, buffer, 0), offset, dest, 0, dest.length);
      return true;
    } catch (LibsqlException e) {
      return false; // Somebody has changed the key.
    }
  }

  /** Whether page 1 of the file looks like one that is coded in another way than here. */
  boolean isForeign() {
    byte[] head = new byte[HEADER_BYTES];
    if (codec != null) {
      return !readPage1(0, head) || !Bytes.equal(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }
    readPage1(0, head);
    int size = (head[PAGE_SIZE_OFFSET] & 0xff) << 8 | (head[PAGE_SIZE_OFFSET + 1] & 0xff) << 16;
    return !Bytes.equal(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
        && JournalFormat.isPowerOfTwoBetween(
            size, JournalFormat.MINIMUM_PAGE_SIZE_BYTES, JournalFormat.MAXIMUM_PAGE_SIZE_BYTES)
        && head[FRACTIONS_OFFSET] == 64
        && head[FRACTIONS_OFFSET + 1] == 32
        && head[FRACTIONS_OFFSET + 2] == 32;
  }

  // ---- another codec

  /** From now on pages are written with another codec. */
  void beginChange(@Nullable PageCodec replacement) {
    next = replacement;
    isChanging = true;
    changed.clear();
  }

  /**
   * All pages are coded in one way again.
   *
   * @param done in the new one; otherwise most likely as before, but page 1 will tell
   */
  void endChange(boolean done) {
    if (isChanging && done) {
      codec = next;
    } else if (isChanging) {
      isUndecided = true;
      other = next;
    }
    isChanging = false;
    next = null;
    changed.clear();
  }
}

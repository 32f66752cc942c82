package org.libsql4j.pager;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.FileKind;
import org.libsql4j.vfs.OpenOptions;
import org.libsql4j.vfs.VirtualFileSystem;

/**
 * The file that ties the journals of several databases together: their full names, each ended by a
 * zero byte. It is deleted to commit them all; a journal that names a super-journal that does not
 * exist is void.
 */
final class SuperJournal {
  /** Longest name that is believed. */
  private static final int MAXIMUM_NAME_BYTES = 4096;

  /** Longest super-journal that is read; at most 125 databases can be attached. */
  private static final int MAXIMUM_FILE_BYTES = 4 << 20;

  private SuperJournal() {}

  /** The record at the end of a journal; see {@link JournalFormat}. */
  static byte[] nameRecord(String name, int lockBytePage) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    byte[] record = new byte[bytes.length + 4 + JournalFormat.SUPER_TRAILER_BYTES];
    BigEndianBytes.putInt(record, 0, lockBytePage);
    System.arraycopy(bytes, 0, record, 4, bytes.length);
    int trailer = 4 + bytes.length;
    BigEndianBytes.putInt(record, trailer, bytes.length);
    BigEndianBytes.putInt(record, trailer + 4, sum(bytes, bytes.length));
    JournalFormat.putMagic(record, trailer + 8);
    return record;
  }

  private static int sum(byte[] bytes, int length) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      sum += bytes[i];
    }
    return sum;
  }

  /** The name at the end of a journal, or null if there is none. */
  static @Nullable String readName(DatabaseFile journal) {
    long size = journal.size();
    if (size < JournalFormat.SUPER_TRAILER_BYTES) {
      return null;
    }
    byte[] trailer = new byte[JournalFormat.SUPER_TRAILER_BYTES];
    long trailerOffset = size - trailer.length;
    if (journal.read(trailerOffset, trailer, 0, trailer.length) < trailer.length
        || !JournalFormat.hasMagic(trailer, 8)) {
      return null;
    }
    int length = BigEndianBytes.getInt(trailer, 0);
    if (length <= 0 || length > MAXIMUM_NAME_BYTES || length > trailerOffset) {
      return null;
    }
    byte[] name = new byte[length];
    if (journal.read(trailerOffset - length, name, 0, length) < length
        || sum(name, length) != BigEndianBytes.getInt(trailer, 4)) {
      return null;
    }
    int end = 0;
    while (end < length && name[end] != 0) {
      end++;
    }
    return end == 0 ? null : new String(name, 0, end, StandardCharsets.UTF_8);
  }

  /** Deletes a super-journal if no journal refers to it any more. */
  static void deleteIfUnused(VirtualFileSystem vfs, String name) {
    for (String journalName : childrenOf(vfs, name)) {
      if (refersTo(vfs, journalName, name)) {
        return;
      }
    }
    vfs.delete(name, false);
  }

  private static List<String> childrenOf(VirtualFileSystem vfs, String name) {
    byte[] content;
    try (DatabaseFile file = vfs.open(name, OpenOptions.readOnly(FileKind.SUPER_JOURNAL))) {
      long size = file.size();
      if (size > MAXIMUM_FILE_BYTES) {
        throw new LibsqlException(ResultCode.CORRUPT);
      }
      content = new byte[(int) size];
      file.read(0, content, 0, content.length);
    }
    List<String> names = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == 0) {
        names.add(new String(content, start, i - start, StandardCharsets.UTF_8));
        start = i + 1;
      }
    }
    return names;
  }

  private static boolean refersTo(VirtualFileSystem vfs, String journalName, String superName) {
    if (!vfs.exists(journalName)) {
      return false;
    }
    try (DatabaseFile journal =
        vfs.open(journalName, OpenOptions.readOnly(FileKind.SUPER_JOURNAL))) {
      return superName.equals(readName(journal));
    }
  }
}

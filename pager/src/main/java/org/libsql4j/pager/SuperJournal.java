package org.libsql4j.pager;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.DeviceCharacteristics;
import org.libsql4j.vfs.FileKind;
import org.libsql4j.vfs.OpenOptions;
import org.libsql4j.vfs.SyncMode;
import org.libsql4j.vfs.VirtualFileSystem;

/**
 * The file that ties the journals of several databases together: their full names, each ended by a
 * zero byte. It is deleted to commit them all; a journal that names a super-journal that does not
 * exist is void.
 *
 * <p>Its name is that of the main database followed by {@code -mj}, six hexadecimal digits, the
 * digit 9 and two more. Other names in a journal are not believed, so that a forged journal cannot
 * make us delete any file it likes.
 */
public final class SuperJournal {
  /** Longest name that is believed. */
  private static final int MAXIMUM_NAME_BYTES = 4096;

  /** Longest super-journal that is read; at most 125 databases can be attached. */
  private static final int MAXIMUM_FILE_BYTES = 4 << 20;

  private static final Pattern NAME =
      Pattern.compile(".*-mj[0-9A-F]{6}9[0-9A-F]{2}", Pattern.DOTALL);
  private static final int ATTEMPTS = 100;

  private SuperJournal() {}

  /**
   * Creates a super-journal, before {@link Pager#commitPhaseOne} is called with its name for each
   * of the databases.
   *
   * @param mainPath full name of the main database
   * @param journalNames of all databases that commit together
   * @param sync make it durable; false if no database syncs
   * @return its name. {@code vfs.delete(name, true)} is the moment of commit
   */
  public static String create(
      VirtualFileSystem vfs, String mainPath, List<String> journalNames, boolean sync) {
    String name = unusedName(vfs, mainPath);
    OpenOptions options = new OpenOptions(FileKind.SUPER_JOURNAL, true, true, true, false);
    try (DatabaseFile file = vfs.open(name, options)) {
      long offset = 0;
      for (String journalName : journalNames) {
        byte[] bytes = (journalName + '\0').getBytes(StandardCharsets.UTF_8);
        file.write(offset, bytes, 0, bytes.length);
        offset += bytes.length;
      }
      boolean inOrder = (file.deviceCharacteristics() & DeviceCharacteristics.SEQUENTIAL) != 0;
      if (sync && !inOrder) {
        file.sync(SyncMode.NORMAL, false);
      }
    } catch (LibsqlException e) {
      deleteQuietly(vfs, name);
      throw e;
    }
    return name;
  }

  private static void deleteQuietly(VirtualFileSystem vfs, String name) {
    try {
      vfs.delete(name, false);
    } catch (LibsqlException e) {
      // A super-journal that nobody names is harmless.
    }
  }

  private static String unusedName(VirtualFileSystem vfs, String mainPath) {
    byte[] random = new byte[4];
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      vfs.environment().randomness().nextBytes(random);
      int number = BigEndianBytes.getInt(random, 0);
      String name =
          String.format(
              Locale.ROOT, "%s-mj%06X9%02X", mainPath, number >>> 8 & 0xFFFFFF, number & 0xFF);
      if (!vfs.exists(name)) {
        return name;
      }
    }
    throw new LibsqlException(ResultCode.CANTOPEN);
  }

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
    if (journal.readToEnd(trailerOffset, trailer, 0, trailer.length) < trailer.length
        || !JournalFormat.hasMagic(trailer, 8)) {
      return null;
    }
    int length = BigEndianBytes.getInt(trailer, 0);
    if (length <= 0 || length > MAXIMUM_NAME_BYTES || length > trailerOffset) {
      return null;
    }
    byte[] name = new byte[length];
    if (journal.readToEnd(trailerOffset - length, name, 0, length) < length
        || sum(name, length) != BigEndianBytes.getInt(trailer, 4)) {
      return null;
    }
    int end = 0;
    while (end < length && name[end] != 0) {
      end++;
    }
    String text = new String(name, 0, end, StandardCharsets.UTF_8);
    return NAME.matcher(text).matches() ? text : null;
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
      file.readToEnd(0, content, 0, content.length);
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

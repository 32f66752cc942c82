package org.libsql4j.packer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;

/**
 * A zip file with nothing in it that readers can do without: of each file one header before it and
 * one in the directory at the end.
 *
 * <p>{@link java.util.zip.ZipOutputStream} takes only what it compressed itself. Numbers are
 * little-endian; the fields are those of PKWARE's APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16.
 */
final class ZipOutput {
  private static final int FILE = 0x04034B50;
  private static final int IN_DIRECTORY = 0x02014B50;
  private static final int END_OF_DIRECTORY = 0x06054B50;
  private static final int VERSION = 20;
  private static final int NAMES_ARE_UTF8 = 1 << 11;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  private final ByteArrayOutputStream files = new ByteArrayOutputStream();
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private int count;

  void add(String name, LocalDateTime time, byte[] content) {
    byte[] deflated = TightDeflater.compress(content);
    boolean isDeflated = deflated.length < content.length;
    byte[] data = isDeflated ? deflated : content;
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    int offset = files.size();

    put4(files, FILE);
    putCommon(files, isDeflated, time, content, data.length, nameBytes.length);
    files.writeBytes(nameBytes);
    files.writeBytes(data);

    put4(directory, IN_DIRECTORY);
    put2(directory, VERSION);
    putCommon(directory, isDeflated, time, content, data.length, nameBytes.length);
    put2(directory, 0); // comment
    put2(directory, 0); // disk
    put2(directory, 0); // internal attributes
    put4(directory, 0); // external attributes
    put4(directory, offset);
    directory.writeBytes(nameBytes);
    count++;
  }

  /** The part that both headers have, up to the lengths of the name and of no extra fields. */
  private static void putCommon(
      ByteArrayOutputStream out,
      boolean isDeflated,
      LocalDateTime time,
      byte[] content,
      int dataBytes,
      int nameBytes) {
    CRC32 crc = new CRC32();
    crc.update(content);
    put2(out, VERSION);
    put2(out, NAMES_ARE_UTF8);
    put2(out, isDeflated ? DEFLATED : STORED);
    put2(out, time.getHour() << 11 | time.getMinute() << 5 | time.getSecond() / 2);
    put2(out, time.getYear() - 1980 << 9 | time.getMonthValue() << 5 | time.getDayOfMonth());
    put4(out, (int) crc.getValue());
    put4(out, dataBytes);
    put4(out, content.length);
    put2(out, nameBytes);
    put2(out, 0);
  }

  /** The whole file. */
  byte[] toByteArray() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(files.toByteArray());
    all.writeBytes(directory.toByteArray());
    put4(all, END_OF_DIRECTORY);
    put4(all, 0); // this disk and that of the directory
    put2(all, count);
    put2(all, count);
    put4(all, directory.size());
    put4(all, files.size());
    put2(all, 0); // comment
    return all.toByteArray();
  }

  private static void put2(ByteArrayOutputStream out, int value) {
    out.write(value);
    out.write(value >>> 8);
  }

  private static void put4(ByteArrayOutputStream out, int value) {
    put2(out, value);
    put2(out, value >>> 16);
  }
}

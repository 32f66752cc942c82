package org.libsql4j.packer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The files in a jar, in their order and without entries for folders, which nobody asks for. */
record Jar(List<Entry> entries) {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final String MODULE = "module-info.class";
  private static final String PACKAGE = "package-info.class";

  /** A file, with slashes in its name. */
  record Entry(String name, LocalDateTime time, byte[] content) {}

  static Jar read(Path path) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (InputStream file = Files.newInputStream(path);
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
        if (!entry.isDirectory()) {
          entries.add(new Entry(entry.getName(), entry.getTimeLocal(), zip.readAllBytes()));
        }
      }
    }
    return new Jar(entries);
  }

  /** The same jar in fewer bytes. */
  Jar packed() throws IOException {
    Set<String> exported = exported();
    List<Entry> packed = new ArrayList<>();
    for (Entry entry : entries) {
      String name = entry.name();
      byte[] content = entry.content();
      if (name.endsWith(PACKAGE) && PackedClass.isEmptyPackageInfo(content)) {
        continue;
      }
      boolean isPlainClass = name.endsWith(".class") && !name.equals(MODULE);
      byte[] less = isPlainClass ? PackedClass.of(content, exported) : content;
      packed.add(new Entry(name, entry.time(), less));
    }
    return new Jar(packed);
  }

  /** The packages that code outside of the module may name; with slashes, also the last. */
  private Set<String> exported() throws IOException {
    Set<String> names = new HashSet<>();
    for (Entry entry : entries) {
      if (entry.name().equals(MODULE)) {
        InputStream content = new ByteArrayInputStream(entry.content());
        ModuleDescriptor.read(content)
            .exports()
            .forEach(each -> names.add(each.source().replace('.', '/') + '/'));
      }
    }
    return names;
  }

  void write(Path path) throws IOException {
    try (OutputStream file = Files.newOutputStream(path);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.setLevel(Deflater.BEST_COMPRESSION);
      for (Entry entry : entries) {
        zip.putNextEntry(header(entry));
        zip.write(entry.content());
        zip.closeEntry();
      }
    }
  }

  /** With the sizes, which otherwise come in a second header behind the file. */
  private static ZipEntry header(Entry entry) {
    CRC32 crc = new CRC32();
    crc.update(entry.content());
    ZipEntry header = new ZipEntry(entry.name());
    header.setTimeLocal(entry.time());
    header.setCrc(crc.getValue());
    header.setSize(entry.content().length);
    header.setCompressedSize(compressedSize(entry.content()));
    return header;
  }

  private static long compressedSize(byte[] content) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(content);
      deflater.finish();
      byte[] sink = new byte[BUFFER_BYTES];
      while (!deflater.finished()) {
        deflater.deflate(sink);
      }
      return deflater.getBytesWritten();
    } finally {
      deflater.end();
    }
  }
}

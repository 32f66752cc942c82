package org.libsql4j.packer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The files in a jar, in their order and without entries for folders, which nobody asks for. */
record Jar(List<Entry> entries) {
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
    ZipOutput zip = new ZipOutput();
    for (Entry entry : entries) {
      zip.add(entry.name(), entry.time(), entry.content());
    }
    Files.write(path, zip.toByteArray());
  }
}

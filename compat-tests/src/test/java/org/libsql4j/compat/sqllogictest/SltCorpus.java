package org.libsql4j.compat.sqllogictest;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The files of the artifact {@code net.hydromatic:sql-logic-test}. */
final class SltCorpus {
  private static final String KNOWN = "test/select1.test";

  private SltCorpus() {}

  /** The names of all files, in order. */
  static List<String> names() throws IOException {
    try (JarFile jar = open()) {
      return jar.stream()
          .map(JarEntry::getName)
          .filter(name -> name.startsWith("test/") && name.endsWith(".test"))
          .sorted()
          .toList();
    }
  }

  static SltFile file(String name) throws IOException {
    try (InputStream stream = SltCorpus.class.getClassLoader().getResourceAsStream(name)) {
      if (stream == null) {
        throw new IOException("no such file: " + name);
      }
      return SltFile.read(name, stream);
    }
  }

  private static JarFile open() throws IOException {
    URL known = SltCorpus.class.getClassLoader().getResource(KNOWN);
    if (known == null) {
      throw new IOException("sql-logic-test is not on the class path");
    }
    JarURLConnection connection = (JarURLConnection) known.openConnection();
    connection.setUseCaches(false);
    return connection.getJarFile();
  }
}

package org.libsql4j.compat.sqllogictest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A parsed file.
 *
 * <p>Format: <a href="https://www.sqlite.org/sqllogictest/doc/trunk/about.wiki">About
 * Sqllogictest</a>.
 *
 * @param hashThreshold a result of more values than this is hashed
 */
record SltFile(String name, int hashThreshold, List<SltRecord> records) {
  private static final String ENGINE = "sqlite";
  private static final int DEFAULT_HASH_THRESHOLD = 8;

  static SltFile read(String name, InputStream stream) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return new Reader(reader).file(name);
    }
  }

  private static final class Reader {
    private final BufferedReader reader;
    private final List<SltRecord> records = new ArrayList<>();
    private int threshold = DEFAULT_HASH_THRESHOLD;
    private int line;

    Reader(BufferedReader reader) {
      this.reader = reader;
    }

    private @Nullable String next() throws IOException {
      line++;
      return reader.readLine();
    }

    SltFile file(String name) throws IOException {
      boolean wanted = true;
      for (String text = next(); text != null; text = next()) {
        String[] words = withoutComment(text).trim().split("\\s+");
        switch (words[0]) {
          case "" -> {}
          case "hash-threshold" -> threshold = Integer.parseInt(words[1]);
          case "skipif" -> wanted &= !words[1].equals(ENGINE);
          case "onlyif" -> wanted &= words[1].equals(ENGINE);
          case "halt" -> {
            if (wanted) {
              return new SltFile(name, threshold, records);
            }
            wanted = true;
          }
          case "statement" -> {
            SltRecord record = statement(words);
            if (wanted) {
              records.add(record);
            }
            wanted = true;
          }
          case "query" -> {
            SltRecord record = query(words);
            if (wanted) {
              records.add(record);
            }
            wanted = true;
          }
          default -> throw new IOException(name + ":" + line + ": " + text);
        }
      }
      return new SltFile(name, threshold, records);
    }

    private static String withoutComment(String text) {
      int hash = text.indexOf('#');
      return hash < 0 ? text : text.substring(0, hash);
    }

    private SltRecord statement(String[] words) throws IOException {
      int start = line;
      return new SltRecord.Statement(start, sql(), words[1].equals("ok"));
    }

    /** The lines up to an empty one. */
    private String sql() throws IOException {
      StringBuilder sql = new StringBuilder();
      for (String text = next(); text != null && !text.isEmpty(); text = next()) {
        sql.append(text).append('\n');
      }
      return sql.toString();
    }

    private SltRecord query(String[] words) throws IOException {
      int start = line;
      StringBuilder sql = new StringBuilder();
      String text = next();
      while (text != null && !text.isEmpty() && !text.equals("----")) {
        sql.append(text).append('\n');
        text = next();
      }
      List<String> expected = new ArrayList<>();
      if ("----".equals(text)) {
        for (text = next(); text != null && !text.isEmpty(); text = next()) {
          expected.add(text);
        }
      }
      SltRecord.SortMode sort =
          words.length > 2
              ? SltRecord.SortMode.valueOf(words[2].toUpperCase(Locale.ROOT))
              : SltRecord.SortMode.NOSORT;
      return new SltRecord.Query(start, sql.toString(), words[1], sort, expected);
    }
  }
}

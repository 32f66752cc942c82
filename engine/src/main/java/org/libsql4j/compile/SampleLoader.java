package org.libsql4j.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.record.Mem;
import org.libsql4j.record.Record;
import org.libsql4j.record.TextEncoding;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.IndexSamples;
import org.libsql4j.schema.Schema;
import org.libsql4j.schema.Table;

/**
 * Reads the samples of indexes that ANALYZE stored in sqlite_stat4. Rows that make no sense are
 * passed over.
 */
final class SampleLoader {
  private static final String[] COLUMNS = {"idx", "neq", "nlt", "ndlt", "sample"};

  private final Schema schema;
  private final Btree btree;
  private final TextEncoding encoding;
  private final Map<Index, List<IndexSamples.Sample>> found = new LinkedHashMap<>();

  SampleLoader(Schema schema, Btree btree, TextEncoding encoding) {
    this.schema = schema;
    this.btree = btree;
    this.encoding = encoding;
  }

  /**
   * Needs an open transaction, if there is a table with samples.
   *
   * @param rowCounts the numbers of sqlite_stat1 for each index
   */
  void load(Map<Index, long[]> rowCounts) {
    Table table = schema.table("sqlite_stat4");
    if (table == null || table.kind != Table.Kind.ORDINARY || !table.hasRowid()) {
      return;
    }
    int[] places = new int[COLUMNS.length];
    for (int i = 0; i < places.length; i++) {
      int column = table.columnIndex(COLUMNS[i]);
      places[i] = column < 0 ? -1 : table.storageIndex(column);
      if (places[i] < 0) {
        return;
      }
    }
    TreeReader.forEach(
        btree, table.rootPage, table.storedColumnCount(), encoding, row -> read(row, places));
    found.forEach((index, samples) -> set(index, samples, rowCounts.get(index)));
  }

  private static void set(
      Index index, List<IndexSamples.Sample> samples, long @Nullable [] rowCounts) {
    long[] counts = rowCounts == null ? new long[index.keyColumnCount + 1] : rowCounts;
    index.samples = new IndexSamples(samples, index.sampleColumnCount(), counts);
    index.table.sampled = true;
  }

  private void read(Mem[] row, int[] places) {
    String name = row[places[0]].text();
    Index index = name == null ? null : find(name);
    if (index == null) {
      return;
    }
    int columns = index.sampleColumnCount();
    Mem[] key = key(row[places[4]], columns);
    if (key != null) {
      found
          .computeIfAbsent(index, i -> new ArrayList<>())
          .add(
              new IndexSamples.Sample(
                  key,
                  numbers(row[places[1]].text(), columns),
                  numbers(row[places[2]].text(), columns),
                  numbers(row[places[3]].text(), columns)));
    }
  }

  /** The index of this name, or the primary key of the WITHOUT ROWID table of this name. */
  private @Nullable Index find(String name) {
    Index index = schema.index(name);
    if (index != null) {
      return index;
    }
    Table table = schema.table(name);
    return table == null || !table.withoutRowid ? null : table.primaryKeyIndex();
  }

  /** The values of a sample; null if it is no record. */
  private Mem @Nullable [] key(Mem sample, int columns) {
    byte[] record = sample.toByteArray();
    if (record == null || record.length == 0) {
      return null;
    }
    Mem[] key = new Mem[columns];
    Arrays.setAll(key, i -> new Mem());
    try {
      Record.unpack(record, 0, record.length, key, encoding);
    } catch (LibsqlException e) {
      return null;
    }
    return key;
  }

  /** Numbers with a space between them; 0 for what is missing. */
  private static long[] numbers(@Nullable String text, int count) {
    long[] numbers = new long[count];
    if (text == null) {
      return numbers;
    }
    int place = 0;
    for (int i = 0; i < count && place < text.length(); i++) {
      while (place < text.length() && isDigit(text.charAt(place))) {
        // Nobody has that many rows; the sum of two of these is a number still.
        numbers[i] = Math.min(numbers[i], Long.MAX_VALUE / 4000) * 10 + text.charAt(place) - '0';
        place++;
      }
      if (place < text.length() && text.charAt(place) == ' ') {
        place++;
      }
    }
    return numbers;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}

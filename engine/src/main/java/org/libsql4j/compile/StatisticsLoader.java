package org.libsql4j.compile;

import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.record.Mem;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.IndexStatistics;
import org.libsql4j.schema.LogEstimate;
import org.libsql4j.schema.Schema;
import org.libsql4j.schema.Table;

/**
 * Reads what ANALYZE stored in sqlite_stat1, and has the samples of sqlite_stat4 read.
 *
 * <p>Source: <a href="https://www.sqlite.org/fileformat2.html#the_sqlite_stat1_table">The
 * sqlite_stat1 table</a>.
 */
final class StatisticsLoader {
  private final ConnectionState connection;
  private final Schema schema;
  private final @Nullable Btree btree;

  /** The numbers as they are: of entries, and for each prefix of the columns. */
  private final Map<Index, long[]> rowCounts = new IdentityHashMap<>();

  StatisticsLoader(ConnectionState connection, int databaseIndex) {
    this.connection = connection;
    this.schema = connection.database(databaseIndex).schema();
    this.btree = connection.database(databaseIndex).btreeOrNull();
  }

  /** Needs an open transaction, if there is a table with statistics. */
  void load() {
    schema.changeStatistics();
    forget();
    read();
  }

  /** Goes back to what is assumed without statistics. */
  void forget() {
    for (Table table : schema.usedTables()) {
      table.analyzed = false;
      table.sampled = false;
    }
    for (Index index : schema.usedIndexes()) {
      index.statistics = assumed(index);
      index.samples = null;
    }
  }

  /** Adds the statistics of the file to what is assumed. */
  void read() {
    if (btree != null) {
      loadCounts(btree);
      if (connection.isSet(ConnectionFlag.STAT4)) {
        new SampleLoader(schema, btree, connection.encoding).load(rowCounts);
      }
    }
  }

  private void loadCounts(Btree btree) {
    Table statistics = schema.table("sqlite_stat1");
    if (statistics == null || !statistics.hasRowid()) {
      return;
    }
    int table = statistics.columnIndex("tbl");
    int index = statistics.columnIndex("idx");
    int stat = statistics.columnIndex("stat");
    if (table < 0 || index < 0 || stat < 0) {
      return;
    }
    TreeReader.forEach(
        btree,
        statistics.rootPage,
        statistics.storedColumnCount(),
        connection.encoding,
        fields ->
            read(
                text(fields, statistics, table),
                text(fields, statistics, index),
                text(fields, statistics, stat)));
  }

  private static @Nullable String text(Mem[] fields, Table table, int column) {
    int position = table.storageIndex(column);
    return position < 0 ? null : fields[position].text();
  }

  private static IndexStatistics assumed(Index index) {
    IndexStatistics plain = IndexStatistics.assumed(index.keyColumnCount, index.isUnique());
    int[] estimates = plain.rowEstimates();
    estimates[0] = index.isPartial() ? Table.ASSUMED_ROWS - 10 : Table.ASSUMED_ROWS;
    return new IndexStatistics(estimates, false, false, false, index.statistics.rowSize());
  }

  private void read(@Nullable String tableName, @Nullable String indexName, @Nullable String stat) {
    Table table = tableName == null ? null : schema.table(tableName);
    if (table == null || stat == null) {
      return;
    }
    Index index = null;
    if (indexName != null) {
      index =
          indexName.equalsIgnoreCase(tableName) ? table.primaryKeyIndex() : schema.index(indexName);
    }
    if (index != null) {
      readIndex(table, index, stat);
    } else if (indexName == null) {
      readTable(table, stat);
    }
  }

  private void readIndex(Table table, Index index, String stat) {
    IndexStatistics old = index.statistics;
    int[] estimates = old.rowEstimates().clone();
    long[] counts = new long[estimates.length];
    boolean unordered = false;
    boolean noSkipScan = false;
    int rowSize = old.rowSize();
    int place = 0;
    for (String word : stat.trim().split(" +")) {
      if (isNumber(word)) {
        if (place < estimates.length) {
          counts[place] = number(word);
          estimates[place] = LogEstimate.of(counts[place]);
          place++;
        }
      } else if (word.startsWith("unordered")) {
        unordered = true;
      } else if (word.startsWith("noskipscan")) {
        noSkipScan = true;
      } else if (word.startsWith("sz=") && isNumber(word.substring(3))) {
        rowSize = LogEstimate.of(Math.max(2, number(word.substring(3))));
      }
    }
    rowCounts.put(index, counts);
    index.statistics = new IndexStatistics(estimates, true, unordered, noSkipScan, rowSize);
    if (!index.isPartial()) {
      table.rowEstimate = estimates[0];
      table.analyzed = true;
    }
  }

  private static void readTable(Table table, String stat) {
    for (String word : stat.trim().split(" +")) {
      if (isNumber(word) && !table.analyzed) {
        table.rowEstimate = LogEstimate.of(number(word));
        table.analyzed = true;
      } else if (word.startsWith("sz=") && isNumber(word.substring(3))) {
        table.rowSize = LogEstimate.of(Math.max(2, number(word.substring(3))));
      }
    }
  }

  private static boolean isNumber(String word) {
    return !word.isEmpty() && word.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static long number(String digits) {
    return digits.length() > 15 ? Long.MAX_VALUE / 400 : Long.parseLong(digits);
  }
}

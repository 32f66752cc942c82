package org.libsql4j.codegen;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.schema.Index;

/**
 * The analysis of one index while an ANALYZE runs: first the counts, then sample after sample.
 *
 * <p>It belongs to the program, and starts anew with each run of it.
 */
final class IndexAnalysis {
  private final int database;
  private final Index index;
  private final KeyInfo keyInfo;
  private Iterator<IndexSample> samples = List.<IndexSample>of().iterator();
  private @Nullable IndexSample sample;

  IndexAnalysis(int database, Index index, KeyInfo keyInfo) {
    this.database = database;
    this.index = index;
    this.keyInfo = keyInfo;
  }

  /** Goes through the index; gives the text for sqlite_stat1, or null if the index is empty. */
  @Nullable Object start(ConnectionState connection) {
    IndexScan scan = new IndexScan(connection, database, index, keyInfo);
    scan.run();
    samples = scan.samples().iterator();
    return scan.text();
  }

  /** Goes to the next sample; gives the first of its columns, or null after the last one. */
  @Nullable Object next() {
    sample = samples.hasNext() ? samples.next() : null;
    return sample == null ? null : sample.equal();
  }

  /** The current sample. */
  IndexSample sample() {
    IndexSample current = sample;
    if (current == null) {
      throw new LibsqlException(ResultCode.INTERNAL, "no sample");
    }
    return current;
  }
}

package org.libsql4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.compile.RoutingCompiler;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.spi.RemoteCall;
import org.libsql4j.spi.RemoteOutcome;
import org.libsql4j.spi.RemoteSession;
import org.libsql4j.spi.RemoteText;

/**
 * Statements for a remote database that are sent together, some hundred at a time, so that not each
 * of them has to wait for the network. They are executed in order until one fails.
 */
public final class RemoteBatch {
  private static final int MAX_COUNT = 250;
  private static final int MAX_BYTES = 1 << 20;
  private static final int BYTES_PER_VALUE = 40;

  private final Connection connection;
  private final RemoteSession session;
  private final List<RemoteCall> calls = new ArrayList<>();

  RemoteBatch(Connection connection, RemoteSession session) {
    this.connection = connection;
    this.session = session;
  }

  /** Adds a statement with the values that are bound to it now. */
  public void add(Statement statement) {
    Mem[] values = new Mem[statement.parameterCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = new Mem();
      values[i].copyFrom(statement.boundCell(i + 1));
    }
    add(RoutingCompiler.remoteText(connection.state(), statement.sql()), values);
  }

  /**
   * Adds a statement.
   *
   * @return false if it is none for the server
   */
  boolean add(BatchStatement statement) {
    RemoteText text = RoutingCompiler.remoteText(connection.state(), statement.sql());
    if (text == null || text.parameterNames().size() < statement.parameters().size()) {
      return false;
    }
    Mem[] values = new Mem[text.parameterNames().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = new Mem();
      if (i < statement.parameters().size() && !set(values[i], statement.parameters().get(i))) {
        return false;
      }
    }
    add(text, values);
    return true;
  }

  private void add(@Nullable RemoteText text, Mem[] values) {
    if (text == null) {
      throw new LibsqlException(ResultCode.MISUSE, "not a statement for the server");
    }
    calls.add(new RemoteCall(text, values));
  }

  private static boolean set(Mem cell, @Nullable Object value) {
    if (value == null) {
      cell.setNull();
    } else if (value instanceof Long || value instanceof Integer) {
      cell.setInteger(((Number) value).longValue());
    } else if (value instanceof Double number) {
      cell.setReal(number);
    } else if (value instanceof String text) {
      cell.setText(text);
    } else if (value instanceof byte[] bytes) {
      cell.setBlob(bytes, 0, bytes.length);
    } else {
      return false; // Those that are rare are left to where all are known.
    }
    return true;
  }

  /**
   * Executes the statements up to the first that fails, which is the last of the list then.
   *
   * @throws LibsqlException if the server was not reached or did not understand the batch
   */
  public List<RemoteOutcome> run() {
    return connection.locked(
        () -> {
          List<RemoteOutcome> outcomes = new ArrayList<>();
          for (int from = 0; from < calls.size(); ) {
            int to = endOfPart(from);
            List<RemoteOutcome> part = runPart(calls.subList(from, to));
            outcomes.addAll(part);
            if (part.size() < to - from || part.get(part.size() - 1).failure() != null) {
              return outcomes;
            }
            from = to;
          }
          return outcomes;
        });
  }

  private int endOfPart(int from) {
    long bytes = 0;
    int to = from;
    while (to < calls.size() && to - from < MAX_COUNT && bytes < MAX_BYTES) {
      bytes += calls.get(to).text().sql().length();
      for (Mem value : calls.get(to).parameters()) {
        bytes += BYTES_PER_VALUE + (value.isTextOrBlob() ? value.length : 0);
      }
      to++;
    }
    return to;
  }

  private List<RemoteOutcome> runPart(List<RemoteCall> part) {
    ConnectionState state = connection.state();
    if (state.isInterrupted()) {
      throw new LibsqlException(ResultCode.INTERRUPT);
    }
    for (RemoteCall call : part) {
      if (!call.text().readOnly() && state.isSet(ConnectionFlag.QUERY_ONLY)) {
        throw new LibsqlException(ResultCode.READONLY);
      }
    }
    try {
      List<RemoteOutcome> outcomes = session.batch(part);
      for (RemoteOutcome outcome : outcomes) {
        tell(state, outcome);
      }
      return outcomes;
    } finally {
      RoutingCompiler.followTransaction(state, session);
    }
  }

  private static void tell(ConnectionState state, RemoteOutcome outcome) {
    state.setChanges(outcome.changes());
    Long rowid = outcome.lastInsertRowid();
    if (rowid != null) {
      state.lastInsertRowid = rowid;
      if (state.insertedRowids != null) {
        state.insertedRowids.add(rowid);
      }
    }
  }

  /** What the statements gave, as {@link Connection#batch} answers it. */
  static List<QueryResult> results(List<RemoteOutcome> outcomes) {
    List<QueryResult> results = new ArrayList<>();
    long rowid = 0;
    for (RemoteOutcome outcome : outcomes) {
      List<Row> rows = new ArrayList<>();
      for (Mem[] cells : outcome.rows()) {
        rows.add(Row.of(outcome.columnNames(), cells));
      }
      Long inserted = outcome.lastInsertRowid();
      rowid = inserted == null ? rowid : inserted;
      results.add(
          new QueryResult(
              outcome.columnNames(), Collections.unmodifiableList(rows), outcome.changes(), rowid));
    }
    return results;
  }
}

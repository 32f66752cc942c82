package org.libsql4j.remote;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.remote.RemoteException.Reason;
import org.libsql4j.spi.RemoteCall;
import org.libsql4j.spi.RemoteOutcome;
import org.libsql4j.spi.RemoteRows;
import org.libsql4j.spi.RemoteSession;
import org.libsql4j.spi.RemoteStatement;
import org.libsql4j.spi.RemoteStatement.Column;
import org.libsql4j.spi.RemoteText;
import org.libsql4j.spi.StatementKind;

/**
 * One connection to a remote database.
 *
 * <p>It has one stream for everything, except that a query whose rows are still being read when
 * another statement starts keeps the stream for itself until its end - outside of a transaction. In
 * a transaction its rows are collected.
 */
final class HranaSession implements RemoteSession {
  private static final Pattern FOREIGN_KEYS_PRAGMA =
      Pattern.compile("(?is)\\s*pragma\\s+(\\w+\\s*\\.\\s*)?foreign_keys\\s*[=(].*");
  private static final int VERSION_WITH_CURSORS = 3;

  private final RemoteClient client;
  private final HranaTransport transport;
  private final TransactionTracker tracker;

  /** Null if there is none, or none that is of use. */
  private @Nullable HranaStream main;

  /** The stream in which something is, or was, under way. */
  private volatile @Nullable HranaStream active;

  /** The query whose rows are being read from the stream; null if there is none. */
  private @Nullable CursorRows reading;

  /** What a new stream has to be told first; null for nothing. */
  private @Nullable String prelude;

  private boolean closed;

  private HranaSession(RemoteClient client, HranaTransport transport) {
    this.client = client;
    this.transport = transport;
    this.tracker = new TransactionTracker(transport.version());
    this.prelude = client.settings().foreignKeys() ? null : "PRAGMA foreign_keys=OFF";
  }

  /**
   * @throws RemoteException if the server cannot be reached or refuses
   */
  static HranaSession open(RemoteClient client) {
    return new HranaSession(client, client.newTransport());
  }

  @Override
  public boolean isRemoteOnly() {
    return true;
  }

  @Override
  public boolean runsHere(StatementKind kind, boolean localTransaction) {
    return false;
  }

  @Override
  public void limitRequests(Duration limit) {
    transport.limitRequests(limit);
  }

  @Override
  public boolean isAutoCommit() {
    return !tracker.inTransaction();
  }

  // ---- statements
  // ---------------------------------------------------------------------------------

  @Override
  public RemoteStatement prepare(String sql, List<@Nullable String> parameterNames) {
    return prepare(new RemoteText(sql, parameterNames, StatementKind.WRITE, true, false));
  }

  @Override
  public RemoteStatement prepare(RemoteText text) {
    return new HranaStatement(this, text, text.mayReturnRows() ? describe(text.sql()) : null);
  }

  private HranaResult.Description describe(String sql) {
    HranaResult.Description known = client.descriptions().get(sql);
    if (known != null) {
      return known;
    }
    HranaRequest describe = new HranaRequest.Describe(sql);
    HranaResult result = exchange(stream -> List.of(describe), StatementKind.READ).get(0);
    if (result instanceof HranaResult.Failure failure) {
      throw failure.error().toException();
    }
    if (!(result instanceof HranaResult.Description description)) {
      throw RemoteException.protocol("the server did not describe the statement");
    }
    if (!tracker.inTransaction()) {
      client.descriptions().put(sql, description);
    }
    return description;
  }

  /** Executes a statement with values. */
  RemoteRows execute(HranaStatement statement, Mem[] parameters) {
    if (statement.isQuery() && transport.version() >= VERSION_WITH_CURSORS) {
      return openCursor(statement, parameters);
    }
    StatementKind kind = statement.text().kind();
    List<HranaResult> results =
        exchange(
            stream -> {
              List<HranaRequest> requests = new ArrayList<>();
              int id = stream.texts().use(statement.text().sql(), requests);
              requests.add(new HranaRequest.Execute(statement.stmt(id, parameters)));
              tracker.addRequests(requests);
              return requests;
            },
            kind);
    HranaResult executed = tracker.follow(kind, results);
    askIfUnknown();
    if (executed instanceof HranaResult.Failure failure) {
      throw failure.error().toException();
    }
    if (!(executed instanceof HranaResult.Executed done)) {
      throw RemoteException.protocol("the server did not tell what the statement gave");
    }
    notePragma(statement.text().sql());
    return new ResultRows(done, statement.columns().size());
  }

  @Override
  public List<RemoteOutcome> batch(List<RemoteCall> calls) {
    List<HranaResult> results =
        exchange(
            stream -> {
              List<HranaRequest> requests = new ArrayList<>();
              requests.add(new HranaRequest.Batch(steps(calls, stream, requests)));
              tracker.addRequests(requests);
              return requests;
            },
            StatementKind.WRITE);
    HranaResult executed = tracker.followBatch(results);
    askIfUnknown();
    if (executed instanceof HranaResult.Failure failure) {
      throw failure.error().toException();
    }
    if (!(executed instanceof HranaResult.BatchExecuted batch)) {
      throw RemoteException.protocol("the server did not tell what the batch gave");
    }
    return outcomes(batch, calls.size());
  }

  /** Each step needs the success of the one before it. */
  private static List<HranaRequest.Step> steps(
      List<RemoteCall> calls, HranaStream stream, List<HranaRequest> requests) {
    List<HranaRequest.Step> steps = new ArrayList<>();
    for (RemoteCall call : calls) {
      int id = stream.texts().use(call.text().sql(), requests);
      HranaRequest.Condition condition =
          steps.isEmpty() ? null : new HranaRequest.Condition.Ok(steps.size() - 1);
      steps.add(
          new HranaRequest.Step(
              condition, HranaStatement.stmt(call.text(), id, call.parameters())));
    }
    return steps;
  }

  private static List<RemoteOutcome> outcomes(HranaResult.BatchExecuted batch, int count) {
    List<RemoteOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      HranaResult.Executed result = i < batch.results().size() ? batch.results().get(i) : null;
      ServerError error = i < batch.errors().size() ? batch.errors().get(i) : null;
      if (error != null) {
        outcomes.add(RemoteOutcome.failed(error.toException()));
        return outcomes;
      }
      if (result == null) {
        throw RemoteException.protocol("the server left a step of a batch out");
      }
      outcomes.add(
          new RemoteOutcome(
              result.columns().stream().map(Column::name).collect(Collectors.toList()),
              result.rows(),
              result.affectedRows(),
              result.lastInsertRowid(),
              null));
    }
    return outcomes;
  }

  private void notePragma(String sql) {
    if (!tracker.inTransaction() && FOREIGN_KEYS_PRAGMA.matcher(sql).matches()) {
      prelude = sql;
    }
  }

  private void askIfUnknown() {
    if (tracker.isUnknown()) {
      List<HranaRequest> question = tracker.question();
      tracker.answer(exchange(stream -> question, StatementKind.READ));
    }
  }

  // ---- queries
  // ------------------------------------------------------------------------------------

  private CursorRows openCursor(HranaStatement statement, Mem[] parameters) {
    for (int attempt = 0; ; attempt++) {
      HranaStream stream = freeStream();
      if (stream.isFresh() && prelude != null) {
        stream = prepared(stream);
      }
      try {
        int id = stream.texts().find(statement.text().sql());
        HranaCursor cursor = stream.openCursor(statement.stmt(id, parameters));
        CursorRows rows = new CursorRows(this, stream, cursor);
        reading = rows;
        checkColumns(statement, cursor, rows);
        return rows;
      } catch (RemoteException e) {
        if (!repeats(e, attempt, StatementKind.READ)) {
          if (e.reason() == Reason.STATEMENT && tracker.inTransaction()) {
            tracker.setUnknown();
            askIfUnknown();
          }
          throw explained(e, StatementKind.READ);
        }
      }
    }
  }

  /** Tells a new stream what it has to be told first. */
  private HranaStream prepared(HranaStream stream) {
    exchange(s -> List.of(), StatementKind.READ);
    HranaStream current = main;
    return current == null ? stream : current;
  }

  /** Where the schema has changed since the statement was described, it is to be prepared again. */
  private void checkColumns(HranaStatement statement, HranaCursor cursor, CursorRows rows) {
    List<Column> found = cursor.columns();
    if (!found.equals(statement.columns())) {
      rows.close();
      client.descriptions().forget(statement.text().sql());
      throw new LibsqlException(ResultCode.SCHEMA);
    }
  }

  /** Whether there is a transaction in the stream that a query reads from. */
  boolean needsStreamOf(CursorRows rows) {
    return reading == rows && tracker.inTransaction();
  }

  /** A query has come to its end. */
  void ended(CursorRows rows) {
    if (reading == rows) {
      reading = null;
    } else {
      rows.stream().close(false);
    }
  }

  /** A query has failed on its way. */
  void failed(CursorRows rows, LibsqlException failure) {
    boolean own = reading == rows;
    ended(rows);
    if (own && tracker.inTransaction()) {
      tracker.setUnknown();
      try {
        askIfUnknown();
      } catch (LibsqlException e) {
        failure.addSuppressed(e);
      }
    }
  }

  // ---- the stream
  // ---------------------------------------------------------------------------------

  /** What is to be sent over a stream. */
  private interface Requests {
    List<HranaRequest> on(HranaStream stream);
  }

  /**
   * Sends requests over the stream, or over a new one if the server does not know it any more and
   * no transaction was open in it.
   *
   * @return the results of these requests
   */
  private List<HranaResult> exchange(Requests requests, StatementKind kind) {
    for (int attempt = 0; ; attempt++) {
      HranaStream stream = freeStream();
      List<HranaRequest> all = new ArrayList<>();
      String first = prelude;
      boolean tells = first != null && stream.isFresh();
      if (first != null && tells) {
        all.add(new HranaRequest.Sequence(first));
      }
      all.addAll(requests.on(stream));
      try {
        List<HranaResult> results = stream.send(all);
        return tells ? afterPrelude(results) : results;
      } catch (RemoteException e) {
        if (!repeats(e, attempt, kind)) {
          throw explained(e, kind);
        }
      }
    }
  }

  private static List<HranaResult> afterPrelude(List<HranaResult> results) {
    if (results.get(0) instanceof HranaResult.Failure failure) {
      throw failure.error().toException();
    }
    return results.subList(1, results.size());
  }

  /** A stream that nothing else is using. */
  private HranaStream freeStream() {
    CursorRows busy = reading;
    if (busy != null) {
      reading = null;
      if (tracker.inTransaction()) {
        busy.collect();
      } else {
        main = null; // It belongs to the query from now on.
      }
    }
    HranaStream stream = main;
    if (stream != null && (stream.isBroken() || stream.isStale()) && !tracker.inTransaction()) {
      stream = null;
    }
    if (stream == null) {
      stream = transport.newStream();
      main = stream;
    }
    active = stream;
    return stream;
  }

  /** What {@link #cancel} is to act on. */
  void setActive(HranaStream stream) {
    active = stream;
  }

  /** Whether a request was not looked at and may be sent once more. */
  private boolean repeats(RemoteException e, int attempt, StatementKind kind) {
    if (e.reason() != Reason.EXPIRED || tracker.inTransaction() || attempt > 0) {
      return false;
    }
    main = null;
    return kind != StatementKind.END;
  }

  /** After a failure of the way to the server says what it means for what was under way. */
  private LibsqlException explained(RemoteException e, StatementKind kind) {
    HranaStream stream = main;
    if (e.reason() == Reason.STATEMENT || (stream != null && !stream.isBroken())) {
      return e;
    }
    main = null;
    boolean wasOpen = tracker.inTransaction();
    tracker.lost();
    String meaning = "";
    if (e.reason() == Reason.EXPIRED || e.resultCode() == ResultCode.CANTOPEN) {
      meaning = wasOpen ? "; the transaction was rolled back" : "";
    } else if (wasOpen && kind == StatementKind.END) {
      meaning = "; whether the transaction was committed is not known";
    } else if (wasOpen) {
      meaning = "; the transaction was rolled back";
    } else if (kind != StatementKind.READ && e.reason() == Reason.TRANSPORT) {
      meaning = "; whether the statement was executed is not known";
    }
    return meaning.isEmpty()
        ? e
        : new RemoteException(e.reason(), e.resultCode(), e.getMessage() + meaning, e);
  }

  @Override
  public void cancel() {
    HranaStream stream = active;
    if (stream != null) {
      stream.cancel();
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    HranaStream stream = main;
    main = null;
    if (stream != null) {
      stream.close(tracker.inTransaction());
    }
    tracker.lost();
    transport.close();
  }
}

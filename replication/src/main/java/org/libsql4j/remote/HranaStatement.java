package org.libsql4j.remote;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;
import org.libsql4j.spi.RemoteRows;
import org.libsql4j.spi.RemoteStatement;
import org.libsql4j.spi.RemoteText;

/** A statement that the server executes. */
final class HranaStatement implements RemoteStatement {
  private final HranaSession session;
  private final RemoteText text;

  /** Null for what has no result: the server was not asked. */
  private final HranaResult.@Nullable Description description;

  HranaStatement(
      HranaSession session, RemoteText text, HranaResult.@Nullable Description description) {
    this.session = session;
    this.text = text;
    this.description = description;
  }

  /** Numbers with a question mark are places, not names. */
  private static boolean isName(@Nullable String name) {
    return name != null && !name.startsWith("?");
  }

  RemoteText text() {
    return text;
  }

  @Override
  public List<Column> columns() {
    return description == null ? List.of() : description.columns();
  }

  @Override
  public boolean isReadOnly(boolean byTree) {
    return description == null ? byTree : description.readOnly();
  }

  /** Whether its rows can be read bit by bit without anything being changed meanwhile. */
  boolean isQuery() {
    return description != null && description.readOnly() && !description.columns().isEmpty();
  }

  @Override
  public RemoteRows execute(Mem[] parameters) {
    return session.execute(this, parameters);
  }

  HranaRequest.Stmt stmt(int sqlId, Mem[] parameters) {
    return stmt(text, sqlId, parameters);
  }

  static HranaRequest.Stmt stmt(RemoteText text, int sqlId, Mem[] parameters) {
    List<@Nullable String> names = text.parameterNames();
    boolean named = names.stream().anyMatch(HranaStatement::isName);
    return new HranaRequest.Stmt(text.sql(), sqlId, named ? names : null, parameters);
  }
}

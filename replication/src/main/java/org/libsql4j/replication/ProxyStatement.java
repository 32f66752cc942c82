package org.libsql4j.replication;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.replication.proto.Description;
import org.libsql4j.replication.proto.Named;
import org.libsql4j.replication.proto.Positional;
import org.libsql4j.replication.proto.Query;
import org.libsql4j.replication.proto.ResultRows;
import org.libsql4j.spi.RemoteRows;
import org.libsql4j.spi.RemoteStatement;

/** A statement that runs on the primary. */
final class ProxyStatement implements RemoteStatement {
  private final ProxySession session;
  private final String sql;
  private final List<Column> columns;
  private final List<@Nullable String> parameterNames;
  private final boolean named;

  ProxyStatement(
      ProxySession session,
      String sql,
      Description description,
      List<@Nullable String> parameterNames) {
    this.parameterNames = parameterNames;
    this.named = parameterNames.stream().anyMatch(ProxyStatement::isName);
    this.session = session;
    this.sql = sql;
    List<Column> known = new ArrayList<>();
    for (org.libsql4j.replication.proto.Column column : description.getColumnDescriptionsList()) {
      known.add(new Column(column.getName(), column.hasDecltype() ? column.getDecltype() : null));
    }
    this.columns = List.copyOf(known);
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public RemoteRows execute(Mem[] parameters) {
    Query.Builder query = Query.newBuilder().setStmt(sql);
    if (named) {
      query.setNamed(byName(parameters));
    } else {
      Positional.Builder values = Positional.newBuilder();
      for (Mem parameter : parameters) {
        values.addValues(ProxyValues.encode(parameter));
      }
      query.setPositional(values);
    }
    return new Rows(session.execute(query.build()), columns.size());
  }

  /** Numbers with a question mark are places, not names. */
  private static boolean isName(@Nullable String name) {
    return name != null && !name.startsWith("?");
  }

  /** The protocol has values by place or by name, not both in one statement. */
  private Named byName(Mem[] parameters) {
    Named.Builder values = Named.newBuilder();
    for (int i = 0; i < parameters.length; i++) {
      String name = parameterNames.get(i);
      if (name == null || !isName(name)) {
        throw new LibsqlException(
            ResultCode.ERROR,
            "a statement on the primary cannot have parameters with and without names");
      }
      values.addNames(name).addValues(ProxyValues.encode(parameters[i]));
    }
    return values.build();
  }

  /** All rows came in one message. */
  private static final class Rows implements RemoteRows {
    private final ResultRows rows;
    private final int columnCount;
    private int index = -1;

    Rows(ResultRows rows, int columnCount) {
      this.rows = rows;
      this.columnCount = columnCount;
    }

    @Override
    public boolean next() {
      // Without columns there is nothing to show, whatever was sent.
      return columnCount > 0 && ++index < rows.getRowsCount();
    }

    @Override
    public void column(int column, Mem target) {
      if (column < rows.getRows(index).getValuesCount()) {
        ProxyValues.decode(rows.getRows(index).getValues(column), target);
      } else {
        target.setNull();
      }
    }

    @Override
    public long changes() {
      return rows.getAffectedRowCount();
    }

    @Override
    public boolean hasInserted() {
      return rows.hasLastInsertRowid();
    }

    @Override
    public long lastInsertRowid() {
      return rows.getLastInsertRowid();
    }
  }
}

package org.libsql4j.vtab;

import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.record.Mem;

/** A table that keeps its rows in an ordinary one beside it, by SQL of its own. */
final class BackedModule implements Module {
  @Override
  public VirtualTable create(TableDefinition definition) {
    definition.execute(
        "CREATE TABLE " + storage(definition.databaseName(), definition.tableName()) + "(k, v)");
    return connect(definition);
  }

  @Override
  public VirtualTable connect(TableDefinition definition) {
    definition.declare("CREATE TABLE x(k, v)");
    definition.supportConstraints();
    return new Table(definition.connection(), definition.databaseName(), definition.tableName());
  }

  @Override
  public boolean isShadowName(String suffix) {
    return suffix.equals("rows");
  }

  private static String storage(String database, String table) {
    return "\"" + database + "\".\"" + table + "_rows\"";
  }

  private static final class Table implements WritableTable {
    private final ConnectionState connection;
    private final String database;
    private String name;

    Table(ConnectionState connection, String database, String name) {
      this.connection = connection;
      this.database = database;
      this.name = name;
    }

    private void run(String sql, @Nullable Mem... values) {
      try (InnerStatement statement = InnerStatement.prepare(connection, sql)) {
        for (int i = 0; i < values.length; i++) {
          Mem value = values[i];
          if (value != null) {
            statement.parameter(i).copyFrom(value);
          }
        }
        while (statement.step()) {
          // Only the effect is wanted.
        }
      }
    }

    @Override
    public boolean bestIndex(IndexInfo info) {
      info.setEstimatedCost(100);
      return true;
    }

    @Override
    public VirtualCursor open() {
      return new Cursor(
          InnerStatement.prepare(connection, "SELECT rowid, k, v FROM " + storage(database, name)));
    }

    @Override
    public long update(RowChange change) {
      String table = storage(database, name);
      switch (change.kind()) {
        case DELETE -> run("DELETE FROM " + table + " WHERE rowid = ?", change.oldKey());
        case UPDATE ->
            run(
                "UPDATE " + table + " SET k = ?, v = ? WHERE rowid = ?",
                change.value(0),
                change.value(1),
                change.oldKey());
        case INSERT ->
            run("INSERT INTO " + table + "(k, v) VALUES (?, ?)", change.value(0), change.value(1));
      }
      return connection.lastInsertRowid;
    }

    @Override
    public void rename(String newName) {
      InnerStatement.execute(
          connection,
          "ALTER TABLE " + storage(database, name) + " RENAME TO \"" + newName + "_rows\"");
      name = newName;
    }

    @Override
    public void destroy() {
      InnerStatement.execute(connection, "DROP TABLE " + storage(database, name));
    }
  }

  private static final class Cursor implements VirtualCursor {
    private final InnerStatement statement;
    private boolean found;

    Cursor(InnerStatement statement) {
      this.statement = statement;
    }

    @Override
    public void filter(int indexNumber, @Nullable String indexText, Mem[] arguments) {
      statement.reset();
      next();
    }

    @Override
    public void next() {
      found = statement.step();
    }

    @Override
    public boolean isAtEnd() {
      return !found;
    }

    @Override
    public void column(int column, Mem result) {
      result.copyFrom(statement.column(column + 1));
    }

    @Override
    public long rowid() {
      return statement.column(0).asLong();
    }

    @Override
    public void close() {
      statement.close();
    }
  }
}

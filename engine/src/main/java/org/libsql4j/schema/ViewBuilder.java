package org.libsql4j.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.ConflictResolution;
import org.libsql4j.sql.ast.CreateView;
import org.libsql4j.sql.ast.CreateVirtualTable;

/** Makes views and virtual tables, which have no columns before they are used. */
public final class ViewBuilder {
  private ViewBuilder() {}

  public static Table build(CreateView statement, Schema schema) {
    return table(
        statement.name().name().name(), schema, Table.Kind.VIEW, statement, statement.schemaSql());
  }

  public static Table virtualTable(CreateVirtualTable statement, Schema schema) {
    Table table =
        table(
            statement.name().name().name(),
            schema,
            Table.Kind.VIRTUAL,
            null,
            statement.schemaSql());
    table.virtual = new VirtualDefinition(statement.module().name(), statement.arguments(), false);
    return table;
  }

  private static Table table(
      String name, Schema schema, Table.Kind kind, @Nullable CreateView view, String sql) {
    return new Table(
        name,
        schema,
        kind,
        List.of(),
        -1,
        false,
        false,
        false,
        false,
        ConflictResolution.ABORT,
        List.of(),
        List.of(),
        view,
        sql,
        0);
  }
}

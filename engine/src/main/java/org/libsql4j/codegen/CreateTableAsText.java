package org.libsql4j.codegen;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundSelect;
import org.libsql4j.resolve.ResultNames;
import org.libsql4j.schema.Column;
import org.libsql4j.sql.SqlNames;

/** The text that CREATE TABLE AS SELECT leaves in the schema. */
final class CreateTableAsText {
  /** Texts that are longer than this are broken into lines. */
  private static final int MAX_ONE_LINE = 50;

  private CreateTableAsText() {}

  static String of(String tableName, BoundSelect select) {
    List<Column> columns = ResultNames.shape(tableName, select, List.of()).columns;
    int length = quotedLength(tableName);
    for (Column column : columns) {
      length += quotedLength(column.name()) + 5;
    }
    boolean oneLine = length < MAX_ONE_LINE;
    StringBuilder text = new StringBuilder("CREATE TABLE ");
    text.append(SqlNames.quoteIfNeeded(tableName)).append('(');
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      if (!oneLine) {
        text.append("\n  ");
      }
      Column column = columns.get(i);
      text.append(SqlNames.quoteIfNeeded(column.name())).append(type(column.affinity()));
    }
    return text.append(oneLine ? ")" : "\n)").toString();
  }

  private static int quotedLength(String name) {
    return SqlNames.quote(name).getBytes(StandardCharsets.UTF_8).length;
  }

  private static String type(Affinity affinity) {
    boolean none = affinity == Affinity.NONE || affinity == Affinity.BLOB;
    return none ? "" : " " + affinity.typeName();
  }
}

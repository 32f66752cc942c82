package org.libsql4j.compat.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.libsql4j.compat.engines.Outcome;
import org.libsql4j.compat.engines.SqlEngine;

/** Everything in a database file, by the query that reads it. */
final class FileContent {
  private final Map<String, Outcome> answers = new LinkedHashMap<>();

  private FileContent() {}

  /** The queries that read a whole file: schema, tables by key, tables by each index, views. */
  static List<String> queries(SqlEngine real) {
    List<String> queries = new ArrayList<>();
    queries.add("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name");
    for (TableShape table : TableShape.of(real)) {
      String columns = table.hasRowid() ? "rowid, *" : "*";
      queries.add("SELECT " + columns + " FROM " + table.name() + " ORDER BY " + table.identity());
      queries.add("SELECT count(*) FROM " + table.name());
      for (TableShape.Index index : table.indexes()) {
        String where = index.where() == null ? "" : " WHERE " + index.where();
        String order = index.order().isEmpty() ? "" : index.order() + ", ";
        queries.add(
            "SELECT "
                + columns
                + " FROM "
                + table.name()
                + " INDEXED BY "
                + index.name()
                + where
                + " ORDER BY "
                + order
                + table.identity());
      }
    }
    for (String view : real.must("SELECT name FROM sqlite_schema WHERE type = 'view'").rows()) {
      queries.add("SELECT * FROM \"" + view.substring(1, view.length() - 1) + "\"");
    }
    return queries;
  }

  static FileContent read(SqlEngine engine, List<String> queries) {
    FileContent content = new FileContent();
    for (String query : queries) {
      Outcome outcome = engine.run(query);
      content.answers.put(query, query.contains("ORDER BY") ? outcome : outcome.sorted());
    }
    return content;
  }

  /** The first query that two databases answer differently, with both answers; empty if none. */
  String firstDifference(FileContent other) {
    for (Map.Entry<String, Outcome> entry : answers.entrySet()) {
      Outcome mine = entry.getValue();
      Outcome others = other.answers.get(entry.getKey());
      if (!mine.rows().equals(others.rows())
          || String.valueOf(mine.error()).compareTo(String.valueOf(others.error())) != 0) {
        return entry.getKey() + "\n" + rowDifference(mine, others);
      }
    }
    return "";
  }

  private static String rowDifference(Outcome mine, Outcome others) {
    int rows = Math.min(mine.rows().size(), others.rows().size());
    for (int i = 0; i < rows; i++) {
      if (!mine.rows().get(i).equals(others.rows().get(i))) {
        return "row " + i + "\n" + mine.rows().get(i) + "\n" + others.rows().get(i);
      }
    }
    return mine.rows().size()
        + " rows, "
        + others.rows().size()
        + " rows; errors "
        + mine.error()
        + ", "
        + others.error();
  }

  /** The queries that failed. */
  List<String> failures() {
    return answers.entrySet().stream()
        .filter(entry -> entry.getValue().error() != null)
        .map(entry -> entry.getKey() + ": " + entry.getValue().error())
        .toList();
  }

  int rowCount() {
    return answers.values().stream().mapToInt(answer -> answer.rows().size()).sum();
  }
}

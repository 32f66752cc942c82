package org.libsql4j.advice;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.libsql4j.Connection;
import org.libsql4j.QueryPlan;
import org.libsql4j.Row;
import org.libsql4j.Rows;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.record.Collation;
import org.libsql4j.sql.SqlNames;
import org.libsql4j.vtab.Module;

/**
 * A copy of a connection's schemas in memory, without rows but with statistics, to try indexes in.
 */
final class HypotheticalDatabase {
  private static final Pattern STORED =
      Pattern.compile("(?i)^CREATE (TABLE|VIRTUAL TABLE|INDEX|UNIQUE INDEX|VIEW|TRIGGER) ");

  private final Connection real;
  private final Connection copy;
  private final Sampler sampler;

  /** What ANALYZE is expected to say of the candidates, by their names. */
  private final Map<String, String> statistics = new LinkedHashMap<>();

  private final Map<String, Boolean> analyzed = new LinkedHashMap<>();

  /**
   * @param copy a new connection to an empty database in memory
   */
  HypotheticalDatabase(Connection real, Connection copy, Sampler sampler) {
    this.real = real;
    this.copy = copy;
    this.sampler = sampler;
    copySettings(real.state(), copy.state());
    copySchemas();
  }

  ConnectionState state() {
    return copy.state();
  }

  QueryPlan plan(String sql) {
    return copy.explain(sql);
  }

  // ---- the copy

  private static void copySettings(ConnectionState from, ConnectionState to) {
    for (FunctionDefinition function : from.functions().all()) {
      if (!from.functions().isBuiltIn(function)) {
        to.functions().register(function);
      }
    }
    for (Collation collation : from.collations().all()) {
      to.collations().register(collation);
    }
    for (String name : from.modules().names()) {
      Module module = from.modules().find(name);
      if (module != null) {
        to.modules().register(name, module);
      }
    }
    for (ConnectionFlag flag : ConnectionFlag.values()) {
      to.set(flag, from.isSet(flag));
    }
    to.set(ConnectionFlag.QUERY_ONLY, false);
  }

  private void copySchemas() {
    copy.execute("PRAGMA encoding = " + SqlNames.quote(encoding()));
    List<AttachedDatabase> databases = real.state().databases();
    for (int i = 0; i < databases.size(); i++) {
      AttachedDatabase database = databases.get(i);
      if (i > AttachedDatabase.TEMP) {
        copy.execute("ATTACH ':memory:' AS " + SqlNames.quote(database.name()));
      }
      if (database.btreeOrNull() != null) {
        copySchema(database.name());
      }
    }
  }

  private String encoding() {
    return String.valueOf(real.queryOne("PRAGMA encoding").getString(0));
  }

  private void copySchema(String schema) {
    String name = SqlNames.quote(schema);
    String order = " ORDER BY type <> 'table', sql NOT LIKE 'create virtual%', rowid";
    String from = schema.equals("temp") ? "sqlite_temp_schema" : name + ".sqlite_schema";
    try (Rows rows = real.query("SELECT sql FROM " + from + " WHERE sql NOT NULL" + order)) {
      while (rows.next()) {
        create(name, String.valueOf(rows.getString(0)));
      }
    }
    boolean known = hasStatistics(name);
    analyzed.put(schema, known);
    if (known || sampler.isOn()) {
      copy.execute("ANALYZE " + name);
      copy.execute("DELETE FROM " + name + ".sqlite_stat1");
      analyzed.put(schema, true);
    }
    if (known) {
      copyStatistics(name);
    }
  }

  /** What cannot be made here, for example a table of an unknown module, is not advised on. */
  private void create(String schema, String sql) {
    Matcher matcher = STORED.matcher(sql);
    boolean internal = sql.regionMatches(true, 13, "sqlite_", 0, 7);
    if (internal || !matcher.find()) {
      return;
    }
    String head = sql.substring(0, matcher.end());
    try {
      copy.execute(head + schema + "." + sql.substring(matcher.end()));
    } catch (LibsqlException e) {
      return; // Statements that need it say so themselves.
    }
  }

  private boolean hasStatistics(String schema) {
    return real.queryOptional(
            "SELECT 1 FROM " + schema + ".sqlite_schema WHERE name = 'sqlite_stat1' LIMIT 1")
        .isPresent();
  }

  private void copyStatistics(String schema) {
    try (Rows rows = real.query("SELECT tbl, idx, stat FROM " + schema + ".sqlite_stat1")) {
      while (rows.next()) {
        Row row = rows.row();
        copy.execute(
            "INSERT INTO " + schema + ".sqlite_stat1 VALUES(?, ?, ?)",
            row.getString(0),
            row.getString(1),
            row.getString(2));
      }
    }
    copy.execute("ANALYZE " + schema + ".sqlite_schema");
  }

  // ---- candidates

  /** Creates an index; false if it cannot be, or its name is taken. */
  boolean create(Candidate candidate) {
    try {
      copy.execute(candidate.sql(true));
    } catch (LibsqlException e) {
      return false;
    }
    if (Boolean.TRUE.equals(analyzed.get(candidate.schema()))) {
      String numbers = statistics.computeIfAbsent(candidate.name(), n -> numbers(candidate));
      if (!numbers.isEmpty()) {
        copy.execute(
            "INSERT INTO " + statistics(candidate) + " VALUES(?, ?, ?)",
            candidate.table(),
            candidate.name(),
            numbers);
      }
    }
    return true;
  }

  void drop(Candidate candidate) {
    String schema = SqlNames.quote(candidate.schema());
    copy.execute("DROP INDEX " + schema + "." + SqlNames.quote(candidate.name()));
  }

  /** Has the planner see the statistics of the indexes created since. */
  void reloadStatistics() {
    analyzed.forEach(
        (schema, known) -> {
          if (known) {
            copy.execute("ANALYZE " + SqlNames.quote(schema) + ".sqlite_schema");
          }
        });
  }

  /** What is known of a candidate's statistics; null if nothing is. */
  @Nullable String statisticsOf(Candidate candidate) {
    String known = statistics.get(candidate.name());
    return known == null || known.isEmpty() ? null : known;
  }

  private static String statistics(Candidate candidate) {
    return SqlNames.quote(candidate.schema()) + ".sqlite_stat1";
  }

  private String numbers(Candidate candidate) {
    if (sampler.isOn()) {
      return sampler.statistics(candidate);
    }
    String sql = "SELECT stat FROM " + statistics(candidate) + " WHERE tbl = ? LIMIT 1";
    return copy.queryOptional(sql, candidate.table())
        .map(row -> assumed(String.valueOf(row.getString(0)), candidate.keys().size()))
        .orElse("");
  }

  /** What the planner assumes of an index without statistics, with the number of rows known. */
  private static String assumed(String ofTable, int keys) {
    String rows = ofTable.trim().split(" +")[0];
    StringBuilder numbers = new StringBuilder(rows);
    for (int i = 0; i < keys; i++) {
      numbers.append(' ').append(Math.max(5, 10 - i));
    }
    return numbers.toString();
  }
}

package org.libsql4j.vtab;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** What a module is told of a table to be made, and what it says about it. */
public final class TableDefinition {
  private final ConnectionState connection;
  private final String moduleName;
  private final String databaseName;
  private final String tableName;
  private final List<String> arguments;
  private @Nullable String schema;
  private RiskLevel riskLevel = RiskLevel.NORMAL;
  private boolean supportsConstraints;
  private boolean usesAllSchemas;

  TableDefinition(
      ConnectionState connection,
      String moduleName,
      String databaseName,
      String tableName,
      List<String> arguments) {
    this.connection = connection;
    this.moduleName = moduleName;
    this.databaseName = databaseName;
    this.tableName = tableName;
    this.arguments = arguments;
  }

  /** Name of the module as it was written. */
  public String moduleName() {
    return moduleName;
  }

  /** Name of the database that the table is in: main, temp, or what ATTACH said. */
  public String databaseName() {
    return databaseName;
  }

  /** Name of the table. */
  public String tableName() {
    return tableName;
  }

  /** The texts between the commas of CREATE VIRTUAL TABLE, trimmed. */
  public List<String> arguments() {
    return arguments;
  }

  /** Runs SQL for the table, on the same connection. */
  public InnerStatement prepare(String sql) {
    return InnerStatement.prepare(connection, sql);
  }

  /** Runs SQL for the table to its end, on the same connection; rows are dropped. */
  public void execute(String sql) {
    InnerStatement.execute(connection, sql);
  }

  /** For the modules of the engine itself. */
  public ConnectionState connection() {
    return connection;
  }

  /**
   * Says what the table looks like.
   *
   * @param createTable a CREATE TABLE statement; its name and constraints mean nothing, except
   *     WITHOUT ROWID with its primary key. A column whose type contains the word HIDDEN is left
   *     out by {@code *}, and takes an argument of the table-valued function
   */
  public void declare(String createTable) {
    if (schema != null) {
      throw new LibsqlException(ResultCode.MISUSE);
    }
    schema = createTable;
  }

  /** Says where the table may be used; anywhere unless set. */
  public void setRiskLevel(RiskLevel level) {
    riskLevel = level;
  }

  /**
   * Says that {@link WritableTable#update} leaves no change behind when it fails with CONSTRAINT,
   * so that OR IGNORE and the other conflict clauses work.
   */
  public void supportConstraints() {
    supportsConstraints = true;
  }

  /** Says that the table may look into any attached database. */
  public void useAllSchemas() {
    usesAllSchemas = true;
  }

  @Nullable String schema() {
    return schema;
  }

  RiskLevel riskLevel() {
    return riskLevel;
  }

  boolean supportsConstraints() {
    return supportsConstraints;
  }

  boolean usesAllSchemas() {
    return usesAllSchemas;
  }
}

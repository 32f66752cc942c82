package org.libsql4j.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What there is in the databases of a connection, and what they can do. */
final class LibsqlDatabaseMetaData extends Capabilities {
  private static final String DRIVER_VERSION =
      LibsqlDriver.MAJOR_VERSION + "." + LibsqlDriver.MINOR_VERSION;

  private final LibsqlConnection connection;
  private final TableMetaData tables;
  private final FunctionMetaData functions;
  private final KeyMetaData keys;

  LibsqlDatabaseMetaData(LibsqlConnection connection) {
    this.connection = connection;
    this.tables = new TableMetaData(connection.schema());
    this.functions = new FunctionMetaData(connection.schema());
    this.keys = new KeyMetaData(connection.schema(), tables);
  }

  private ResultSet resultSet(StoredRows rows) {
    return new LibsqlResultSet(null, rows, connection.dates());
  }

  private ResultSet empty(String... labels) throws SQLException {
    connection.checkOpen();
    return resultSet(new StoredRows(Columns.named(labels)));
  }

  // ---- about the connection
  // ------------------------------------------------------------------------

  @Override
  public Connection getConnection() {
    return connection.face();
  }

  @Override
  public String getURL() {
    return connection.url();
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return connection.isReadOnly();
  }

  @Override
  public String getDriverName() {
    return connection.options().profile().driverName();
  }

  @Override
  public String getDriverVersion() {
    return DRIVER_VERSION;
  }

  @Override
  public String getDatabaseProductVersion() throws SQLException {
    connection.checkOpen();
    return connection.schema().version();
  }

  @Override
  public int getDatabaseMajorVersion() throws SQLException {
    return versionPart(0);
  }

  @Override
  public int getDatabaseMinorVersion() throws SQLException {
    return versionPart(1);
  }

  private int versionPart(int index) throws SQLException {
    return Integer.parseInt(getDatabaseProductVersion().split("\\.")[index]);
  }

  /** Those that SQL:2003 does not reserve; they may be names in many places. */
  @Override
  public String getSQLKeywords() {
    return SqlKeywords.ownList();
  }

  /** Whether prepared statements are kept, as they are unless an option says otherwise. */
  @Override
  public boolean supportsStatementPooling() throws SQLException {
    return connection.options().statementCacheSize() > 0;
  }

  // ---- tables
  // -------------------------------------------------------------------------------------

  @Override
  public ResultSet getTables(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      String @Nullable [] types)
      throws SQLException {
    connection.checkOpen();
    return resultSet(tables.tables(catalog, schemaPattern, tablePattern, types));
  }

  @Override
  public ResultSet getTableTypes() throws SQLException {
    connection.checkOpen();
    return resultSet(tables.tableTypes());
  }

  @Override
  public ResultSet getCatalogs() throws SQLException {
    return empty("TABLE_CAT");
  }

  @Override
  public ResultSet getSchemas() throws SQLException {
    return getSchemas(null, null);
  }

  @Override
  public ResultSet getSchemas(@Nullable String catalog, @Nullable String schemaPattern)
      throws SQLException {
    connection.checkOpen();
    return resultSet(tables.schemas(catalog, schemaPattern));
  }

  @Override
  public ResultSet getColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    connection.checkOpen();
    return resultSet(tables.columns(catalog, schemaPattern, tablePattern, columnPattern));
  }

  @Override
  public ResultSet getBestRowIdentifier(
      @Nullable String catalog, @Nullable String schema, String table, int scope, boolean nullable)
      throws SQLException {
    connection.checkOpen();
    return resultSet(tables.bestRowIdentifier(catalog, schema, table));
  }

  @Override
  public ResultSet getTypeInfo() throws SQLException {
    connection.checkOpen();
    return resultSet(tables.typeInfo());
  }

  // ---- keys
  // ---------------------------------------------------------------------------------------

  @Override
  public ResultSet getPrimaryKeys(@Nullable String catalog, @Nullable String schema, String table)
      throws SQLException {
    connection.checkOpen();
    return resultSet(keys.primaryKeys(catalog, schema, table));
  }

  @Override
  public ResultSet getImportedKeys(@Nullable String catalog, @Nullable String schema, String table)
      throws SQLException {
    connection.checkOpen();
    return resultSet(keys.importedKeys(catalog, schema, table));
  }

  @Override
  public ResultSet getExportedKeys(@Nullable String catalog, @Nullable String schema, String table)
      throws SQLException {
    connection.checkOpen();
    return resultSet(keys.exportedKeys(catalog, schema, table));
  }

  @Override
  public ResultSet getCrossReference(
      @Nullable String parentCatalog,
      @Nullable String parentSchema,
      String parentTable,
      @Nullable String foreignCatalog,
      @Nullable String foreignSchema,
      String foreignTable)
      throws SQLException {
    connection.checkOpen();
    return resultSet(keys.crossReference(foreignCatalog, foreignSchema, parentTable, foreignTable));
  }

  @Override
  public ResultSet getIndexInfo(
      @Nullable String catalog,
      @Nullable String schema,
      String table,
      boolean unique,
      boolean approximate)
      throws SQLException {
    connection.checkOpen();
    return resultSet(keys.indexInfo(catalog, schema, table, unique));
  }

  // ---- what there is none of
  // ------------------------------------------------------------------------

  @Override
  public ResultSet getVersionColumns(
      @Nullable String catalog, @Nullable String schema, String table) throws SQLException {
    return empty(
        "SCOPE",
        "COLUMN_NAME",
        "DATA_TYPE",
        "TYPE_NAME",
        "COLUMN_SIZE",
        "BUFFER_LENGTH",
        "DECIMAL_DIGITS",
        "PSEUDO_COLUMN");
  }

  @Override
  public ResultSet getTablePrivileges(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return empty(
        "TABLE_CAT",
        "TABLE_SCHEM",
        "TABLE_NAME",
        "GRANTOR",
        "GRANTEE",
        "PRIVILEGE",
        "IS_GRANTABLE");
  }

  @Override
  public ResultSet getColumnPrivileges(
      @Nullable String catalog,
      @Nullable String schema,
      String table,
      @Nullable String columnPattern)
      throws SQLException {
    return empty(
        "TABLE_CAT",
        "TABLE_SCHEM",
        "TABLE_NAME",
        "COLUMN_NAME",
        "GRANTOR",
        "GRANTEE",
        "PRIVILEGE",
        "IS_GRANTABLE");
  }

  @Override
  public ResultSet getProcedures(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern)
      throws SQLException {
    return empty(
        "PROCEDURE_CAT",
        "PROCEDURE_SCHEM",
        "PROCEDURE_NAME",
        "RESERVED1",
        "RESERVED2",
        "RESERVED3",
        "REMARKS",
        "PROCEDURE_TYPE",
        "SPECIFIC_NAME");
  }

  @Override
  public ResultSet getProcedureColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      @Nullable String columnPattern)
      throws SQLException {
    return empty(
        "PROCEDURE_CAT",
        "PROCEDURE_SCHEM",
        "PROCEDURE_NAME",
        "COLUMN_NAME",
        "COLUMN_TYPE",
        "DATA_TYPE",
        "TYPE_NAME",
        "PRECISION",
        "LENGTH",
        "SCALE",
        "RADIX",
        "NULLABLE",
        "REMARKS",
        "COLUMN_DEF",
        "SQL_DATA_TYPE",
        "SQL_DATETIME_SUB",
        "CHAR_OCTET_LENGTH",
        "ORDINAL_POSITION",
        "IS_NULLABLE",
        "SPECIFIC_NAME");
  }

  @Override
  public ResultSet getFunctions(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern)
      throws SQLException {
    connection.checkOpen();
    return resultSet(functions.functions(catalog, schemaPattern, namePattern));
  }

  @Override
  public ResultSet getFunctionColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      @Nullable String columnPattern)
      throws SQLException {
    connection.checkOpen();
    return resultSet(functions.columns(catalog, schemaPattern, namePattern, columnPattern));
  }

  @Override
  public ResultSet getUDTs(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      int @Nullable [] types)
      throws SQLException {
    return empty(
        "TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME", "CLASS_NAME", "DATA_TYPE", "REMARKS", "BASE_TYPE");
  }

  @Override
  public ResultSet getSuperTypes(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern)
      throws SQLException {
    return empty(
        "TYPE_CAT",
        "TYPE_SCHEM",
        "TYPE_NAME",
        "SUPERTYPE_CAT",
        "SUPERTYPE_SCHEM",
        "SUPERTYPE_NAME");
  }

  @Override
  public ResultSet getSuperTables(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern)
      throws SQLException {
    return empty("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "SUPERTABLE_NAME");
  }

  @Override
  public ResultSet getAttributes(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      @Nullable String attributePattern)
      throws SQLException {
    return empty(
        "TYPE_CAT",
        "TYPE_SCHEM",
        "TYPE_NAME",
        "ATTR_NAME",
        "DATA_TYPE",
        "ATTR_TYPE_NAME",
        "ATTR_SIZE",
        "DECIMAL_DIGITS",
        "NUM_PREC_RADIX",
        "NULLABLE",
        "REMARKS",
        "ATTR_DEF",
        "SQL_DATA_TYPE",
        "SQL_DATETIME_SUB",
        "CHAR_OCTET_LENGTH",
        "ORDINAL_POSITION",
        "IS_NULLABLE",
        "SCOPE_CATALOG",
        "SCOPE_SCHEMA",
        "SCOPE_TABLE",
        "SOURCE_DATA_TYPE");
  }

  @Override
  public ResultSet getClientInfoProperties() throws SQLException {
    connection.checkOpen();
    return resultSet(ClientInfo.properties());
  }

  @Override
  public ResultSet getPseudoColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    connection.checkOpen();
    return resultSet(tables.pseudoColumns(catalog, schemaPattern, tablePattern, columnPattern));
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrapping.unwrap(type, this, connection.engine());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return Wrapping.isWrapper(type, this, connection.engine());
  }
}

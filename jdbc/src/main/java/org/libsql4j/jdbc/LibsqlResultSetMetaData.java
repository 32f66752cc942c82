package org.libsql4j.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;

/**
 * The columns of a result. A column of a table has its declared type; an expression has the type of
 * its value in the row at which the metadata was asked for.
 */
final class LibsqlResultSetMetaData implements ResultSetMetaData {
  private final @Nullable LibsqlConnection connection;
  private final Columns columns;
  private final ColumnType[] types;

  /**
   * @param connection where to look up the tables, or null
   * @param cells of a row, or null if there is none
   */
  LibsqlResultSetMetaData(
      @Nullable LibsqlConnection connection, Columns columns, Mem @Nullable [] cells) {
    this.connection = connection;
    this.columns = columns;
    this.types = new ColumnType[columns.count()];
    for (int i = 0; i < types.length; i++) {
      String declared = columns.declaredType(i);
      types[i] =
          declared != null && !declared.isEmpty()
              ? ColumnType.of(declared)
              : ofValue(cells == null ? Mem.NULL : cells[i].type);
    }
  }

  private static ColumnType ofValue(int type) {
    return switch (type) {
      case Mem.INTEGER -> new ColumnType("INTEGER", Types.INTEGER, 0, 0);
      case Mem.REAL -> new ColumnType("REAL", Types.REAL, 0, 0);
      case Mem.TEXT -> new ColumnType("TEXT", Types.VARCHAR, 0, 0);
      case Mem.BLOB -> new ColumnType("BLOB", Types.BLOB, 0, 0);
      default -> new ColumnType("NUMERIC", Types.NUMERIC, 0, 0);
    };
  }

  private int index(int column) throws SQLException {
    if (column < 1 || column > types.length) {
      throw SqlErrors.noSuchColumn(column, types.length);
    }
    return column - 1;
  }

  private ColumnType type(int column) throws SQLException {
    return types[index(column)];
  }

  /** What the schema says of the table column that a column is, or null. */
  private @Nullable SchemaColumn schemaColumn(int column) throws SQLException {
    int index = index(column);
    LibsqlConnection source = connection;
    return source == null || source.isClosed()
        ? null
        : columns.schemaColumn(index, source.schema());
  }

  @Override
  public int getColumnCount() {
    return types.length;
  }

  @Override
  public String getColumnLabel(int column) throws SQLException {
    return columns.label(index(column));
  }

  /** The label: a column with another name is known by that. */
  @Override
  public String getColumnName(int column) throws SQLException {
    return columns.label(index(column));
  }

  @Override
  public String getTableName(int column) throws SQLException {
    return emptyIfNull(columns.table(index(column)));
  }

  @Override
  public String getSchemaName(int column) throws SQLException {
    String database = columns.database(index(column));
    return database == null ? "" : emptyIfNull(TableMetaData.schemaOf(database));
  }

  @Override
  public String getCatalogName(int column) throws SQLException {
    index(column);
    return "";
  }

  private static String emptyIfNull(@Nullable String text) {
    return text == null ? "" : text;
  }

  /**
   * As in {@code DatabaseMetaData.getColumns}, and so BIGINT for a rowid; users of sqlite-jdbc's
   * names get INTEGER.
   */
  @Override
  public int getColumnType(int column) throws SQLException {
    int jdbcType = type(column).jdbcType;
    LibsqlConnection source = connection;
    boolean mayBeRowid =
        jdbcType == Types.INTEGER && source != null && !source.options().profile().isLenient();
    SchemaColumn known = mayBeRowid ? schemaColumn(column) : null;
    return known != null && known.isRowid() ? known.jdbcType() : jdbcType;
  }

  @Override
  public String getColumnTypeName(int column) throws SQLException {
    return type(column).name;
  }

  @Override
  public String getColumnClassName(int column) throws SQLException {
    return ColumnType.className(getColumnType(column));
  }

  @Override
  public int getPrecision(int column) throws SQLException {
    return type(column).size;
  }

  @Override
  public int getScale(int column) throws SQLException {
    return type(column).digits;
  }

  @Override
  public int getColumnDisplaySize(int column) throws SQLException {
    int size = type(column).size;
    return size > 0 ? size : Integer.MAX_VALUE;
  }

  @Override
  public int isNullable(int column) throws SQLException {
    SchemaColumn known = schemaColumn(column);
    if (known == null) {
      return columnNullableUnknown;
    }
    return known.isNotNull() ? columnNoNulls : columnNullable;
  }

  @Override
  public boolean isAutoIncrement(int column) throws SQLException {
    SchemaColumn known = schemaColumn(column);
    return known != null && known.isRowid();
  }

  @Override
  public boolean isSigned(int column) throws SQLException {
    return ColumnType.isNumeric(type(column).jdbcType);
  }

  @Override
  public boolean isCaseSensitive(int column) throws SQLException {
    return !ColumnType.isNumeric(type(column).jdbcType);
  }

  @Override
  public boolean isSearchable(int column) throws SQLException {
    index(column);
    return true;
  }

  @Override
  public boolean isCurrency(int column) throws SQLException {
    index(column);
    return false;
  }

  @Override
  public boolean isReadOnly(int column) throws SQLException {
    if (columns.origin(index(column)) == null) {
      return true;
    }
    SchemaColumn known = schemaColumn(column);
    return known != null && known.isGenerated();
  }

  @Override
  public boolean isWritable(int column) throws SQLException {
    return !isReadOnly(column);
  }

  @Override
  public boolean isDefinitelyWritable(int column) throws SQLException {
    index(column);
    return false;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrapping.unwrap(type, this, null);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return Wrapping.isWrapper(type, this, null);
  }
}

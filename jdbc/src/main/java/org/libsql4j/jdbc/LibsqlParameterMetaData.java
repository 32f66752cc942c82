package org.libsql4j.jdbc;

import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.sql.Types;

/** The parameters of a prepared statement: any of them takes a value of any type. */
final class LibsqlParameterMetaData implements ParameterMetaData {
  private final ParameterValues values;

  LibsqlParameterMetaData(ParameterValues values) {
    this.values = values;
  }

  private void check(int parameter) throws SQLException {
    if (parameter < 1 || parameter > values.count()) {
      throw SqlErrors.noSuchParameter(parameter, values.count());
    }
  }

  @Override
  public int getParameterCount() {
    return values.count();
  }

  /** Of the value that is set, VARCHAR if there is none. */
  @Override
  public int getParameterType(int parameter) throws SQLException {
    return values.typeOf(parameter);
  }

  @Override
  public String getParameterTypeName(int parameter) throws SQLException {
    return switch (getParameterType(parameter)) {
      case Types.INTEGER -> "INTEGER";
      case Types.REAL -> "REAL";
      case Types.BLOB -> "BLOB";
      default -> "VARCHAR";
    };
  }

  @Override
  public String getParameterClassName(int parameter) throws SQLException {
    return switch (getParameterType(parameter)) {
      case Types.INTEGER -> "java.lang.Long";
      case Types.REAL -> "java.lang.Double";
      case Types.BLOB -> "[B";
      default -> "java.lang.String";
    };
  }

  @Override
  public int isNullable(int parameter) throws SQLException {
    check(parameter);
    return parameterNullable;
  }

  @Override
  public boolean isSigned(int parameter) throws SQLException {
    check(parameter);
    return true;
  }

  @Override
  public int getPrecision(int parameter) throws SQLException {
    check(parameter);
    return 0;
  }

  @Override
  public int getScale(int parameter) throws SQLException {
    check(parameter);
    return 0;
  }

  @Override
  public int getParameterMode(int parameter) throws SQLException {
    check(parameter);
    return parameterModeIn;
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

package org.libsql4j.jdbc;

import java.sql.Types;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A declared type as JDBC sees it. Names that are not known count by SQLite's rules of affinity,
 * where the name holds INT, CHAR, CLOB, TEXT, BLOB, REAL, FLOA or DOUB.
 */
final class ColumnType {
  /** In upper case and without what stands in parentheses. */
  final String name;

  /** Of java.sql.Types. */
  final int jdbcType;

  /** First number in parentheses, or 0. */
  final int size;

  /** Second number in parentheses, or 0. */
  final int digits;

  ColumnType(String name, int jdbcType, int size, int digits) {
    this.name = name;
    this.jdbcType = jdbcType;
    this.size = size;
    this.digits = digits;
  }

  static ColumnType of(@Nullable String declared) {
    String text = declared == null ? "" : declared.trim();
    int open = text.indexOf('(');
    String name = (open < 0 ? text : text.substring(0, open)).trim().toUpperCase(Locale.ROOT);
    int size = 0;
    int digits = 0;
    if (open >= 0) {
      int close = text.indexOf(')', open);
      String inside = text.substring(open + 1, close < 0 ? text.length() : close);
      int comma = inside.indexOf(',');
      size = number(comma < 0 ? inside : inside.substring(0, comma));
      digits = comma < 0 ? 0 : number(inside.substring(comma + 1));
    }
    return new ColumnType(name, jdbcType(name), size, digits);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text.trim());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static int jdbcType(String name) {
    return switch (name) {
      case "BOOLEAN", "BOOL" -> Types.BOOLEAN;
      case "TINYINT" -> Types.TINYINT;
      case "SMALLINT", "INT2" -> Types.SMALLINT;
      case "BIGINT", "INT8", "UNSIGNED BIG INT" -> Types.BIGINT;
      case "DATE" -> Types.DATE;
      case "TIME" -> Types.TIME;
      case "DATETIME", "TIMESTAMP" -> Types.TIMESTAMP;
      case "DECIMAL" -> Types.DECIMAL;
      case "NUMERIC" -> Types.NUMERIC;
      case "DOUBLE", "DOUBLE PRECISION" -> Types.DOUBLE;
      case "FLOAT" -> Types.FLOAT;
      case "CHARACTER", "NCHAR", "NATIVE CHARACTER", "CHAR" -> Types.CHAR;
      case "CLOB" -> Types.CLOB;
      case "BINARY" -> Types.BINARY;
      case "VARBINARY" -> Types.VARBINARY;
      default -> byAffinity(name);
    };
  }

  private static int byAffinity(String name) {
    if (name.contains("INT")) {
      return Types.INTEGER;
    }
    if (name.contains("CHAR") || name.contains("CLOB") || name.contains("TEXT")) {
      return Types.VARCHAR;
    }
    if (name.contains("BLOB")) {
      return Types.BLOB;
    }
    if (name.contains("REAL") || name.contains("FLOA") || name.contains("DOUB")) {
      return Types.REAL;
    }
    return name.isEmpty() ? Types.BLOB : Types.NUMERIC;
  }

  /** Whether values are numbers. */
  static boolean isNumeric(int jdbcType) {
    return switch (jdbcType) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.DECIMAL,
          Types.NUMERIC ->
          true;
      default -> false;
    };
  }

  /** The class that the standard has for a type. */
  static String className(int jdbcType) {
    return switch (jdbcType) {
      case Types.BOOLEAN -> "java.lang.Boolean";
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> "java.lang.Integer";
      case Types.BIGINT -> "java.lang.Long";
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> "java.lang.Double";
      case Types.DECIMAL, Types.NUMERIC -> "java.math.BigDecimal";
      case Types.DATE -> "java.sql.Date";
      case Types.TIME -> "java.sql.Time";
      case Types.TIMESTAMP -> "java.sql.Timestamp";
      case Types.BLOB, Types.BINARY, Types.VARBINARY -> "[B";
      case Types.CHAR, Types.VARCHAR, Types.CLOB -> "java.lang.String";
      default -> "java.lang.Object";
    };
  }
}

package org.libsql4j.sql;

/**
 * Bounds that the parser enforces, SQLite's {@code sqlite3_limit()} values.
 *
 * @param expressionDepth levels of an expression tree; {@code SQLITE_LIMIT_EXPR_DEPTH}
 * @param variableNumber highest parameter number; {@code SQLITE_LIMIT_VARIABLE_NUMBER}
 * @param columns terms of a {@code SET} list; {@code SQLITE_LIMIT_COLUMN}
 * @param compoundSelect terms of a compound query, 0 for no limit; {@code
 *     SQLITE_LIMIT_COMPOUND_SELECT}
 * @param functionArguments {@code SQLITE_LIMIT_FUNCTION_ARG}
 * @param nesting how deep the parser may recurse before {@code parser stack overflow}
 */
public record ParserLimits(
    int expressionDepth,
    int variableNumber,
    int columns,
    int compoundSelect,
    int functionArguments,
    int nesting) {
  /** SQLite's defaults. */
  public static final ParserLimits DEFAULT = new ParserLimits(1000, 32766, 2000, 500, 127, 500);
}

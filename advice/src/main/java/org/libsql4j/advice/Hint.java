package org.libsql4j.advice;

/**
 * Something about the text of a statement that costs time or may not mean what it seems to.
 *
 * @param kind what it is
 * @param part the part of the statement, as the engine understands it
 * @param message what is the matter and what to do
 */
public record Hint(Kind kind, String part, String message) {
  /** Kinds of hints. */
  public enum Kind {
    /** A column is compared after something was computed of it, so that its index is of no use. */
    COMPUTED_COLUMN,
    /** A pattern of LIKE or GLOB begins with a wildcard. */
    LEADING_WILDCARD,
    /** LIKE ignores case and the index of the column does not, or the pattern is a parameter. */
    PATTERN_WITHOUT_INDEX,
    /** Values of different types are compared: an index cannot be used, or they are never equal. */
    TYPE_MISMATCH,
    /** An OR of different columns, for one of which there is no index. */
    OR_WITHOUT_INDEX,
    /** Tables that no condition connects: every row with every row. */
    CROSS_PRODUCT,
    /** A comparison with NULL, which is never true. */
    NULL_COMPARISON,
    /** NOT IN a query that can give NULL: never true then. */
    NOT_IN_WITH_NULLS,
    /** A subquery as a value that may find several rows, and takes any. */
    SUBQUERY_TAKES_ANY_ROW,
    /** All rows are counted to know whether there is one. */
    COUNT_FOR_EXISTENCE,
    /** OFFSET: the rows before are read and thrown away. */
    LARGE_OFFSET,
    /** ORDER BY where the order does not matter. */
    USELESS_ORDER,
    /** A subquery that reads a table from end to end for every row around it. */
    REPEATED_SUBQUERY,
    /** All rows are sorted before the first one is there. */
    SORT,
    /** A name in double quotes that is no column and so is a string. */
    QUOTED_STRING
  }
}

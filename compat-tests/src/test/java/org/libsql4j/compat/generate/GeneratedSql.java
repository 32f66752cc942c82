package org.libsql4j.compat.generate;

/**
 * A generated statement.
 *
 * @param ordered whether the order of its rows is decided by it
 * @param ambiguous whether it may choose among values that are equal but look different: 1 and 1.0,
 *     'a' and 'A' under NOCASE
 */
public record GeneratedSql(String text, boolean ordered, boolean ambiguous) {}

package org.libsql4j.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code PRAGMA [schema.]name [= value | (value)]}.
 *
 * @param value text of the value without quotes, with its minus sign; null if not given
 * @param quoted whether the value was written in quotes
 */
public record Pragma(
    @Nullable Identifier schema, Identifier name, @Nullable String value, boolean quoted)
    implements Statement {}

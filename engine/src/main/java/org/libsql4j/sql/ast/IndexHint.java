package org.libsql4j.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code INDEXED BY index} or {@code NOT INDEXED}.
 *
 * @param index null for {@code NOT INDEXED}
 */
public record IndexHint(@Nullable Identifier index) {}

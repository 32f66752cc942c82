package org.libsql4j.sql.ast;

/** {@code DETACH schema}. A single name stands for a string. */
public record Detach(Expr schema) implements Statement {}

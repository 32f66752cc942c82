package org.libsql4j.sql.ast;

/** What follows {@code OVER}. */
public sealed interface Over {
  /** {@code OVER name}: the window of that name, unchanged. */
  record Named(Identifier name) implements Over {}

  /** {@code OVER (...)}. */
  record Inline(Window window) implements Over {}
}

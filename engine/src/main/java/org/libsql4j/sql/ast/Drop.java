package org.libsql4j.sql.ast;

/** {@code DROP kind [IF EXISTS] name}. */
public record Drop(Kind kind, boolean ifExists, QualifiedName name) implements Statement {
  /** What is dropped. */
  public enum Kind {
    TABLE,
    VIEW,
    INDEX,
    TRIGGER,
    /** libSQL's user-defined function. */
    FUNCTION
  }
}

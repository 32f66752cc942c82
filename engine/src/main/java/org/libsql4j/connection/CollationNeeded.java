package org.libsql4j.connection;

/** Asked for collations that a statement names and nobody has registered. */
@FunctionalInterface
public interface CollationNeeded {
  /**
   * May register the collation with the connection; the statement fails with "no such collation
   * sequence" if it does not.
   */
  void collationNeeded(String name);
}

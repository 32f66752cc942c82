package org.libsql4j.vtab;

/** A kind of virtual tables: what stands after USING. */
public interface Module {

  /** How tables of a module come to be. */
  enum Kind {
    /** By CREATE VIRTUAL TABLE only. */
    ORDINARY,
    /** As {@link #ORDINARY}, and one table of the module's own name is always there. */
    EPONYMOUS,
    /** Only the one table of the module's own name; CREATE VIRTUAL TABLE says "no such module". */
    EPONYMOUS_ONLY
  }

  /** How its tables come to be. */
  default Kind kind() {
    return Kind.ORDINARY;
  }

  /**
   * Makes ready a table that exists already, or an eponymous one. Must call {@link
   * TableDefinition#declare}.
   *
   * @throws org.libsql4j.error.LibsqlException if it cannot be used
   */
  VirtualTable connect(TableDefinition definition);

  /** Makes a new table, with whatever storage it needs; as {@link #connect} unless overridden. */
  default VirtualTable create(TableDefinition definition) {
    return connect(definition);
  }

  /**
   * Whether an ordinary table called {@code T_suffix} belongs to the virtual table {@code T} of
   * this module, so that it is protected in defensive mode.
   */
  default boolean isShadowName(String suffix) {
    return false;
  }
}

package org.libsql4j.codegen;

import org.libsql4j.sql.ast.ConflictResolution;

/** Conflict resolutions as numbers in operands, SQLite's OE_ values. */
public final class ConflictCodes {
  private ConflictCodes() {}

  public static final int NONE = 0;
  public static final int ROLLBACK = 1;
  public static final int ABORT = 2;
  public static final int FAIL = 3;
  public static final int IGNORE = 4;
  public static final int REPLACE = 5;

  /** The number of a resolution; they are declared in the order of these. */
  public static int of(ConflictResolution resolution) {
    return resolution == ConflictResolution.DEFAULT ? ABORT : resolution.ordinal();
  }
}

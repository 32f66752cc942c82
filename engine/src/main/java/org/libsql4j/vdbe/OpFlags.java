package org.libsql4j.vdbe;

/**
 * Values of P5, with SQLite's numbers. Several share a number because they belong to different
 * instructions.
 */
public final class OpFlags {
  private OpFlags() {}

  // ---- Insert, IdxInsert, Delete
  // ------------------------------------------------------------------

  /** Insert, IdxInsert (P5), Delete (P2): the row counts for {@code changes()}. */
  public static final int NCHANGE = 0x01;

  /** Delete (P5), Insert: keep the cursor at its place, for a Next that follows. */
  public static final int SAVEPOSITION = 0x02;

  /** Insert, Delete (P2): part of an UPDATE; only the hooks look at it. */
  public static final int ISUPDATE = 0x04;

  /** Delete (P5): an index entry whose table row is deleted too. */
  public static final int AUXDELETE = 0x04;

  /** Insert, IdxInsert: the key is probably greater than all others. */
  public static final int APPEND = 0x08;

  /** Insert, IdxInsert: the seek just before went to the place of the new entry. */
  public static final int USESEEKRESULT = 0x10;

  /** Insert: {@code last_insert_rowid()} is to be set. */
  public static final int LASTROWID = 0x20;

  /** Insert, Delete (P2): changes nothing; there only for hooks. */
  public static final int ISNOOP = 0x40;

  /** Insert, IdxInsert: RowCell has prepared the cell. */
  public static final int PREFORMAT = 0x80;

  // ---- OpenRead, OpenWrite, ReopenIdx
  // -------------------------------------------------------------

  /** The cursor writes entries in ascending order. */
  public static final int BULKCSR = 0x01;

  /** The cursor looks only for equal keys. */
  public static final int SEEKEQ = 0x02;

  /** The cursor is opened only to delete. */
  public static final int FORDELETE = 0x08;

  /** P2 is a register that holds the root page. */
  public static final int P2ISREG = 0x10;

  // ---- Column
  // ---------------------------------------------------------------------------------------

  /** Only the type of the column is needed. */
  public static final int TYPEOFARG = 0x80;

  /** Only the length of the column is needed, in characters if it is text. */
  public static final int LENGTHARG = 0x40;

  /** Only the length of the column in bytes is needed. */
  public static final int BYTELENARG = 0xc0;

  /** The column is unchanged by the running UPDATE. */
  public static final int NOCHNG = 0x01;

  // ---- comparisons
  // ----------------------------------------------------------------------------------

  /** Where a comparison has the letter of the affinity to apply. */
  public static final int AFFINITY_MASK = 0x47;

  /** A comparison with NULL jumps. */
  public static final int JUMPIFNULL = 0x10;

  /** NULL equals NULL. */
  public static final int NULLEQ = 0x80;

  /** Old: the result goes into a register. Not used since comparisons only jump. */
  public static final int STOREP2 = 0x20;

  // ---- others
  // ---------------------------------------------------------------------------------------

  /** Compare: the instruction before is a Permutation. */
  public static final int PERMUTE = 0x01;

  /** Function: the call is in a trigger, view or schema expression. */
  public static final int SELFREF = 0x2e;

  /** Copy: the copies lose their subtype. */
  public static final int CLEAR_SUBTYPE = 0x02;

  // ---- Halt, HaltIfNull: P2
  // ---------------------------------------------------------------------------

  /** What becomes of the statement: SQLite's OE_None. */
  public static final int OE_NONE = 0;

  public static final int OE_ROLLBACK = 1;
  public static final int OE_ABORT = 2;
  public static final int OE_FAIL = 3;
  public static final int OE_IGNORE = 4;
  public static final int OE_REPLACE = 5;

  // ---- Halt, HaltIfNull: P5
  // ---------------------------------------------------------------------------

  public static final int CONSTRAINT_NOT_NULL = 1;
  public static final int CONSTRAINT_UNIQUE = 2;
  public static final int CONSTRAINT_CHECK = 3;
  public static final int CONSTRAINT_FOREIGN_KEY = 4;

  // ---- Savepoint: P1
  // ----------------------------------------------------------------------------------

  public static final int SAVEPOINT_BEGIN = 0;
  public static final int SAVEPOINT_RELEASE = 1;
  public static final int SAVEPOINT_ROLLBACK = 2;
}

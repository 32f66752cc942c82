package org.libsql4j.vdbe;

/** Bits of the operand P5; which of them count depends on the opcode. */
public final class OpFlags {
  private OpFlags() {}

  /** Comparison: jump if either side is NULL. */
  public static final int JUMP_IF_NULL = 0x10;

  /** Comparison: NULL equals NULL, and the result is never NULL. */
  public static final int NULL_EQ = 0x80;

  /** Comparison: the bits that hold the letter of an affinity. */
  public static final int AFFINITY_MASK = 0x47;

  /** Insert, Delete: count the change. */
  public static final int COUNT_CHANGE = 0x01;

  /** Delete, Insert, IdxDelete: keep the cursor's position for Next. */
  public static final int SAVE_POSITION = 0x02;

  /** Insert, Delete: part of an UPDATE. */
  public static final int IS_UPDATE = 0x04;

  /** Delete: this is not the main deletion of the row, only one of an index. */
  public static final int AUX_DELETE = 0x04;

  /** Insert: the key is likely larger than all others. */
  public static final int APPEND = 0x08;

  /** OpenWrite: the cursor will only be used to delete. */
  public static final int FOR_DELETE = 0x08;

  /** Insert, IdxInsert: the cursor already stands where the key belongs. */
  public static final int USE_SEEK_RESULT = 0x10;

  /** OpenRead, OpenWrite: P2 is a register that holds the root page. */
  public static final int P2_IS_REGISTER = 0x10;

  /** Insert: remember the rowid for last_insert_rowid(). */
  public static final int LAST_ROWID = 0x20;

  /** Delete: only the pre-update hook is meant. */
  public static final int IS_NOOP = 0x40;

  /** Insert: the cell was prepared by RowCell. */
  public static final int PREFORMAT = 0x80;

  /** Column: only the length is wanted. */
  public static final int LENGTH_ARGUMENT = 0x40;

  /** Column: only the type is wanted. */
  public static final int TYPEOF_ARGUMENT = 0x80;

  /** Column: only the length in bytes is wanted. */
  public static final int BYTE_LENGTH_ARGUMENT = 0xc0;

  /** Compare: use the permutation of the instruction before. */
  public static final int PERMUTE = 0x01;

  /** OpenWrite: rows come in bulk. */
  public static final int BULK_CURSOR = 0x01;

  /** OpenRead: only seeks for equality follow. */
  public static final int SEEK_EQUAL = 0x02;
}

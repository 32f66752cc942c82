package org.libsql4j.vdbe;

/**
 * The instructions of the virtual machine, with the names that SQLite gives them in {@code
 * EXPLAIN}.
 *
 * <p>Plain numbers instead of an enum because the interpreter's switch must be a dense table
 * without a detour. {@code r[n]} is register n. Meaning of the operands: <a
 * href="https://www.sqlite.org/opcode.html">The SQLite Bytecode Engine</a>.
 */
public final class Opcode {
  private Opcode() {}

  /** Opens (P1=0), releases (1) or rolls back to (2) the savepoint named P4. */
  public static final int SAVEPOINT = 0;

  /** Sets autocommit to P1; P2=1 rolls back first. Ends the program. */
  public static final int AUTO_COMMIT = 1;

  /**
   * Opens a transaction on database P1: to read (P2=0), write (1) or exclusively (2). If P5 is set
   * the schema must have cookie P3 and generation P4, else SQLITE_SCHEMA.
   */
  public static final int TRANSACTION = 2;

  /**
   * Checkpoints database P1 (12 for all) in mode P2; r[P3..P3+2] become busy, log frames, frames
   * checkpointed.
   */
  public static final int CHECKPOINT = 3;

  /** Changes database P1 to journal mode P3 (-1 only asks); r[P2] becomes the mode's name. */
  public static final int JOURNAL_MODE = 4;

  /** Rebuilds database P1, into the file named by r[P2] if P2 is not 0. */
  public static final int VACUUM = 5;

  /** Starts a scan of virtual table cursor P1 with constraint P4; jumps to P2 if it is empty. */
  public static final int V_FILTER = 6;

  /** Changes virtual table P4 by P2 arguments from r[P3]. */
  public static final int V_UPDATE = 7;

  /** First instruction of a program: tells the trace hook, jumps to P2 unless 0. */
  public static final int INIT = 8;

  /** Jumps to P2. */
  public static final int GOTO = 9;

  /** Puts its own address into r[P1] and jumps to P2; Return comes back. */
  public static final int GOSUB = 10;

  /** Makes r[P1] a coroutine that starts at P3; jumps to P2 unless 0. */
  public static final int INIT_COROUTINE = 11;

  /** Changes place with the coroutine in r[P1]. P2 is where EndCoroutine goes on. */
  public static final int YIELD = 12;

  /**
   * Makes r[P1] an integer; if that loses something jumps to P2, or fails with SQLITE_MISMATCH if
   * P2 is 0.
   */
  public static final int MUST_BE_INT = 13;

  /** Jumps to P1, P2 or P3 as the last Compare found less, equal or greater. */
  public static final int JUMP = 14;

  /** Falls through the first time in a run of the program, jumps to P2 afterwards. */
  public static final int ONCE = 15;

  /** Jumps to P2 if r[P1] is true; P3 is what NULL counts as. */
  public static final int IF = 16;

  /** Jumps to P2 if r[P1] is false; P3 tells whether NULL jumps. */
  public static final int IF_NOT = 17;

  /**
   * Jumps to P2 if the type of column P3 of cursor P1 (of r[P3] if P1 is -1) is in the bit set P5:
   * 1 integer, 2 real, 4 text, 8 blob, 16 NULL. P4 is the type number assumed for a column that is
   * not parsed.
   */
  public static final int IS_TYPE = 18;

  /** r[P2] becomes NOT r[P1]. */
  public static final int NOT = 19;

  /** If cursor P1 is at a null row sets r[P3] to NULL and jumps to P2. */
  public static final int IF_NULL_ROW = 20;

  /**
   * Moves cursor P1 to the last entry less than the key, jumps to P2 if there is none. The key is
   * r[P3] for a table, P4 registers from r[P3] for an index.
   */
  public static final int SEEK_LT = 21;

  /** As SeekLT, less or equal. */
  public static final int SEEK_LE = 22;

  /**
   * As SeekLT, but to the first entry greater or equal. With a cursor opened SEEKEQ only an equal
   * prefix counts, and the following IdxGT is skipped.
   */
  public static final int SEEK_GE = 23;

  /** As SeekGE, greater. */
  public static final int SEEK_GT = 24;

  /** Jumps to P2 if cursor P1 is not open or at a null row. */
  public static final int IF_NOT_OPEN = 25;

  /** As NotFound, but falls through at once if SeekHit has noted P4 fields or more. */
  public static final int IF_NO_HOPE = 26;

  /** As NotFound, and jumps also if a field of the key is NULL. */
  public static final int NO_CONFLICT = 27;

  /**
   * Jumps to P2 if index cursor P1 has no entry with the prefix of P4 registers from r[P3], or the
   * record r[P3] if P4 is 0.
   */
  public static final int NOT_FOUND = 28;

  /** Jumps to P2 if the entry of NotFound exists. */
  public static final int FOUND = 29;

  /** Moves table cursor P1 to rowid r[P3]; jumps to P2 if there is none or it is no integer. */
  public static final int SEEK_ROWID = 30;

  /** As SeekRowid for an r[P3] that is an integer; P2=0 makes a missing row SQLITE_CORRUPT. */
  public static final int NOT_EXISTS = 31;

  /** Moves cursor P1 to its last entry; jumps to P2 (unless 0) if it is empty. */
  public static final int LAST = 32;

  /**
   * Jumps to P2 if 10*log2 of the number of rows under cursor P1 is from P3 to P4; -1 stands for no
   * rows.
   */
  public static final int IF_SIZE_BETWEEN = 33;

  /** Sorts sorter P1 and goes to its first record; jumps to P2 if it is empty. */
  public static final int SORTER_SORT = 34;

  /** As Rewind, for an ephemeral index that serves as sorter. */
  public static final int SORT = 35;

  /** Moves cursor P1 to its first entry; jumps to P2 (unless 0) if it is empty. */
  public static final int REWIND = 36;

  /** Goes to the next record of sorter P1 and jumps to P2, falls through at the end. */
  public static final int SORTER_NEXT = 37;

  /** Moves cursor P1 to the previous entry and jumps to P2, falls through at the start. */
  public static final int PREV = 38;

  /** Moves cursor P1 to the next entry and jumps to P2, falls through at the end. */
  public static final int NEXT = 39;

  /**
   * Jumps to P2 if the entry of index cursor P1 is less than or equal to the P4 registers from
   * r[P3], by these fields.
   */
  public static final int IDX_LE = 40;

  /** As IdxLE, greater. */
  public static final int IDX_GT = 41;

  /** As IdxLE, less. */
  public static final int IDX_LT = 42;

  /** As IdxLE, greater or equal. */
  public static final int IDX_GE = 43;

  /** Takes the smallest rowid out of the set r[P1] into r[P3]; jumps to P2 if the set is empty. */
  public static final int ROW_SET_READ = 44;

  /**
   * Jumps to P2 if rowid r[P3] is in the set r[P1] already; adds it otherwise. P4=0: first batch,
   * no test; P4&lt;0: last batch, not added.
   */
  public static final int ROW_SET_TEST = 45;

  /**
   * Runs the program P4, whose Param count from r[P1]. P2 is where RAISE(IGNORE) goes on; r[P3]
   * keeps the activation; P5: not if the same trigger is running already.
   */
  public static final int PROGRAM = 46;

  /** Jumps to P2 if no foreign key is violated: of the transaction if P1, else of the statement. */
  public static final int FK_IF_ZERO = 47;

  /** If integer r[P1] is positive subtracts P3 from it and jumps to P2. */
  public static final int IF_POS = 48;

  /** If integer r[P1] is not 0 jumps to P2, and counts it down if positive. */
  public static final int IF_NOT_ZERO = 49;

  /** Counts integer r[P1] down and jumps to P2 if it is 0 then. */
  public static final int DECR_JUMP_ZERO = 50;

  /** Moves one page of database P1 for incremental vacuum; jumps to P2 if none is left. */
  public static final int INCR_VACUUM = 51;

  /** Next row of virtual table cursor P1: jumps to P2 if there is one. */
  public static final int V_NEXT = 52;

  /** Jumps to P2 if the key of P4 registers from r[P3] surely is not in the Bloom filter r[P1]. */
  public static final int FILTER = 53;

  /** As Function, in a place where only deterministic functions may stand. */
  public static final int PURE_FUNC = 54;

  /**
   * r[P3] becomes the result of function P4 for the arguments from r[P2]; P5 is their number if the
   * function takes any number. P1: bits of the arguments that are constant.
   */
  public static final int FUNCTION = 55;

  /**
   * Goes to the instruction after the Gosub whose address is in r[P1]; falls through if r[P1] holds
   * no address.
   */
  public static final int RETURN = 56;

  /** Ends the coroutine in r[P1]: goes on at P2 of the Yield that waits. */
  public static final int END_COROUTINE = 57;

  /** Falls through if r[P3] is not NULL; otherwise as Halt. */
  public static final int HALT_IF_NULL = 58;

  /**
   * Ends the program. P1 is the result code, P2 what becomes of the transaction (OE_...), P4 the
   * message, P5 the kind of constraint (1 NOT NULL, 2 UNIQUE, 3 CHECK, 4 FOREIGN KEY); without P4
   * and with P3 the message is in r[P3]. In a trigger with P1=0 goes back to the program around.
   */
  public static final int HALT = 59;

  /** r[P2] becomes the integer P1. */
  public static final int INTEGER = 60;

  /** r[P2] becomes the integer P4. */
  public static final int INT64 = 61;

  /** r[P2] becomes the floating point number P4. */
  public static final int REAL = 62;

  /** r[P2] becomes the text P4: a String, or bytes in the connection's encoding. */
  public static final int STRING8 = 63;

  /** As String8; P1 is the length. */
  public static final int STRING = 64;

  /** As Null, where a subroutine begins that may be fallen into. */
  public static final int BEGIN_SUBRTN = 65;

  /**
   * r[P2] to r[P3] (only r[P2] if P3 is less) become NULL; with P1 a NULL that equals no other
   * under NULLEQ.
   */
  public static final int NULL = 66;

  /** r[P1] becomes NULL for MakeRecord. */
  public static final int SOFT_NULL = 67;

  /** r[P2] becomes the blob P4 of P1 bytes; zeros without P4. */
  public static final int BLOB = 68;

  /** r[P2] becomes bound parameter P1 (from 1). */
  public static final int VARIABLE = 69;

  /** Moves P3 registers from r[P1] to r[P2]; the old ones become NULL. */
  public static final int MOVE = 70;

  /** Copies P3+1 registers from r[P1] to r[P2]; P5=2 drops subtypes. */
  public static final int COPY = 71;

  /** Copies r[P1] to r[P2]. */
  public static final int S_COPY = 72;

  /** Copies the integer r[P1] to r[P2]. */
  public static final int INT_COPY = 73;

  /**
   * Fails if an immediate foreign key is violated. With P1=1 the program has made all its changes,
   * and hands out what is in cursor P2 from here on: the changes are committed or joined to the
   * transaction, and the other cursors closed.
   */
  public static final int FK_CHECK = 74;

  /** Gives the P2 registers from r[P1] to the caller as a row. */
  public static final int RESULT_ROW = 75;

  /**
   * Names the collation P4 for the function call that follows; r[P1] (unless 0) becomes 0, and 1 if
   * min() or max() finds no new extreme.
   */
  public static final int COLL_SEQ = 76;

  /** Adds P2 to r[P1], which becomes an integer. */
  public static final int ADD_IMM = 77;

  /** Makes integer r[P1] a floating point number. */
  public static final int REAL_AFFINITY = 78;

  /** Casts r[P1] to the affinity with letter P2. */
  public static final int CAST = 79;

  /** Gives the order P4 of the registers to the following Compare: element 0 is the count. */
  public static final int PERMUTATION = 80;

  /**
   * Compares P3 registers from r[P1] with those from r[P2] by KeyInfo P4, for Jump; P5=1 uses the
   * Permutation before.
   */
  public static final int COMPARE = 81;

  /** r[P2] becomes whether r[P1] is true, NULL counting as P3, negated if P4 is 1. */
  public static final int IS_TRUE = 82;

  /** r[P2] becomes NULL if r[P1] or r[P3] is NULL, otherwise 0. */
  public static final int ZERO_OR_NULL = 83;

  /** r[P3] becomes the offset in the file of column P2 of cursor P1's row. */
  public static final int OFFSET = 84;

  /**
   * r[P3] becomes column P2 of cursor P1's record; P4 is the default of a column that the record is
   * too short for. P5: only type or length are needed.
   */
  public static final int COLUMN = 85;

  /**
   * Applies the types of STRICT table P4 to the registers from r[P1]; fails if one does not fit.
   * P3=1 leaves generated columns out, 2+n checks column n only.
   */
  public static final int TYPE_CHECK = 86;

  /** Applies the affinities with letters P4 to P2 registers from r[P1]. */
  public static final int AFFINITY = 87;

  /** r[P3] becomes the record of P2 registers from r[P1], after the affinities P4. */
  public static final int MAKE_RECORD = 88;

  /** r[P2] becomes the number of entries of cursor P1's tree, an estimate if P3. */
  public static final int COUNT = 89;

  /** r[P2] becomes header value P3 of database P1. */
  public static final int READ_COOKIE = 90;

  /**
   * Header value P2 of database P1 becomes P3; for the schema cookie P5 is how far the loaded
   * schema stays behind.
   */
  public static final int SET_COOKIE = 91;

  /** As OpenRead, but keeps cursor P1 if it is open on this tree. */
  public static final int REOPEN_IDX = 92;

  /**
   * Opens cursor P1 to read the tree with root P2 (r[P2] with P5 P2ISREG) of database P3. P4 is the
   * KeyInfo of an index, or the number of columns of a table.
   */
  public static final int OPEN_READ = 93;

  /** As OpenRead, to write. */
  public static final int OPEN_WRITE = 94;

  /** Opens cursor P1 on the ephemeral tree of cursor P2. */
  public static final int OPEN_DUP = 95;

  /** As OpenEphemeral, for an index that lasts as long as the statement. */
  public static final int OPEN_AUTOINDEX = 96;

  /**
   * Opens cursor P1 on a new tree of P2 columns in a temporary database: an index by KeyInfo P4, or
   * a table. Empties it if it is open. r[P3] becomes NULL if P3.
   */
  public static final int OPEN_EPHEMERAL = 97;

  /** Opens sorter P1 by KeyInfo P4, on its first P3 fields, or all key fields if P3 is 0. */
  public static final int SORTER_OPEN = 98;

  /** Jumps to P2 if cursor P1's sequence is at 0; counts it up. */
  public static final int SEQUENCE_TEST = 99;

  /** Opens cursor P1 on the one record in r[P2] of P3 columns. */
  public static final int OPEN_PSEUDO = 100;

  /** Closes cursor P1. */
  public static final int CLOSE = 101;

  /** Tells which columns of cursor P1 are used; a hint. */
  public static final int COLUMNS_USED = 102;

  /**
   * Steps cursor P1 of the SeekGE that follows up to P1 times, to save the search. Goes to P2 if it
   * reaches the key, to the SeekGE's P2 if it is passed (unless P5).
   */
  public static final int SEEK_SCAN = 103;

  /** Keeps cursor P1's count of matched fields from P2 to P3. */
  public static final int SEEK_HIT = 104;

  /** r[P2] becomes the next number of cursor P1's sequence, from 0. */
  public static final int SEQUENCE = 105;

  /**
   * r[P2] becomes a rowid that is not in table cursor P1, greater than r[P3] of the outermost
   * program (unless 0), which is raised to it. P5: a random one.
   */
  public static final int NEW_ROWID = 106;

  /**
   * Puts record r[P2] under rowid r[P3] into table cursor P1; P4 is the Table for hooks, P5
   * OpFlags.
   */
  public static final int INSERT = 107;

  /**
   * Prepares the entry of cursor P2 for an Insert or IdxInsert with PREFORMAT into cursor P1, under
   * rowid r[P3].
   */
  public static final int ROW_CELL = 108;

  /**
   * Deletes the entry of cursor P1. P2: NCHANGE, ISUPDATE, ISNOOP; P5: SAVEPOSITION, AUXDELETE; P4
   * the Table for hooks.
   */
  public static final int DELETE = 109;

  /** Gives the changes counted so far to changes() and begins anew. */
  public static final int RESET_COUNT = 110;

  /**
   * Jumps to P2 if the first P4 fields of record r[P3] and of sorter P1's record differ, or one is
   * NULL.
   */
  public static final int SORTER_COMPARE = 111;

  /** r[P2] becomes sorter P1's record; pseudo cursor P3 has a new row. */
  public static final int SORTER_DATA = 112;

  /** r[P2] becomes the record of cursor P1's entry. */
  public static final int ROW_DATA = 113;

  /** r[P2] becomes the rowid of cursor P1's row. */
  public static final int ROWID = 114;

  /** Moves cursor P1 to a row in which all columns are NULL; opens it if it is not open. */
  public static final int NULL_ROW = 115;

  /** Moves cursor P1 to its end, for an append. */
  public static final int SEEK_END = 116;

  /**
   * Puts record r[P2] into index cursor P1; P4 registers from r[P3] hold it unpacked. P5 OpFlags.
   */
  public static final int IDX_INSERT = 117;

  /** Puts record r[P2] into sorter P1. */
  public static final int SORTER_INSERT = 118;

  /**
   * Deletes the entry of P3 registers from r[P2] from index cursor P1; with P5 a missing one is
   * SQLITE_CORRUPT_INDEX.
   */
  public static final int IDX_DELETE = 119;

  /**
   * Table cursor P3 will go to the row of index cursor P1 when it must. P4: element i+1 is 1 more
   * than the index column that holds table column i, or 0.
   */
  public static final int DEFERRED_SEEK = 120;

  /** r[P2] becomes the rowid at the end of index cursor P1's entry. */
  public static final int IDX_ROWID = 121;

  /** Does the seek that cursor P1 has deferred. */
  public static final int FINISH_SEEK = 122;

  /**
   * Removes the tree with root P1 of database P3; r[P2] becomes the root that moved to P1, or 0.
   */
  public static final int DESTROY = 123;

  /**
   * Empties the tree with root P1 of database P2; P3 not 0 counts changes, P3&gt;0 adds them to
   * r[P3].
   */
  public static final int CLEAR = 124;

  /** Empties sorter or ephemeral cursor P1. */
  public static final int RESET_SORTER = 125;

  /** r[P2] becomes the root of a new tree in database P1: a table if P3 is 1, an index if 2. */
  public static final int CREATE_BTREE = 126;

  /** Runs the SQL text P4; if P2 is not 0, ANALYZE looks at no more than P2 entries at a time. */
  public static final int SQL_EXEC = 127;

  /**
   * Loads what the rows of database P1's schema table with condition P4 define; all anew without
   * P4.
   */
  public static final int PARSE_SCHEMA = 128;

  /** Loads the statistics of database P1. */
  public static final int LOAD_ANALYSIS = 129;

  /** Forgets table P4 of database P1. */
  public static final int DROP_TABLE = 130;

  /** Forgets index P4 of database P1. */
  public static final int DROP_INDEX = 131;

  /** Forgets trigger P4 of database P1. */
  public static final int DROP_TRIGGER = 132;

  /**
   * Checks the P2 trees with roots P4[1..] of database P5. r[P1] is one less than the errors to
   * look for, r[P1+1] becomes their text; r[P3..] (unless 0) the numbers of entries.
   */
  public static final int INTEGRITY_CK = 133;

  /** Adds rowid r[P2] to the set r[P1]. */
  public static final int ROW_SET_ADD = 134;

  /** r[P2] becomes register P1 (plus P1 of Program) of the program around. */
  public static final int PARAM = 135;

  /** Adds P2 to the violated foreign keys: of the transaction if P1, else of the statement. */
  public static final int FK_COUNTER = 136;

  /** r[P1] of the outermost program becomes the greater of itself and r[P2]. */
  public static final int MEM_MAX = 137;

  /** r[P2] becomes limit r[P1] plus offset r[P3], -1 if there is no limit. */
  public static final int OFFSET_LIMIT = 138;

  /** As AggStep, but takes the row out again. */
  public static final int AGG_INVERSE = 139;

  /** Takes a row into aggregate P4 with accumulator r[P3]; arguments from r[P2], P5 of them. */
  public static final int AGG_STEP = 140;

  /** As AggStep; P1 not 0 takes the row out. */
  public static final int AGG_STEP1 = 141;

  /** r[P3] becomes the value so far of aggregate P4 with accumulator r[P1]. */
  public static final int AGG_VALUE = 142;

  /** r[P1], the accumulator of aggregate P4, becomes its value. */
  public static final int AGG_FINAL = 143;

  /**
   * Makes compiled programs out of date: all (P1=0) or only this one; with P2 those running may go
   * on.
   */
  public static final int EXPIRE = 144;

  /** Forbids other cursors to change the tree of cursor P1 while it stands on an entry. */
  public static final int CURSOR_LOCK = 145;

  /** Undoes CursorLock. */
  public static final int CURSOR_UNLOCK = 146;

  /** Locks a table in a shared cache; nothing to do here. */
  public static final int TABLE_LOCK = 147;

  /** Begins a transaction of virtual table P4. */
  public static final int V_BEGIN = 148;

  /** Creates the virtual table named in r[P2] of database P1. */
  public static final int V_CREATE = 149;

  /** Destroys virtual table P4 of database P1. */
  public static final int V_DESTROY = 150;

  /** Opens cursor P1 on virtual table P4. */
  public static final int V_OPEN = 151;

  /** r[P2] becomes what the integrity check of virtual table P4 says. */
  public static final int V_CHECK = 152;

  /** r[P2] becomes the list of values of an IN for virtual table cursor P1. */
  public static final int V_INIT_IN = 153;

  /** r[P3] becomes column P2 of virtual table cursor P1. */
  public static final int V_COLUMN = 154;

  /** Renames virtual table P4 to r[P1]. */
  public static final int V_RENAME = 155;

  /** r[P2] becomes the number of pages of database P1. */
  public static final int PAGECOUNT = 156;

  /** Limits database P1 to P3 pages (unless 0); r[P2] becomes the limit. */
  public static final int MAX_PGCNT = 157;

  /** Drops the subtype of r[P1]. */
  public static final int CLR_SUBTYPE = 158;

  /** r[P2] becomes the subtype of r[P1], NULL if none. */
  public static final int GET_SUBTYPE = 159;

  /** The subtype of r[P2] becomes r[P1]. */
  public static final int SET_SUBTYPE = 160;

  /** Puts the key of P4 registers from r[P3] into the Bloom filter r[P1]. */
  public static final int FILTER_ADD = 161;

  /** Nothing; tracing is done by Init. */
  public static final int TRACE = 162;

  /** Nothing; a hint about cursor P1. */
  public static final int CURSOR_HINT = 163;

  /** Nothing; tells that registers are free. */
  public static final int RELEASE_REG = 164;

  /** Nothing. */
  public static final int NOOP = 165;

  /** Nothing; node P1 of the query plan under node P2 with text P4. */
  public static final int EXPLAIN = 166;

  /** Nothing; the statement could be given up here. */
  public static final int ABORTABLE = 167;

  /** Jumps to P2 if the comparison before found equality. */
  public static final int ELSE_EQ = 168;

  /**
   * Jumps to P2 if r[P3] &gt;= r[P1]. P4 is the collation; P5 has the letter of the affinity to
   * compare with, JUMPIFNULL, NULLEQ.
   */
  public static final int GE = 169;

  /** As Ge, r[P3] &gt; r[P1]. */
  public static final int GT = 170;

  /** As Ge, r[P3] &lt;= r[P1]. */
  public static final int LE = 171;

  /** As Ge, r[P3] &lt; r[P1]. */
  public static final int LT = 172;

  /** As Ge, r[P3] differs from r[P1]. */
  public static final int NE = 173;

  /** As Ge, r[P3] equals r[P1]. */
  public static final int EQ = 174;

  /** Jumps to P2 if r[P1] is NULL. */
  public static final int IS_NULL = 175;

  /** Jumps to P2 if r[P1] is not NULL. */
  public static final int NOT_NULL = 176;

  /** r[P3] becomes r[P1] &amp; r[P2]. */
  public static final int BIT_AND = 177;

  /** r[P3] becomes r[P1] | r[P2]. */
  public static final int BIT_OR = 178;

  /** r[P3] becomes r[P2] &lt;&lt; r[P1]. */
  public static final int SHIFT_LEFT = 179;

  /** r[P3] becomes r[P2] &gt;&gt; r[P1]. */
  public static final int SHIFT_RIGHT = 180;

  /** r[P3] becomes r[P1] + r[P2]. */
  public static final int ADD = 181;

  /** r[P3] becomes r[P2] - r[P1]. */
  public static final int SUBTRACT = 182;

  /** r[P3] becomes r[P1] * r[P2]. */
  public static final int MULTIPLY = 183;

  /** r[P3] becomes r[P2] / r[P1]. */
  public static final int DIVIDE = 184;

  /** r[P3] becomes r[P2] % r[P1]. */
  public static final int REMAINDER = 185;

  /** r[P3] becomes the text r[P2] followed by r[P1]. */
  public static final int CONCAT = 186;

  /** r[P2] becomes ~ r[P1]. */
  public static final int BIT_NOT = 187;

  /** r[P3] becomes r[P1] AND r[P2], in three-valued logic. */
  public static final int AND = 188;

  /** r[P3] becomes r[P1] OR r[P2], in three-valued logic. */
  public static final int OR = 189;

  /** Runs statement P4 on a server; jumps to P2 if it gives no row. Ours, not SQLite's. */
  public static final int REMOTE = 190;

  /** r[P2..P2+P3-1] become the current row of the Remote at address P1. */
  public static final int REMOTE_COLUMNS = 191;

  /** Goes to the next row of the Remote at address P1; jumps to P2 if there is one. */
  public static final int REMOTE_NEXT = 192;

  /** How many opcodes there are; all numbers below it are in use. */
  public static final int OPCODE_COUNT = 193;

  /** The name in {@code EXPLAIN}, for example {@code OpenRead}. */
  public static String name(int opcode) {
    return OpcodeNames.of(opcode);
  }
}

package org.libsql4j.vdbe;

/**
 * The instructions of the virtual machine, with the names that SQLite gives them in {@code
 * EXPLAIN}.
 *
 * <p>Plain numbers instead of an enum because the interpreter's switch must be a dense table
 * without a detour. Meaning of the operands: <a href="https://www.sqlite.org/opcode.html">The
 * SQLite Bytecode Engine</a>.
 */
public final class Opcode {
  private Opcode() {}

  public static final int SAVEPOINT = 0;
  public static final int AUTO_COMMIT = 1;
  public static final int TRANSACTION = 2;
  public static final int CHECKPOINT = 3;
  public static final int JOURNAL_MODE = 4;
  public static final int VACUUM = 5;
  public static final int V_FILTER = 6;
  public static final int V_UPDATE = 7;
  public static final int INIT = 8;
  public static final int GOTO = 9;
  public static final int GOSUB = 10;
  public static final int INIT_COROUTINE = 11;
  public static final int YIELD = 12;
  public static final int MUST_BE_INT = 13;
  public static final int JUMP = 14;
  public static final int ONCE = 15;
  public static final int IF = 16;
  public static final int IF_NOT = 17;
  public static final int IS_TYPE = 18;
  public static final int NOT = 19;
  public static final int IF_NULL_ROW = 20;
  public static final int SEEK_LT = 21;
  public static final int SEEK_LE = 22;
  public static final int SEEK_GE = 23;
  public static final int SEEK_GT = 24;
  public static final int IF_NOT_OPEN = 25;
  public static final int IF_NO_HOPE = 26;
  public static final int NO_CONFLICT = 27;
  public static final int NOT_FOUND = 28;
  public static final int FOUND = 29;
  public static final int SEEK_ROWID = 30;
  public static final int NOT_EXISTS = 31;
  public static final int LAST = 32;
  public static final int IF_SIZE_BETWEEN = 33;
  public static final int SORTER_SORT = 34;
  public static final int SORT = 35;
  public static final int REWIND = 36;
  public static final int SORTER_NEXT = 37;
  public static final int PREV = 38;
  public static final int NEXT = 39;
  public static final int IDX_LE = 40;
  public static final int IDX_GT = 41;
  public static final int IDX_LT = 42;
  public static final int IDX_GE = 43;
  public static final int ROW_SET_READ = 44;
  public static final int ROW_SET_TEST = 45;
  public static final int PROGRAM = 46;
  public static final int FK_IF_ZERO = 47;
  public static final int IF_POS = 48;
  public static final int IF_NOT_ZERO = 49;
  public static final int DECR_JUMP_ZERO = 50;
  public static final int INCR_VACUUM = 51;
  public static final int V_NEXT = 52;
  public static final int FILTER = 53;
  public static final int PURE_FUNC = 54;
  public static final int FUNCTION = 55;
  public static final int RETURN = 56;
  public static final int END_COROUTINE = 57;
  public static final int HALT_IF_NULL = 58;
  public static final int HALT = 59;
  public static final int INTEGER = 60;
  public static final int INT64 = 61;
  public static final int REAL = 62;
  public static final int STRING8 = 63;
  public static final int STRING = 64;
  public static final int BEGIN_SUBRTN = 65;
  public static final int NULL = 66;
  public static final int SOFT_NULL = 67;
  public static final int BLOB = 68;
  public static final int VARIABLE = 69;
  public static final int MOVE = 70;
  public static final int COPY = 71;
  public static final int S_COPY = 72;
  public static final int INT_COPY = 73;
  public static final int FK_CHECK = 74;
  public static final int RESULT_ROW = 75;
  public static final int COLL_SEQ = 76;
  public static final int ADD_IMM = 77;
  public static final int REAL_AFFINITY = 78;
  public static final int CAST = 79;
  public static final int PERMUTATION = 80;
  public static final int COMPARE = 81;
  public static final int IS_TRUE = 82;
  public static final int ZERO_OR_NULL = 83;
  public static final int OFFSET = 84;
  public static final int COLUMN = 85;
  public static final int TYPE_CHECK = 86;
  public static final int AFFINITY = 87;
  public static final int MAKE_RECORD = 88;
  public static final int COUNT = 89;
  public static final int READ_COOKIE = 90;
  public static final int SET_COOKIE = 91;
  public static final int REOPEN_IDX = 92;
  public static final int OPEN_READ = 93;
  public static final int OPEN_WRITE = 94;
  public static final int OPEN_DUP = 95;
  public static final int OPEN_AUTOINDEX = 96;
  public static final int OPEN_EPHEMERAL = 97;
  public static final int SORTER_OPEN = 98;
  public static final int SEQUENCE_TEST = 99;
  public static final int OPEN_PSEUDO = 100;
  public static final int CLOSE = 101;
  public static final int COLUMNS_USED = 102;
  public static final int SEEK_SCAN = 103;
  public static final int SEEK_HIT = 104;
  public static final int SEQUENCE = 105;
  public static final int NEW_ROWID = 106;
  public static final int INSERT = 107;
  public static final int ROW_CELL = 108;
  public static final int DELETE = 109;
  public static final int RESET_COUNT = 110;
  public static final int SORTER_COMPARE = 111;
  public static final int SORTER_DATA = 112;
  public static final int ROW_DATA = 113;
  public static final int ROWID = 114;
  public static final int NULL_ROW = 115;
  public static final int SEEK_END = 116;
  public static final int IDX_INSERT = 117;
  public static final int SORTER_INSERT = 118;
  public static final int IDX_DELETE = 119;
  public static final int DEFERRED_SEEK = 120;
  public static final int IDX_ROWID = 121;
  public static final int FINISH_SEEK = 122;
  public static final int DESTROY = 123;
  public static final int CLEAR = 124;
  public static final int RESET_SORTER = 125;
  public static final int CREATE_BTREE = 126;
  public static final int SQL_EXEC = 127;
  public static final int PARSE_SCHEMA = 128;
  public static final int LOAD_ANALYSIS = 129;
  public static final int DROP_TABLE = 130;
  public static final int DROP_INDEX = 131;
  public static final int DROP_TRIGGER = 132;
  public static final int INTEGRITY_CK = 133;
  public static final int ROW_SET_ADD = 134;
  public static final int PARAM = 135;
  public static final int FK_COUNTER = 136;
  public static final int MEM_MAX = 137;
  public static final int OFFSET_LIMIT = 138;
  public static final int AGG_INVERSE = 139;
  public static final int AGG_STEP = 140;
  public static final int AGG_STEP1 = 141;
  public static final int AGG_VALUE = 142;
  public static final int AGG_FINAL = 143;
  public static final int EXPIRE = 144;
  public static final int CURSOR_LOCK = 145;
  public static final int CURSOR_UNLOCK = 146;
  public static final int TABLE_LOCK = 147;
  public static final int V_BEGIN = 148;
  public static final int V_CREATE = 149;
  public static final int V_DESTROY = 150;
  public static final int V_OPEN = 151;
  public static final int V_CHECK = 152;
  public static final int V_INIT_IN = 153;
  public static final int V_COLUMN = 154;
  public static final int V_RENAME = 155;
  public static final int PAGECOUNT = 156;
  public static final int MAX_PGCNT = 157;
  public static final int CLR_SUBTYPE = 158;
  public static final int GET_SUBTYPE = 159;
  public static final int SET_SUBTYPE = 160;
  public static final int FILTER_ADD = 161;
  public static final int TRACE = 162;
  public static final int CURSOR_HINT = 163;
  public static final int RELEASE_REG = 164;
  public static final int NOOP = 165;
  public static final int EXPLAIN = 166;
  public static final int ABORTABLE = 167;
  public static final int ELSE_EQ = 168;
  public static final int GE = 169;
  public static final int GT = 170;
  public static final int LE = 171;
  public static final int LT = 172;
  public static final int NE = 173;
  public static final int EQ = 174;
  public static final int IS_NULL = 175;
  public static final int NOT_NULL = 176;
  public static final int BIT_AND = 177;
  public static final int BIT_OR = 178;
  public static final int SHIFT_LEFT = 179;
  public static final int SHIFT_RIGHT = 180;
  public static final int ADD = 181;
  public static final int SUBTRACT = 182;
  public static final int MULTIPLY = 183;
  public static final int DIVIDE = 184;
  public static final int REMAINDER = 185;
  public static final int CONCAT = 186;
  public static final int BIT_NOT = 187;
  public static final int AND = 188;
  public static final int OR = 189;

  /** How many opcodes there are; all numbers below it are in use. */
  public static final int OPCODE_COUNT = 190;

  private static final String[] NAMES = {
    "Savepoint",
    "AutoCommit",
    "Transaction",
    "Checkpoint",
    "JournalMode",
    "Vacuum",
    "VFilter",
    "VUpdate",
    "Init",
    "Goto",
    "Gosub",
    "InitCoroutine",
    "Yield",
    "MustBeInt",
    "Jump",
    "Once",
    "If",
    "IfNot",
    "IsType",
    "Not",
    "IfNullRow",
    "SeekLT",
    "SeekLE",
    "SeekGE",
    "SeekGT",
    "IfNotOpen",
    "IfNoHope",
    "NoConflict",
    "NotFound",
    "Found",
    "SeekRowid",
    "NotExists",
    "Last",
    "IfSizeBetween",
    "SorterSort",
    "Sort",
    "Rewind",
    "SorterNext",
    "Prev",
    "Next",
    "IdxLE",
    "IdxGT",
    "IdxLT",
    "IdxGE",
    "RowSetRead",
    "RowSetTest",
    "Program",
    "FkIfZero",
    "IfPos",
    "IfNotZero",
    "DecrJumpZero",
    "IncrVacuum",
    "VNext",
    "Filter",
    "PureFunc",
    "Function",
    "Return",
    "EndCoroutine",
    "HaltIfNull",
    "Halt",
    "Integer",
    "Int64",
    "Real",
    "String8",
    "String",
    "BeginSubrtn",
    "Null",
    "SoftNull",
    "Blob",
    "Variable",
    "Move",
    "Copy",
    "SCopy",
    "IntCopy",
    "FkCheck",
    "ResultRow",
    "CollSeq",
    "AddImm",
    "RealAffinity",
    "Cast",
    "Permutation",
    "Compare",
    "IsTrue",
    "ZeroOrNull",
    "Offset",
    "Column",
    "TypeCheck",
    "Affinity",
    "MakeRecord",
    "Count",
    "ReadCookie",
    "SetCookie",
    "ReopenIdx",
    "OpenRead",
    "OpenWrite",
    "OpenDup",
    "OpenAutoindex",
    "OpenEphemeral",
    "SorterOpen",
    "SequenceTest",
    "OpenPseudo",
    "Close",
    "ColumnsUsed",
    "SeekScan",
    "SeekHit",
    "Sequence",
    "NewRowid",
    "Insert",
    "RowCell",
    "Delete",
    "ResetCount",
    "SorterCompare",
    "SorterData",
    "RowData",
    "Rowid",
    "NullRow",
    "SeekEnd",
    "IdxInsert",
    "SorterInsert",
    "IdxDelete",
    "DeferredSeek",
    "IdxRowid",
    "FinishSeek",
    "Destroy",
    "Clear",
    "ResetSorter",
    "CreateBtree",
    "SqlExec",
    "ParseSchema",
    "LoadAnalysis",
    "DropTable",
    "DropIndex",
    "DropTrigger",
    "IntegrityCk",
    "RowSetAdd",
    "Param",
    "FkCounter",
    "MemMax",
    "OffsetLimit",
    "AggInverse",
    "AggStep",
    "AggStep1",
    "AggValue",
    "AggFinal",
    "Expire",
    "CursorLock",
    "CursorUnlock",
    "TableLock",
    "VBegin",
    "VCreate",
    "VDestroy",
    "VOpen",
    "VCheck",
    "VInitIn",
    "VColumn",
    "VRename",
    "Pagecount",
    "MaxPgcnt",
    "ClrSubtype",
    "GetSubtype",
    "SetSubtype",
    "FilterAdd",
    "Trace",
    "CursorHint",
    "ReleaseReg",
    "Noop",
    "Explain",
    "Abortable",
    "ElseEq",
    "Ge",
    "Gt",
    "Le",
    "Lt",
    "Ne",
    "Eq",
    "IsNull",
    "NotNull",
    "BitAnd",
    "BitOr",
    "ShiftLeft",
    "ShiftRight",
    "Add",
    "Subtract",
    "Multiply",
    "Divide",
    "Remainder",
    "Concat",
    "BitNot",
    "And",
    "Or",
  };

  /** The name in {@code EXPLAIN}, for example {@code OpenRead}. */
  public static String name(int opcode) {
    return NAMES[opcode];
  }
}

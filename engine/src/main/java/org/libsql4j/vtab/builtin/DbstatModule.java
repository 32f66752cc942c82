package org.libsql4j.vtab.builtin;

import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vtab.IndexInfo;
import org.libsql4j.vtab.Module;
import org.libsql4j.vtab.RiskLevel;
import org.libsql4j.vtab.TableDefinition;
import org.libsql4j.vtab.VirtualCursor;
import org.libsql4j.vtab.VirtualTable;

/**
 * {@code dbstat}: how much room tables and indexes take, page by page or summed up.
 *
 * <p>Source: <a href="https://www.sqlite.org/dbstat.html">The DBSTAT Virtual Table</a>.
 */
final class DbstatModule implements Module {
  static final int NAME = 0;
  static final int PATH = 1;
  static final int PAGE_NUMBER = 2;
  static final int PAGE_TYPE = 3;
  static final int CELL_COUNT = 4;
  static final int PAYLOAD = 5;
  static final int UNUSED = 6;
  static final int LARGEST_PAYLOAD = 7;
  static final int PAGE_OFFSET = 8;
  static final int PAGE_SIZE = 9;
  static final int SCHEMA = 10;
  static final int AGGREGATE = 11;

  private static final String DECLARATION =
      "CREATE TABLE x(name TEXT, path TEXT, pageno INTEGER, pagetype TEXT, ncell INTEGER,"
          + " payload INTEGER, unused INTEGER, mx_payload INTEGER, pgoffset INTEGER,"
          + " pgsize INTEGER, schema TEXT HIDDEN, aggregate BOOLEAN HIDDEN)";

  // ---- bits of the index number

  static final int HAS_SCHEMA = 1;
  static final int HAS_NAME = 2;
  static final int HAS_AGGREGATE = 4;
  static final int ORDERED = 8;

  @Override
  public Kind kind() {
    return Kind.EPONYMOUS;
  }

  @Override
  public VirtualTable connect(TableDefinition definition) {
    String database = "main";
    if (!definition.arguments().isEmpty()) {
      database = unquoted(definition.arguments().get(0));
      if (definition.connection().databaseIndex(database) < 0) {
        throw new LibsqlException(ResultCode.ERROR, "no such database: " + database);
      }
    }
    definition.declare(DECLARATION);
    definition.setRiskLevel(RiskLevel.DIRECT_ONLY);
    definition.useAllSchemas();
    return new Dbstat(definition.connection(), database);
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && "'\"`[".indexOf(text.charAt(0)) >= 0;
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static final class Dbstat implements VirtualTable {
    private final ConnectionState connection;
    private final String database;

    Dbstat(ConnectionState connection, String database) {
      this.connection = connection;
      this.database = database;
    }

    @Override
    public boolean bestIndex(IndexInfo info) {
      int[] constraintOf = {-1, -1, -1};
      for (int i = 0; i < info.constraints().size(); i++) {
        IndexInfo.Constraint constraint = info.constraints().get(i);
        int column = constraint.column();
        int which = column == SCHEMA ? 0 : column == NAME ? 1 : column == AGGREGATE ? 2 : -1;
        if (which < 0 || constraint.operator() != IndexInfo.EQ) {
          continue;
        }
        if (!constraint.usable()) {
          // It must be the innermost table of a join.
          return false;
        }
        constraintOf[which] = i;
      }
      int number = 0;
      int position = 0;
      for (int which = 0; which < constraintOf.length; which++) {
        if (constraintOf[which] >= 0) {
          info.use(constraintOf[which], position++, which == 0);
          number |= 1 << which;
        }
      }
      info.setEstimatedCost(1);
      if (isOrdered(info)) {
        info.setOrderByConsumed(true);
        number |= ORDERED;
      }
      info.setIndex(number, null);
      info.showHexadecimal();
      return true;
    }

    /** Rows come by name and path if that is what is wanted. */
    private static boolean isOrdered(IndexInfo info) {
      int count = info.orderBy().size();
      for (int i = 0; i < count; i++) {
        IndexInfo.OrderTerm term = info.orderBy().get(i);
        if (term.descending() || term.column() != i) {
          return false;
        }
      }
      return count == 1 || count == 2;
    }

    @Override
    public VirtualCursor open() {
      return new DbstatCursor(connection, database);
    }
  }
}

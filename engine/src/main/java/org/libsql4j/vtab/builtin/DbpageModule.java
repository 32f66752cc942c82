package org.libsql4j.vtab.builtin;

import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.Page;
import org.libsql4j.record.Mem;
import org.libsql4j.vtab.IndexInfo;
import org.libsql4j.vtab.Module;
import org.libsql4j.vtab.RiskLevel;
import org.libsql4j.vtab.RowChange;
import org.libsql4j.vtab.TableDefinition;
import org.libsql4j.vtab.VirtualCursor;
import org.libsql4j.vtab.VirtualTable;
import org.libsql4j.vtab.WritableTable;

/**
 * {@code sqlite_dbpage}: the pages of a database file as they are, to be read and overwritten.
 *
 * <p>Source: <a href="https://www.sqlite.org/dbpage.html">The SQLITE_DBPAGE Virtual Table</a>.
 */
final class DbpageModule implements Module {
  private static final int DATA = 1;
  private static final int SCHEMA = 2;

  // ---- bits of the index number

  private static final int HAS_PAGE = 1;
  private static final int HAS_SCHEMA = 2;

  @Override
  public Kind kind() {
    return Kind.EPONYMOUS;
  }

  @Override
  public VirtualTable connect(TableDefinition definition) {
    definition.declare("CREATE TABLE x(pgno INTEGER PRIMARY KEY, data BLOB, schema HIDDEN)");
    definition.setRiskLevel(RiskLevel.DIRECT_ONLY);
    definition.useAllSchemas();
    return new Dbpage(definition.connection());
  }

  private static final class Dbpage implements WritableTable {
    private final ConnectionState connection;

    Dbpage(ConnectionState connection) {
      this.connection = connection;
    }

    @Override
    public boolean bestIndex(IndexInfo info) {
      int number = 0;
      int position = 0;
      for (int i = 0; i < info.constraints().size() && number == 0; i++) {
        IndexInfo.Constraint constraint = info.constraints().get(i);
        if (constraint.column() == SCHEMA && constraint.operator() == IndexInfo.EQ) {
          if (!constraint.usable()) {
            return false;
          }
          info.use(i, position++, true);
          number = HAS_SCHEMA;
        }
      }
      info.setEstimatedCost(1e6);
      for (int i = 0; i < info.constraints().size(); i++) {
        IndexInfo.Constraint constraint = info.constraints().get(i);
        if (constraint.usable()
            && constraint.column() <= 0
            && constraint.operator() == IndexInfo.EQ) {
          info.use(i, position, true);
          info.setEstimatedRows(1);
          info.setEstimatedCost(1);
          info.setUnique(true);
          number |= HAS_PAGE;
          break;
        }
      }
      if (!info.orderBy().isEmpty()
          && info.orderBy().get(0).column() <= 0
          && !info.orderBy().get(0).descending()) {
        info.setOrderByConsumed(true);
      }
      info.setIndex(number, null);
      return true;
    }

    @Override
    public VirtualCursor open() {
      return new DbpageCursor(connection);
    }

    @Override
    public void begin() {
      for (int i = 0; i < connection.databases().size(); i++) {
        Btree btree = connection.database(i).btreeOrNull();
        if (btree != null && !btree.isReadonly()) {
          btree.beginTransaction(true, false);
        }
      }
    }

    @Override
    public long update(RowChange change) {
      if (connection.isSet(ConnectionFlag.DEFENSIVE)) {
        throw error("read-only");
      }
      if (change.kind() == RowChange.Kind.DELETE) {
        throw error("cannot delete");
      }
      long number = change.value(0).asLong();
      if (change.kind() == RowChange.Kind.UPDATE) {
        number = change.oldKey().asLong();
        if (change.newRowid().asLong() != number) {
          throw error("cannot insert");
        }
      }
      String schema = change.value(SCHEMA).text();
      int database = schema == null ? 0 : connection.databaseIndex(schema);
      if (database < 0) {
        throw error("no such schema");
      }
      Btree btree = connection.database(database).btreeOrNull();
      if (btree == null || number < 1 || number > btree.pageCount()) {
        throw error("bad page number");
      }
      Mem data = change.value(DATA);
      if (data.type != Mem.BLOB || data.length != btree.pageSize()) {
        throw error("bad page value");
      }
      write(btree, (int) number, data);
      return number;
    }

    private static void write(Btree btree, int number, Mem data) {
      Page page = btree.pager().get(number);
      try {
        btree.pager().write(page);
        System.arraycopy(data.bytes, data.offset, page.data, 0, data.length);
        // Whoever looks at the page next takes it apart again.
        page.extra = null;
      } finally {
        btree.pager().release(page);
      }
    }

    private static LibsqlException error(String message) {
      return new LibsqlException(ResultCode.ERROR, message);
    }
  }

  private static final class DbpageCursor implements VirtualCursor {
    private final ConnectionState connection;
    private @Nullable Btree btree;
    private String schema = "main";
    private int number;
    private int last;

    DbpageCursor(ConnectionState connection) {
      this.connection = connection;
    }

    @Override
    public void filter(int indexNumber, @Nullable String indexText, Mem[] arguments) {
      number = 1;
      last = 0;
      schema = "main";
      int position = 0;
      if ((indexNumber & HAS_SCHEMA) != 0) {
        schema = String.valueOf(arguments[position++].text());
      }
      int database = connection.databaseIndex(schema);
      Btree found = database < 0 ? null : connection.database(database).btreeOrNull();
      btree = found;
      if (found == null) {
        return;
      }
      schema = connection.database(database).name();
      last = found.pageCount();
      if ((indexNumber & HAS_PAGE) != 0) {
        long wanted = arguments[position].asLong();
        boolean exists = wanted >= 1 && wanted <= last;
        number = exists ? (int) wanted : 1;
        last = exists ? (int) wanted : 0;
      }
    }

    @Override
    public void next() {
      number++;
    }

    @Override
    public boolean isAtEnd() {
      return number > last;
    }

    @Override
    public void column(int column, Mem result) {
      switch (column) {
        case DATA -> data(result);
        case SCHEMA -> result.setText(schema);
        default -> result.setInteger(number);
      }
    }

    private void data(Mem result) {
      Btree open = btree;
      if (open == null) {
        return;
      }
      if (number == open.pager().lockBytePage()) {
        result.setBlobShared(new byte[open.pageSize()]);
        return;
      }
      Page page = open.pager().get(number);
      try {
        result.setBlob(page.data, 0, open.pageSize());
      } finally {
        open.pager().release(page);
      }
    }

    @Override
    public long rowid() {
      return number;
    }
  }
}

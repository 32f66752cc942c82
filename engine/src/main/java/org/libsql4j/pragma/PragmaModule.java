package org.libsql4j.pragma;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.record.Mem;
import org.libsql4j.vtab.IndexInfo;
import org.libsql4j.vtab.InnerStatement;
import org.libsql4j.vtab.Module;
import org.libsql4j.vtab.TableDefinition;
import org.libsql4j.vtab.VirtualCursor;
import org.libsql4j.vtab.VirtualTable;

/**
 * The table-valued functions {@code pragma_x}: the rows of a pragma that has a result and no side
 * effect.
 *
 * <p>Source: <a href="https://www.sqlite.org/pragma.html#pragfunc">PRAGMA functions</a>.
 */
public final class PragmaModule implements Module {
  private static final String PREFIX = "pragma_";

  /** Pragmas that take an argument without a side effect. */
  private static final Set<String> WITH_ARGUMENT =
      Set.of(
          "foreign_key_check",
          "foreign_key_list",
          "index_info",
          "index_list",
          "index_xinfo",
          "integrity_check",
          "optimize",
          "quick_check",
          "table_info",
          "table_list",
          "table_xinfo");

  /** Pragmas that are about one database. */
  private static final Set<String> WITH_SCHEMA =
      Set.of(
          "auto_vacuum",
          "cache_size",
          "cache_spill",
          "default_cache_size",
          "foreign_key_check",
          "foreign_key_list",
          "index_info",
          "index_list",
          "index_xinfo",
          "integrity_check",
          "journal_mode",
          "journal_size_limit",
          "locking_mode",
          "max_page_count",
          "page_count",
          "page_size",
          "quick_check",
          "synchronous",
          "table_info",
          "table_xinfo");

  /** Pragmas whose result does not tell that they change nothing. */
  private static final Set<String> NO_TABLES =
      Set.of("mmap_size", "temp_store_directory", "wal_autocheckpoint", "wal_checkpoint");

  private final PragmaDefinition pragma;

  private PragmaModule(PragmaDefinition pragma) {
    this.pragma = pragma;
  }

  /** The module of this name, which is in lower case; null if there is none. */
  public static @Nullable Module find(String name) {
    if (!name.startsWith(PREFIX)) {
      return null;
    }
    PragmaDefinition pragma = PragmaCatalog.find(name.substring(PREFIX.length()));
    return pragma == null || pragma.columns().isEmpty() || NO_TABLES.contains(pragma.name())
        ? null
        : new PragmaModule(pragma);
  }

  @Override
  public Kind kind() {
    return Kind.EPONYMOUS_ONLY;
  }

  @Override
  public VirtualTable connect(TableDefinition definition) {
    boolean hasArgument = WITH_ARGUMENT.contains(pragma.name());
    boolean hasSchema = WITH_SCHEMA.contains(pragma.name());
    StringBuilder sql = new StringBuilder("CREATE TABLE x(");
    for (String column : pragma.columns()) {
      sql.append('"').append(column).append("\",");
    }
    if (hasArgument) {
      sql.append("arg HIDDEN,");
    }
    if (hasSchema) {
      sql.append("schema HIDDEN,");
    }
    sql.setCharAt(sql.length() - 1, ')');
    definition.declare(sql.toString());
    definition.useAllSchemas();
    return new PragmaTable(definition.connection(), pragma, hasArgument);
  }

  private static final class PragmaTable implements VirtualTable {
    private final ConnectionState connection;
    private final PragmaDefinition pragma;
    private final boolean hasArgument;

    PragmaTable(ConnectionState connection, PragmaDefinition pragma, boolean hasArgument) {
      this.connection = connection;
      this.pragma = pragma;
      this.hasArgument = hasArgument;
    }

    private static final double NO_ARGUMENT_COST = Integer.MAX_VALUE;

    @Override
    public boolean bestIndex(IndexInfo info) {
      int firstHidden = pragma.columns().size();
      int[] constraintOf = {-1, -1};
      boolean anyHidden = hasArgument || WITH_SCHEMA.contains(pragma.name());
      info.setEstimatedCost(1);
      for (int i = 0; i < info.constraints().size(); i++) {
        IndexInfo.Constraint constraint = info.constraints().get(i);
        int argument = constraint.column() - firstHidden;
        if (argument < 0 || constraint.operator() != IndexInfo.EQ) {
          continue;
        }
        if (!constraint.usable()) {
          return false;
        }
        constraintOf[argument] = i;
      }
      if (!anyHidden) {
        return true;
      }
      if (constraintOf[0] < 0) {
        info.setEstimatedCost(NO_ARGUMENT_COST);
        info.setEstimatedRows(Integer.MAX_VALUE);
        return true;
      }
      info.setEstimatedCost(20);
      info.setEstimatedRows(20);
      info.use(constraintOf[0], 0, true);
      if (constraintOf[1] >= 0) {
        info.use(constraintOf[1], 1, true);
      }
      return true;
    }

    @Override
    public VirtualCursor open() {
      return new PragmaCursor(this);
    }
  }

  private static final class PragmaCursor implements VirtualCursor {
    private final PragmaTable table;

    /** Argument and schema, as far as they are given. */
    private final @Nullable String[] given = new String[2];

    private @Nullable InnerStatement statement;
    private long row;
    private boolean atEnd = true;

    PragmaCursor(PragmaTable table) {
      this.table = table;
    }

    @Override
    public void filter(int indexNumber, @Nullable String indexText, Mem[] arguments) {
      close();
      given[0] = null;
      given[1] = null;
      int first = table.hasArgument ? 0 : 1;
      for (int i = 0; i < arguments.length; i++) {
        given[first + i] = arguments[i].text();
      }
      statement = InnerStatement.prepare(table.connection, sql());
      row = 0;
      next();
    }

    private String sql() {
      StringBuilder sql = new StringBuilder("PRAGMA ");
      if (given[1] != null) {
        sql.append(quote(given[1])).append('.');
      }
      sql.append(table.pragma.name());
      if (given[0] != null) {
        sql.append('=').append(quote(given[0]));
      }
      return sql.toString();
    }

    private static String quote(String text) {
      return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public void next() {
      InnerStatement running = statement;
      atEnd = running == null || !running.step();
      row++;
      if (atEnd) {
        close();
      }
    }

    @Override
    public boolean isAtEnd() {
      return atEnd;
    }

    @Override
    public void column(int column, Mem result) {
      List<String> columns = table.pragma.columns();
      InnerStatement running = statement;
      if (column >= columns.size()) {
        String value = given[column - columns.size() + (table.hasArgument ? 0 : 1)];
        if (value != null) {
          result.setText(value);
        }
      } else if (running != null && column < running.columnCount()) {
        result.copyFrom(running.column(column));
      }
    }

    @Override
    public long rowid() {
      return row;
    }

    @Override
    public void close() {
      InnerStatement running = statement;
      statement = null;
      if (running != null) {
        running.close();
      }
    }
  }
}

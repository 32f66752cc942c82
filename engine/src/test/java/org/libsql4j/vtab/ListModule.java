package org.libsql4j.vtab;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;

/** Tables in memory with two columns, which note down what is asked of them. */
final class ListModule implements Module {
  final List<String> log = new ArrayList<>();
  String schema = "CREATE TABLE x(a, b, c HIDDEN)";
  Kind kind = Kind.ORDINARY;
  boolean constraints;
  boolean omit;
  boolean allAtOnce;
  boolean unique;
  boolean consumesOrder;
  boolean refuses;
  RiskLevel risk = RiskLevel.NORMAL;
  @Nullable String failure;

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public VirtualTable create(TableDefinition definition) {
    log.add("create " + definition.tableName() + definition.arguments());
    return make(definition);
  }

  @Override
  public VirtualTable connect(TableDefinition definition) {
    log.add("connect " + definition.tableName() + definition.arguments());
    return make(definition);
  }

  private VirtualTable make(TableDefinition definition) {
    if (failure != null) {
      throw new LibsqlException(ResultCode.ERROR, failure);
    }
    if (!schema.isEmpty()) {
      definition.declare(schema);
    }
    definition.setRiskLevel(risk);
    if (constraints) {
      definition.supportConstraints();
    }
    return new ListTable();
  }

  final class ListTable implements WritableTable {
    final TreeMap<Long, Object[]> rows = new TreeMap<>();
    private TreeMap<Long, Object[]> before = new TreeMap<>();

    @Override
    public boolean bestIndex(IndexInfo info) {
      StringBuilder text = new StringBuilder();
      int position = 0;
      boolean possible = !refuses;
      for (int i = 0; i < info.constraints().size(); i++) {
        IndexInfo.Constraint c = info.constraints().get(i);
        text.append(c.column()).append(':').append(c.operator());
        possible &= c.usable() || c.column() != 2;
        if (c.usable()) {
          text.append(c.value() == null ? "+" : "=" + c.value().text());
          if (c.isIn() && allAtOnce) {
            info.takeAllAtOnce(i, true);
          }
          info.use(i, position++, omit);
        }
        text.append(' ');
      }
      for (IndexInfo.OrderTerm term : info.orderBy()) {
        text.append("by ").append(term.column()).append(term.descending() ? "- " : "+ ");
      }
      log.add("best " + text.toString().trim());
      info.setIndex(position, text.toString().trim());
      info.setEstimatedCost(1000.0 / (position + 1));
      info.setUnique(unique && position > 0);
      info.setOrderByConsumed(consumesOrder);
      return possible;
    }

    @Override
    public VirtualCursor open() {
      return new Cursor(this);
    }

    @Override
    public void disconnect() {
      log.add("disconnect");
    }

    @Override
    public void destroy() {
      log.add("destroy");
    }

    @Override
    public void rename(String newName) {
      log.add("rename " + newName);
    }

    @Override
    public @Nullable String checkIntegrity(String database, String table, boolean quick) {
      return rows.size() == 13 ? "unlucky table " + database + "." + table : null;
    }

    @Override
    public long update(RowChange change) {
      log.add(change.kind() + " " + change.conflict());
      if (change.kind() == RowChange.Kind.DELETE) {
        rows.remove(change.oldKey().asLong());
        return 0;
      }
      long rowid =
          change.newRowid().isNull()
              ? (rows.isEmpty() ? 1 : rows.lastKey() + 1)
              : change.newRowid().asLong();
      boolean taken =
          rows.containsKey(rowid)
              && (change.kind() == RowChange.Kind.INSERT || change.oldKey().asLong() != rowid);
      if (taken && change.conflict() != RowChange.Conflict.REPLACE) {
        throw new LibsqlException(ResultCode.CONSTRAINT, "rowid is taken");
      }
      if (change.kind() == RowChange.Kind.UPDATE) {
        rows.remove(change.oldKey().asLong());
      }
      rows.put(rowid, new Object[] {object(change.value(0)), object(change.value(1))});
      return rowid;
    }

    private Object object(Mem value) {
      return value.type == Mem.INTEGER ? (Object) value.integer : String.valueOf(value.text());
    }

    @Override
    public void begin() {
      log.add("begin");
      before = new TreeMap<>(rows);
    }

    @Override
    public void sync() {
      log.add("sync");
    }

    @Override
    public void commit() {
      log.add("commit");
    }

    @Override
    public void rollback() {
      log.add("rollback");
      rows.clear();
      rows.putAll(before);
    }

    @Override
    public void savepoint(int number) {
      log.add("savepoint " + number);
    }

    @Override
    public void release(int number) {
      log.add("release " + number);
    }

    @Override
    public void rollbackTo(int number) {
      log.add("rollbackTo " + number);
    }
  }

  private final class Cursor implements VirtualCursor {
    private final ListTable table;
    private Iterator<Map.Entry<Long, Object[]>> rest =
        List.<Map.Entry<Long, Object[]>>of().iterator();
    private Map.@Nullable Entry<Long, Object[]> current;
    private String argument = "";

    Cursor(ListTable table) {
      this.table = table;
    }

    @Override
    public void filter(int indexNumber, @Nullable String indexText, Mem[] arguments) {
      StringBuilder text = new StringBuilder("filter");
      for (Mem mem : arguments) {
        InValues list = InValues.of(mem);
        if (list == null) {
          text.append(' ').append(mem.text());
        } else {
          Mem value = new Mem();
          for (boolean more = list.first(value); more; more = list.next(value)) {
            text.append(" in ").append(value.text());
          }
        }
      }
      log.add(text.toString());
      argument = arguments.length == 0 ? "none" : String.valueOf(arguments[0].text());
      rest = new ArrayList<>(new TreeMap<>(table.rows).entrySet()).iterator();
      next();
    }

    @Override
    public void next() {
      current = rest.hasNext() ? rest.next() : null;
    }

    @Override
    public boolean isAtEnd() {
      return current == null;
    }

    @Override
    public void column(int column, Mem result) {
      if (column == 2) {
        result.setText(argument);
        return;
      }
      Object value = current == null ? null : current.getValue()[column];
      if (value instanceof Long number) {
        result.setInteger(number);
      } else {
        result.setText(String.valueOf(value));
      }
    }

    @Override
    public long rowid() {
      return current == null ? 0 : current.getKey();
    }

    @Override
    public void close() {
      log.add("close");
    }
  }
}

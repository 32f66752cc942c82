package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.schema.SchemaTable;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.JoinOperator;

/** Finds what a column name means, from the innermost scope outwards. */
final class ColumnLookup {
  private final CompileEnvironment environment;

  ColumnLookup(CompileEnvironment environment) {
    this.environment = environment;
  }

  /** What was found in one scope. */
  private static final class Matches {
    /** The column; null if there is none. */
    BoundExpr.@Nullable ColumnRef first;

    /** The columns of the same name that FULL JOIN makes one of, without the first. */
    List<BoundExpr.ColumnRef> others = List.of();

    boolean fullJoin;

    /** The table whose rowid is meant if no column is, and its number there. */
    @Nullable Source rowidSource;

    int rowidColumn;
    int tablesWithRowid;
    boolean ambiguous;

    void foundRowid(Source source, int column) {
      tablesWithRowid++;
      rowidSource = source;
      rowidColumn = column;
    }
  }

  BoundExpr resolve(Expr.ColumnRef ref, Scope scope) {
    @Nullable String schema = ref.schema() == null ? null : ref.schema().name();
    @Nullable String table = ref.table() == null ? null : ref.table().name();
    String column = ref.column().name();
    BoundExpr ofOnlyTable = schema != null ? null : inOnlyTable(table, column, scope);
    if (ofOnlyTable != null) {
      return ofOnlyTable;
    }
    for (Scope s = scope; s != null; s = s.parent) {
      Matches matches = new Matches();
      matchSources(s.sources, schema, table, column, matches);
      if (matches.first == null && schema == null && table != null) {
        matchSources(s.pseudoSources, null, table, column, matches);
      }
      if (matches.ambiguous) {
        throw CompileEnvironment.error("ambiguous column name: " + fullName(ref), ref.offset());
      }
      if (matches.first != null) {
        return found(matches, matches.first, scope, s);
      }
      if (matches.rowidSource != null
          && Table.isRowidName(column)
          && s.place != Scope.Place.INDEX_EXPRESSION
          && s.place != Scope.Place.GENERATED) {
        if (matches.tablesWithRowid > 1) {
          throw CompileEnvironment.error("ambiguous column name: " + fullName(ref), ref.offset());
        }
        return found(
            matches, new BoundExpr.ColumnRef(matches.rowidSource, matches.rowidColumn), scope, s);
      }
      if (table == null && s.aliases != null) {
        BoundExpr aliased = alias(column, s, s == scope);
        if (aliased != null) {
          markOuter(aliased, scope, s);
          return aliased;
        }
      }
    }
    return fallback(ref, scope, table);
  }

  /** The column where the innermost query reads one table, which has it: nothing else is meant. */
  private @Nullable BoundExpr inOnlyTable(@Nullable String table, String column, Scope scope) {
    if (scope.sources.size() != 1) {
      return null;
    }
    Source source = scope.sources.get(0);
    if (source.nested != null || !isNamed(source, null, table)) {
      return null;
    }
    int index = source.table.columnIndex(column);
    if (index < 0) {
      return null;
    }
    source.use(index);
    return authorized(new BoundExpr.ColumnRef(source, index), scope);
  }

  private BoundExpr found(Matches matches, BoundExpr.ColumnRef first, Scope from, Scope at) {
    first.source().use(first.column());
    markOuter(first, from, at);
    for (BoundExpr.ColumnRef ref : matches.others) {
      ref.source().use(ref.column());
      markOuter(ref, from, at);
    }
    if (matches.fullJoin && !matches.others.isEmpty()) {
      List<BoundExpr> columns = new ArrayList<>();
      columns.add(first);
      columns.addAll(matches.others);
      FunctionDefinition coalesce =
          environment.connection().functions().find("coalesce", columns.size());
      if (coalesce == null) {
        throw new IllegalStateException("coalesce() is always there");
      }
      return new BoundExpr.Call(coalesce, columns);
    }
    return authorized(first, at);
  }

  /** The column, or NULL if the authorizer wants it to be ignored. */
  BoundExpr authorized(BoundExpr.ColumnRef ref, Scope scope) {
    boolean known = scope.place == Scope.Place.QUERY || scope.place == Scope.Place.TRIGGER;
    if (!environment.authorization().isActive() || !known) {
      return ref;
    }
    Source source = ref.source();
    Table table = source.table;
    String database = table.schema == null ? source.schemaName : environment.schemaName(table);
    if (database == null || source.commonTable != null) {
      return ref;
    }
    int column = ref.column() < 0 ? table.rowidColumn : ref.column();
    String name = column < 0 ? "ROWID" : table.column(column).name();
    return environment.authorization().allowsRead(table.name, name, database)
        ? ref
        : new BoundExpr.NullValue();
  }

  /** Records in the queries between two scopes that they read from outside. */
  static void markOuter(BoundExpr expr, Scope from, Scope at) {
    if (from == at) {
      return;
    }
    BoundExprs.walk(expr, new OuterReads(from, at));
  }

  /** Tells the queries between two scopes what is read from outside of them. */
  private static final class OuterReads implements Consumer<BoundExpr> {
    private final Scope from;
    private final Scope at;

    OuterReads(Scope from, Scope at) {
      this.from = from;
      this.at = at;
    }

    @Override
    public void accept(BoundExpr e) {
      if (e instanceof BoundExpr.ColumnRef ref) {
        if (ref.source().triggerRow) {
          return;
        }
        for (Scope s = from; s != at && s != null; s = s.parent) {
          if (s.select != null && !isLocal(ref.source(), s)) {
            s.select.outerSources.add(ref.source());
          }
        }
      } else if (e instanceof BoundExpr.Aggregate) {
        for (Scope s = from; s != at && s != null; s = s.parent) {
          if (s.select != null) {
            s.select.usesOuterAggregate = true;
          }
        }
      }
    }
  }

  private static boolean isLocal(Source source, Scope scope) {
    return scope.sources.contains(source);
  }

  private static void matchSources(
      List<Source> sources,
      @Nullable String schema,
      @Nullable String table,
      String column,
      Matches matches) {
    for (int i = 0; i < sources.size(); i++) {
      matchSource(sources.get(i), schema, table, column, matches);
    }
  }

  private static void matchSource(
      Source source,
      @Nullable String schema,
      @Nullable String table,
      String column,
      Matches matches) {
    if (source.nested != null) {
      boolean found = matchNested(source, source.nested, schema, table, column, matches);
      if (found || table == null) {
        return;
      }
    }
    if (!isNamed(source, schema, table)) {
      return;
    }
    if (source.hasRowid()) {
      matches.foundRowid(source, -1);
    }
    int index = source.table.columnIndex(column);
    if (index >= 0) {
      add(source, index, column, matches);
    }
  }

  static boolean isNamed(Source source, @Nullable String schema, @Nullable String table) {
    if (table == null) {
      return true;
    }
    if (schema != null && !belongsTo(source, schema)) {
      return false;
    }
    if (source.alias == null) {
      return false;
    }
    return source.alias.equalsIgnoreCase(table)
        || (SchemaTable.is(source.table)
            && SchemaTable.isName(source.table, table)
            && SchemaTable.isName(source.table, source.alias));
  }

  /** A table without a schema name is that of a schema expression, which belongs to its schema. */
  private static boolean belongsTo(Source source, String schema) {
    return source.schemaName == null
        ? source.table.schema != null
        : source.schemaName.equalsIgnoreCase(schema);
  }

  private static boolean matchNested(
      Source source,
      List<Source.NestedColumn> nested,
      @Nullable String schema,
      @Nullable String table,
      String column,
      Matches matches) {
    boolean first = true;
    for (int i = 0; i < nested.size(); i++) {
      Source.NestedColumn c = nested.get(i);
      if (c.isRowid() && (table == null || isTable(c, schema, table))) {
        matches.foundRowid(source, i);
        continue;
      }
      if (!c.name().equalsIgnoreCase(column)) {
        continue;
      }
      if (table == null) {
        if (c.hiddenByUsing()) {
          continue;
        }
      } else if (!isTable(c, schema, table)) {
        continue;
      }
      if (first) {
        add(source, i, column, matches);
        first = false;
      } else {
        matches.ambiguous = true;
      }
    }
    return !first;
  }

  private static boolean isTable(
      Source.NestedColumn column, @Nullable String schema, String table) {
    return column.table() != null
        && column.table().equalsIgnoreCase(table)
        && (schema == null || schema.equalsIgnoreCase(column.schema()));
  }

  private static void add(Source source, int index, String column, Matches matches) {
    BoundExpr.ColumnRef found = new BoundExpr.ColumnRef(source, index);
    if (matches.first == null) {
      matches.first = found;
    } else {
      boolean joined = isIn(source.using, column);
      if (!joined) {
        matches.ambiguous = true;
      } else if (source.join == JoinOperator.Kind.RIGHT) {
        matches.first = found;
        matches.others = List.of();
        matches.fullJoin = false;
        return;
      } else if (source.join == JoinOperator.Kind.FULL) {
        matches.fullJoin = true;
      } else {
        return;
      }
      List<BoundExpr.ColumnRef> others = new ArrayList<>(matches.others);
      others.add(found);
      matches.others = others;
    }
  }

  private static boolean isIn(List<String> names, String name) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable BoundExpr alias(String name, Scope scope, boolean own) {
    if (scope.aliases == null) {
      return null;
    }
    for (BoundQuery.Column column : scope.aliases) {
      if (column.hasAlias() && column.name().equalsIgnoreCase(name)) {
        if (!scope.allowAggregates && containsAggregate(column.expr())) {
          throw CompileEnvironment.error("misuse of aliased aggregate " + column.name());
        }
        if (own && scope.aggregatesMisused) {
          rejectAggregates(column.expr());
        }
        if (!(own && scope.allowWindows) && containsWindow(column.expr())) {
          throw CompileEnvironment.error("misuse of aliased window function " + column.name());
        }
        if (BoundExprs.width(column.expr()) > 1) {
          throw CompileEnvironment.error("row value misused");
        }
        return column.expr();
      }
    }
    return null;
  }

  private static void rejectAggregates(BoundExpr expr) {
    BoundExprs.walk(
        expr,
        e -> {
          if (e instanceof BoundExpr.Aggregate aggregate) {
            throw CompileEnvironment.error(
                "misuse of aggregate: " + aggregate.function().name() + "()");
          }
        });
  }

  private static boolean containsAggregate(BoundExpr expr) {
    boolean[] found = new boolean[1];
    BoundExprs.walk(expr, e -> found[0] |= e instanceof BoundExpr.Aggregate);
    return found[0];
  }

  private static boolean containsWindow(BoundExpr expr) {
    boolean[] found = new boolean[1];
    BoundExprs.walk(expr, e -> found[0] |= e instanceof BoundExpr.WindowCall);
    return found[0];
  }

  private BoundExpr fallback(Expr.ColumnRef ref, Scope scope, @Nullable String table) {
    Identifier name = ref.column();
    if (table == null) {
      if (name.quoting() == Identifier.Quoting.DOUBLE && doubleQuotedStringsAllowed(scope)) {
        if (environment.stringListener != null && environment.expandingViews.isEmpty()) {
          environment.stringListener.accept(name);
        }
        return new BoundExpr.TextValue(name.name());
      }
      if (name.quoting() == Identifier.Quoting.SINGLE) {
        return new BoundExpr.TextValue(name.name());
      }
      if (!name.quoted()) {
        if (name.name().equalsIgnoreCase("true")) {
          return new BoundExpr.IntegerValue(1);
        }
        if (name.name().equalsIgnoreCase("false")) {
          return new BoundExpr.IntegerValue(0);
        }
      } else if (name.quoting() == Identifier.Quoting.DOUBLE) {
        throw CompileEnvironment.error(
            "no such column: \""
                + name.name()
                + "\" - should this be a string literal in single-quotes?",
            ref.offset());
      }
    }
    throw CompileEnvironment.error("no such column: " + fullName(ref), ref.offset());
  }

  private boolean doubleQuotedStringsAllowed(Scope scope) {
    ConnectionState connection = environment.connection();
    if (environment.schemaStatement) {
      return connection.isSet(ConnectionFlag.DQS_DDL)
          || (connection.isSet(ConnectionFlag.WRITABLE_SCHEMA)
              && connection.isSet(ConnectionFlag.DQS_DML));
    }
    // What a schema holds was accepted when it was stored.
    boolean query = scope.place == Scope.Place.QUERY || scope.place == Scope.Place.TRIGGER;
    return !query || connection.isSet(ConnectionFlag.DQS_DML);
  }

  private static String fullName(Expr.ColumnRef ref) {
    StringBuilder name = new StringBuilder();
    if (ref.schema() != null) {
      name.append(ref.schema().name()).append('.');
    }
    if (ref.table() != null) {
      name.append(ref.table().name()).append('.');
    }
    return name.append(ref.column().name()).toString();
  }
}

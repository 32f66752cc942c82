package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.SqlNames;
import org.libsql4j.sql.ast.BinaryOperator;
import org.libsql4j.sql.ast.CreateView;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.FromClause;
import org.libsql4j.sql.ast.FromItem;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.JoinOperator;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.sql.ast.ResultColumn;
import org.libsql4j.sql.ast.Select;
import org.libsql4j.sql.ast.SelectCore;
import org.libsql4j.vtab.RiskLevel;

/** Resolves FROM clauses: tables, views, subqueries and how they are joined. */
final class FromResolver {
  private final CompileEnvironment environment;
  private final SelectResolver selects;

  FromResolver(CompileEnvironment environment, SelectResolver selects) {
    this.environment = environment;
    this.selects = selects;
  }

  /** Adds the sources of a FROM clause to the scope; {@link #conditions} comes later. */
  void resolve(FromClause from, Scope scope, @Nullable CommonTables tables) {
    List<FromClause.Term> terms = from.terms();
    int first = scope.sources.size();
    boolean joinsRight = false;
    for (int i = 1; i < terms.size(); i++) {
      joinsRight |= joinsRight(terms.get(i));
    }
    for (FromClause.Term term : terms) {
      Source source = source(term.item(), scope, tables);
      markOuter(source.subquery, scope.select);
      source.position = scope.sources.size();
      join(source, term, scope, joinsRight);
      scope.sources.add(source);
    }
    resolveArguments(from, scope, first);
    markNullable(scope.sources);
  }

  private static boolean joinsRight(FromClause.Term term) {
    JoinOperator join = term.join();
    return join != null
        && (join.kind() == JoinOperator.Kind.RIGHT || join.kind() == JoinOperator.Kind.FULL);
  }

  /**
   * Resolves the conditions after ON, which may name result columns as WHERE may.
   *
   * @param first position of the clause's first source in the scope
   */
  void conditions(FromClause from, Scope scope, int first) {
    List<FromClause.Term> terms = from.terms();
    for (int i = 1; i < terms.size(); i++) {
      Expr on = terms.get(i).on();
      if (on != null) {
        Source source = scope.sources.get(first + i);
        BoundExpr condition = selects.exprs().scalar(on, scope);
        checkOn(condition, first + i, scope);
        source.on = and(source.on, condition);
      }
    }
  }

  /** What a subquery in FROM reads from outside, the query around it reads as well. */
  private static void markOuter(@Nullable BoundSelect inner, @Nullable BoundSelect around) {
    if (inner != null && around != null) {
      around.outerSources.addAll(inner.outerSources);
      around.usesOuterAggregate |= inner.usesOuterAggregate;
    }
  }

  private static void checkOn(BoundExpr condition, int position, Scope scope) {
    boolean outer = false;
    for (Source s : scope.sources) {
      outer |= s.join == JoinOperator.Kind.RIGHT || s.join == JoinOperator.Kind.FULL;
    }
    JoinOperator.Kind kind = scope.sources.get(position).join;
    boolean strict = outer || kind == JoinOperator.Kind.LEFT;
    if (!strict) {
      return;
    }
    for (Source used : ExprResolver.sourcesOf(List.of(condition))) {
      if (scope.sources.contains(used) && used.position > position) {
        throw CompileEnvironment.error("ON clause references tables to its right");
      }
    }
  }

  static BoundExpr and(@Nullable BoundExpr left, BoundExpr right) {
    return left == null ? right : new BoundExpr.Binary(BinaryOperator.AND, left, right);
  }

  private static void markNullable(List<Source> sources) {
    for (int i = 1; i < sources.size(); i++) {
      JoinOperator.Kind kind = sources.get(i).join;
      if (kind == JoinOperator.Kind.LEFT || kind == JoinOperator.Kind.FULL) {
        sources.get(i).nullable = true;
      }
      if (kind == JoinOperator.Kind.RIGHT || kind == JoinOperator.Kind.FULL) {
        for (int j = 0; j < i; j++) {
          sources.get(j).nullable = true;
        }
      }
    }
  }

  private void join(Source source, FromClause.Term term, Scope scope, boolean joinsRight) {
    JoinOperator join = term.join();
    if (join == null) {
      return;
    }
    source.join = join.kind();
    List<Identifier> using = term.using();
    if (join.natural()) {
      if (term.on() != null || !using.isEmpty()) {
        throw CompileEnvironment.error("a NATURAL join may not have an ON or USING clause");
      }
      using = commonColumns(source, scope.sources);
    }
    List<String> names = new ArrayList<>();
    for (Identifier column : using) {
      int right = source.plainColumn(column.name());
      BoundExpr left = right < 0 ? null : leftColumn(column.name(), scope, joinsRight);
      if (left == null) {
        throw CompileEnvironment.error(
            "cannot join using column " + column.name() + " - column not present in both tables");
      }
      source.use(right);
      names.add(column.name());
      source.on =
          and(
              source.on,
              new BoundExpr.Binary(
                  BinaryOperator.EQ, left, new BoundExpr.ColumnRef(source, right)));
    }
    source.using = names;
  }

  /**
   * What the column's name means to the left: that of the first table that has it, or what is not
   * NULL among those joined before if a RIGHT or FULL JOIN is there.
   */
  private @Nullable BoundExpr leftColumn(String name, Scope scope, boolean joinsRight) {
    Source first = null;
    for (Source source : scope.sources) {
      if (source.plainColumn(name) < 0) {
        continue;
      }
      if (first == null) {
        first = source;
      } else if (joinsRight && !SqlNames.contains(source.using, name)) {
        throw CompileEnvironment.error("ambiguous reference to " + name + " in USING()");
      }
    }
    if (first == null) {
      return null;
    }
    if (joinsRight) {
      return selects
          .exprs()
          .resolve(new Expr.ColumnRef(null, null, Identifier.of(name), -1), scope);
    }
    int column = first.plainColumn(name);
    first.use(column);
    return new BoundExpr.ColumnRef(first, column);
  }

  private static List<Identifier> commonColumns(Source source, List<Source> left) {
    List<Identifier> common = new ArrayList<>();
    for (String name : source.plainNames()) {
      for (Source other : left) {
        if (SqlNames.contains(other.plainNames(), name)) {
          common.add(Identifier.of(name));
          break;
        }
      }
    }
    return common;
  }

  private Source source(FromItem item, Scope scope, @Nullable CommonTables tables) {
    if (item instanceof FromItem.Table table) {
      return table(table, scope, tables);
    } else if (item instanceof FromItem.Subquery subquery) {
      BoundSelect select = selects.resolve(subquery.select(), scope.parent, tables);
      String alias = subquery.alias() == null ? null : subquery.alias().name();
      return new Source(
          ResultNames.shape(alias == null ? "subquery" : alias, select, List.of()),
          alias,
          null,
          select);
    } else if (item instanceof FromItem.Nested nested) {
      return nested(nested, scope, tables);
    } else if (item instanceof FromItem.TableFunction function) {
      return tableFunction(function, tables);
    }
    throw new IllegalStateException("unknown FROM item " + item.getClass());
  }

  private Source tableFunction(FromItem.TableFunction function, @Nullable CommonTables tables) {
    String name = function.name().name().name();
    if (function.name().schema() == null && CommonTables.find(tables, name) != null) {
      throw CompileEnvironment.error("'" + name + "' is not a function");
    }
    Table table = environment.table(function.name());
    if (!table.isVirtual()) {
      throw CompileEnvironment.error("'" + name + "' is not a function");
    }
    checkRisk(table);
    return new Source(
        table,
        function.alias() == null ? name : function.alias().name(),
        environment.schemaName(table),
        null);
  }

  /** Views and triggers may come with a file that somebody else has made. */
  private void checkRisk(Table table) {
    if (table.virtual == null || environment.expandingViews.isEmpty() || environment.temporary) {
      return;
    }
    RiskLevel risk = table.virtual.instance().riskLevel();
    boolean trusted = environment.connection().isSet(ConnectionFlag.TRUSTED_SCHEMA);
    if (risk.compareTo(trusted ? RiskLevel.NORMAL : RiskLevel.INNOCUOUS) > 0) {
      throw CompileEnvironment.error("unsafe use of virtual table \"" + table.name + "\"");
    }
  }

  /** Arguments may use the columns of all tables in FROM, also those to the right. */
  private void resolveArguments(FromClause from, Scope scope, int first) {
    for (int i = 0; i < from.terms().size(); i++) {
      if (!(innermost(from.terms().get(i).item()) instanceof FromItem.TableFunction function)) {
        continue;
      }
      Source source = scope.sources.get(first + i);
      source.functionArguments = selects.exprs().scalars(function.arguments(), scope);
      int hidden = 0;
      for (Column column : source.table.columns) {
        hidden += column.hidden() ? 1 : 0;
      }
      if (source.functionArguments.size() > hidden) {
        throw CompileEnvironment.error(
            "too many arguments on " + source.table.name + "() - max " + hidden);
      }
    }
  }

  /** What stands in parentheses that mean nothing. */
  private static FromItem innermost(FromItem item) {
    FromItem inner = item;
    while (inner instanceof FromItem.Nested nested
        && nested.alias() == null
        && nested.from().terms().size() == 1) {
      inner = nested.from().terms().get(0).item();
    }
    return inner;
  }

  private Source nested(FromItem.Nested nested, Scope scope, @Nullable CommonTables tables) {
    List<FromClause.Term> terms = nested.from().terms();
    if (terms.size() == 1 && nested.alias() == null) {
      return source(terms.get(0).item(), scope, tables);
    }
    SelectCore.Query all =
        new SelectCore.Query(
            false,
            List.of(new ResultColumn.Star()),
            nested.from(),
            null,
            List.of(),
            null,
            List.of(),
            nested.offset());
    List<Source.NestedColumn> columns = new ArrayList<>();
    BoundSelect select = selects.resolveNested(Select.of(all), scope.parent, tables, columns);
    String alias = nested.alias() == null ? null : nested.alias().name();
    Source source =
        new Source(
            ResultNames.shape(alias == null ? "join" : alias, select, List.of()),
            alias,
            null,
            select);
    source.nested = columns;
    return source;
  }

  private Source table(FromItem.Table item, Scope scope, @Nullable CommonTables tables) {
    String name = item.name().name().name();
    String alias = item.alias() == null ? name : item.alias().name();
    if (item.name().schema() == null) {
      CommonTables.Definition definition = CommonTables.find(tables, name);
      if (definition != null) {
        return commonTable(definition, alias, scope);
      }
    }
    Table table = environment.table(item.name());
    if (table.isView()) {
      Identifier index = item.hint() == null ? null : item.hint().index();
      if (index != null) {
        throw CompileEnvironment.error("no such index: " + index.name());
      }
      return view(table, item.name(), alias);
    }
    checkRisk(table);
    Source source = new Source(table, alias, environment.schemaName(table), null);
    source.setHint(item.hint());
    return source;
  }

  private Source commonTable(CommonTables.Definition definition, String alias, Scope scope) {
    String name = definition.source.name().name();
    if (definition.recursiveShape != null
        && scope.query != null
        && scope.query == definition.recursiveQuery) {
      if (definition.recursiveSource != null) {
        throw CompileEnvironment.error("multiple references to recursive table: " + name);
      }
      Source source = new Source(definition.recursiveShape, alias, null, null);
      source.recursive = true;
      definition.recursiveSource = source;
      return source;
    }
    if (definition.error != null) {
      throw CompileEnvironment.error(definition.error + ": " + name);
    }
    definition.error = "circular reference";
    try {
      BoundSelect select = selects.resolveCommonTable(definition, scope.parent);
      Source source =
          new Source(
              ResultNames.shape(name, select, definition.source.columns()), alias, null, select);
      source.commonTable = definition.use;
      definition.use.add();
      return source;
    } finally {
      definition.error = null;
    }
  }

  private Source view(Table table, QualifiedName name, String alias) {
    CreateView view = table.view;
    if (view == null) {
      throw new IllegalStateException("view without definition");
    }
    BoundSelect select = selects.viewQuery(table);
    Source source =
        new Source(
            ResultNames.viewShape(table.name, select, view.columns()),
            alias,
            name.schema() == null ? environment.schemaName(table) : name.schema().name(),
            select);
    source.view = table;
    return source;
  }
}

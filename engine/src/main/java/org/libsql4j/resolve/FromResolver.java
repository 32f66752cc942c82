package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.schema.Table;
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

/** Resolves FROM clauses: tables, views, subqueries and how they are joined. */
final class FromResolver {
  private final CompileEnvironment environment;
  private final SelectResolver selects;

  FromResolver(CompileEnvironment environment, SelectResolver selects) {
    this.environment = environment;
    this.selects = selects;
  }

  /** Adds the sources of a FROM clause to the scope, then resolves the join conditions. */
  void resolve(FromClause from, Scope scope, @Nullable CommonTables tables) {
    List<FromClause.Term> terms = from.terms();
    int first = scope.sources.size();
    for (FromClause.Term term : terms) {
      Source source = source(term.item(), scope, tables);
      markOuter(source.subquery, scope.select);
      source.position = scope.sources.size();
      join(source, term, scope);
      scope.sources.add(source);
    }
    for (int i = 1; i < terms.size(); i++) {
      Expr on = terms.get(i).on();
      if (on != null) {
        Source source = scope.sources.get(first + i);
        BoundExpr condition = selects.exprs().scalar(on, scope);
        checkOn(condition, first + i, scope);
        source.on = and(source.on, condition);
      }
    }
    markNullable(scope.sources);
  }

  /** What a subquery in FROM reads from outside, the query around it reads as well. */
  private static void markOuter(@Nullable BoundSelect inner, @Nullable BoundSelect around) {
    if (inner != null && around != null) {
      around.outerSources.addAll(inner.outerSources);
      around.usesOuterAggregate |= inner.usesOuterAggregate;
    }
  }

  private static void checkOn(BoundExpr condition, int position, Scope scope) {
    boolean outer =
        scope.sources.stream()
            .anyMatch(s -> s.join == JoinOperator.Kind.RIGHT || s.join == JoinOperator.Kind.FULL);
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

  private void join(Source source, FromClause.Term term, Scope scope) {
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
      BoundExpr left = right < 0 ? null : leftColumn(column.name(), scope);
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

  private @Nullable BoundExpr leftColumn(String name, Scope scope) {
    boolean found = false;
    for (Source source : scope.sources) {
      found |= source.plainColumn(name) >= 0;
    }
    return found
        ? selects.exprs().resolve(new Expr.ColumnRef(null, null, Identifier.of(name), -1), scope)
        : null;
  }

  private static List<Identifier> commonColumns(Source source, List<Source> left) {
    List<Identifier> common = new ArrayList<>();
    for (String name : source.plainNames()) {
      for (Source other : left) {
        if (other.plainNames().stream().anyMatch(name::equalsIgnoreCase)) {
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
      throw CompileEnvironment.error(
          "table-valued functions are not supported yet: " + function.name().name().name());
    }
    throw new IllegalStateException("unknown FROM item " + item.getClass());
  }

  private Source nested(FromItem.Nested nested, Scope scope, @Nullable CommonTables tables) {
    List<FromClause.Term> terms = nested.from().terms();
    if (terms.size() == 1 && nested.alias() == null) {
      return source(terms.get(0).item(), scope, tables);
    }
    SelectCore.Query all =
        new SelectCore.Query(
            false,
            List.of(new ResultColumn.Star(nested.offset())),
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
    if (alias == null) {
      source.nested = columns;
    }
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
      return view(table, item.name(), alias);
    }
    Source source = new Source(table, alias, environment.schemaName(table), null);
    source.hint = item.hint();
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
    return new Source(
        ResultNames.shape(table.name, select, view.columns()),
        alias,
        name.schema() == null ? environment.schemaName(table) : name.schema().name(),
        select);
  }
}

package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.Authorization;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.connection.Limit;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.SqlNames;
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
import org.libsql4j.sql.ast.With;

/** Resolves queries. */
public final class SelectResolver {
  private static final String UNEVEN_VALUES = "all VALUES must have the same number of terms";

  private final CompileEnvironment environment;
  private final ExprResolver exprs;
  private final FromResolver froms;
  private final OrderResolver orders;

  /** Common tables of the statement around, for subqueries in expressions. */
  private @Nullable CommonTables current;

  /** What statements of a trigger's body see besides their own tables: NEW and OLD; or null. */
  private @Nullable Scope triggerScope;

  public SelectResolver(CompileEnvironment environment) {
    this.environment = environment;
    this.exprs = new ExprResolver(environment, this);
    this.froms = new FromResolver(environment, this);
    this.orders = new OrderResolver(exprs);
  }

  public ExprResolver exprs() {
    return exprs;
  }

  /** Resolves a query that stands on its own. */
  public BoundSelect resolve(Select select) {
    try {
      return authorized(select, triggerScope);
    } catch (LibsqlException error) {
      String message = String.valueOf(error.getMessage());
      if (!message.equals(UNEVEN_VALUES) && !message.startsWith("no such index: ")) {
        MissingTables.check(this, environment, current, select);
      }
      throw error;
    }
  }

  /** Resolves a query that runs on its own, if it may; what is ignored gives no rows. */
  private BoundSelect authorized(Select select, @Nullable Scope outer) {
    boolean oneRow =
        select.compounds().isEmpty()
            && select.first() instanceof SelectCore.Values values
            && values.rows().size() == 1;
    boolean allowed =
        oneRow || environment.authorization().allows(Authorizer.SELECT, null, null, null);
    BoundSelect bound = resolve(select, outer, current);
    if (!allowed) {
      bound.limit = new BoundExpr.IntegerValue(0);
    }
    return bound;
  }

  /** Makes the statements that follow the body of a trigger, which sees these names. */
  public void enterTrigger(Scope scope) {
    triggerScope = scope;
  }

  /** A scope for a query that is made from the parts of another statement. */
  public Scope queryScope(BoundSelect select) {
    return new Scope(triggerScope, select, select.first(), Scope.Place.QUERY);
  }

  /** A scope for the expressions of an INSERT, UPDATE or DELETE that stand in no query. */
  public Scope statementScope(List<Source> sources) {
    Scope scope = new Scope(triggerScope, null, null, Scope.Place.QUERY);
    scope.sources.addAll(sources);
    return scope;
  }

  /** Resolves a query inside an expression or a statement with the given names around it. */
  public BoundSelect subquery(Select select, @Nullable Scope scope) {
    return authorized(select, scope);
  }

  /** Makes the tables of a WITH clause in front of INSERT, UPDATE or DELETE known. */
  public void enterWith(With with) {
    current = new CommonTables(current, with);
  }

  /** Forgets the WITH clauses entered: the next statement of a trigger's body begins. */
  public void leaveWith() {
    current = null;
  }

  BoundSelect resolve(Select select, @Nullable Scope outer, @Nullable CommonTables tables) {
    return resolve(select, outer, tables, null, null, null);
  }

  BoundSelect resolveNested(
      Select select,
      @Nullable Scope outer,
      @Nullable CommonTables tables,
      List<Source.NestedColumn> nested) {
    return resolve(select, outer, tables, nested, null, null);
  }

  private BoundSelect resolve(
      Select select,
      @Nullable Scope outer,
      @Nullable CommonTables tables,
      @Nullable List<Source.NestedColumn> nested,
      CommonTables.@Nullable Definition named,
      @Nullable Recursive recursive) {
    CommonTables visible = select.with() == null ? tables : new CommonTables(tables, select.with());
    CommonTables saved = current;
    current = visible;
    try {
      BoundSelect bound = new BoundSelect();
      bound.number =
          select.number() == 0 || !environment.expandingViews.isEmpty()
              ? environment.newSelectNumber()
              : environment.useSelectNumber(select.number());
      if (select.limit() != null) {
        limit(select, select.limit(), bound, outer);
      }
      Scope scope = firstCore(select, bound, outer, visible, nested, named, recursive != null);
      for (int i = 0; i < select.compounds().size(); i++) {
        Select.Compound compound = select.compounds().get(i);
        if (recursive != null && bound.cores.size() == recursive.setupCount) {
          recursive.begin(bound);
        }
        bound.operators.add(compound.operator());
        core(compound.core(), bound, outer, visible, null, recursive);
        if (recursive != null) {
          checkWidth(bound, compound.operator());
        }
        if (recursive != null && bound.recursion != null) {
          recursive.endCore(bound.recursion);
        }
      }
      if (recursive == null) {
        checkWidths(bound);
      }
      order(select, bound, scope, outer);
      authorizeSources(bound);
      return bound;
    } finally {
      current = saved;
    }
  }

  /**
   * Resolves the leftmost core. If it is wrong, another one may be as well: the error of the
   * rightmost is reported, that of a missing table before those of expressions.
   */
  private Scope firstCore(
      Select select,
      BoundSelect bound,
      @Nullable Scope outer,
      @Nullable CommonTables tables,
      @Nullable List<Source.NestedColumn> nested,
      CommonTables.@Nullable Definition named,
      boolean recursive) {
    try {
      Scope scope = core(select.first(), bound, outer, tables, nested, null);
      if (named != null) {
        ResultNames.checkWidth(named.source.name().name(), bound, named.source.columns());
      }
      return scope;
    } catch (LibsqlException error) {
      if (named != null
          && bound.columnCount() > 0
          && "no tables specified".equals(error.getMessage())) {
        ResultNames.checkWidth(named.source.name().name(), bound, named.source.columns());
      }
      boolean table = isMissingTable(error);
      for (int i = select.compounds().size() - 1; i >= 0 && !recursive; i--) {
        LibsqlException other = errorOf(select.compounds().get(i).core(), outer, tables);
        if (other != null && (!table || isMissingTable(other))) {
          throw other;
        }
      }
      throw error;
    }
  }

  private static boolean isMissingTable(LibsqlException error) {
    return String.valueOf(error.getMessage()).startsWith("no such table: ");
  }

  private @Nullable LibsqlException errorOf(
      SelectCore core, @Nullable Scope outer, @Nullable CommonTables tables) {
    try {
      core(core, new BoundSelect(), outer, tables, null, null);
      return null;
    } catch (LibsqlException error) {
      return error;
    }
  }

  /** Asks for tables of which no column is read, and for the queries in FROM. */
  private void authorizeSources(BoundSelect bound) {
    Authorization authorization = environment.authorization();
    if (!authorization.isActive()) {
      return;
    }
    for (BoundQuery query : bound.cores) {
      for (Source source : query.sources) {
        Table table = source.table;
        String database = table.schema == null ? source.schemaName : environment.schemaName(table);
        if (source.columnsUsed == 0 && database != null) {
          authorization.allows(Authorizer.READ, table.name, "", null);
        }
        if (source.subquery != null && source.nested == null) {
          boolean named = database != null || source.commonTable != null;
          String outer = authorization.enter(named ? table.name : null);
          try {
            authorization.allows(Authorizer.SELECT, null, null, null);
            if (source.subquery.recursion != null) {
              authorization.allows(Authorizer.RECURSIVE, null, null, null);
            }
          } finally {
            authorization.leave(outer);
          }
        }
      }
    }
  }

  private static void checkWidths(BoundSelect bound) {
    for (int i = 1; i < bound.cores.size(); i++) {
      checkWidth(bound, i, bound.operators.get(i - 1));
    }
  }

  private static void checkWidth(BoundSelect bound, Select.CompoundOperator operator) {
    checkWidth(bound, bound.cores.size() - 1, operator);
  }

  private static void checkWidth(BoundSelect bound, int i, Select.CompoundOperator operator) {
    BoundQuery last = bound.cores.get(i);
    if (last.columns.size() != bound.columnCount()) {
      BoundQuery previous = bound.cores.get(i - 1);
      throw CompileEnvironment.error(
          last.values != null && previous.values != null
              ? UNEVEN_VALUES
              : "SELECTs to the left and right of "
                  + operator.sql()
                  + " do not have the same number of result columns");
    }
  }

  /** ORDER BY of the whole query. */
  private void order(Select select, BoundSelect bound, Scope scope, @Nullable Scope outer) {
    if (bound.isCompound()) {
      bound.orderBy.addAll(orders.compound(select.orderBy(), bound, outer));
    } else {
      bound.orderBy.addAll(orders.simple(select.orderBy(), bound, scope));
    }
  }

  private void limit(
      Select select, org.libsql4j.sql.ast.Limit limit, BoundSelect bound, @Nullable Scope outer) {
    // Of all the names around only those of a trigger's row are known here.
    Scope around = outer == null ? null : triggerScope;
    Scope none = new Scope(around, bound, null, Scope.Place.QUERY);
    try {
      bound.limit = exprs.scalar(limit.limit(), none);
      bound.offset = exprs.scalarOrNull(limit.offset(), none);
    } catch (LibsqlException error) {
      // A query in the expression of another statement than a query is looked at nowhere else.
      MissingTables.check(this, environment, current, select);
      throw error;
    }
  }

  private Scope core(
      SelectCore core,
      BoundSelect bound,
      @Nullable Scope outer,
      @Nullable CommonTables tables,
      @Nullable List<Source.NestedColumn> nested,
      @Nullable Recursive recursive) {
    BoundQuery query = new BoundQuery();
    if (recursive != null) {
      recursive.definition.recursiveQuery = query;
    }
    bound.cores.add(query);
    Scope scope = new Scope(outer, bound, query, Scope.Place.QUERY);
    if (core instanceof SelectCore.Values values) {
      values(values, bound, query, scope);
    } else if (core instanceof SelectCore.Query select) {
      query(select, query, scope, tables, nested);
    }
    return scope;
  }

  private void values(SelectCore.Values values, BoundSelect bound, BoundQuery query, Scope scope) {
    int width = values.rows().get(0).size();
    boolean single = values.rows().size() == 1;
    List<BoundQuery> rows = new ArrayList<>(values.rows().size());
    boolean windows = false;
    for (List<Expr> row : values.rows()) {
      boolean first = rows.isEmpty();
      BoundQuery rowQuery = first ? query : new BoundQuery();
      Scope rowScope = first ? scope : new Scope(scope.parent, bound, rowQuery, Scope.Place.QUERY);
      rowScope.allowAggregates = true;
      rowScope.allowWindows = true;
      rowScope.aggregatesMisused = !single;
      for (Expr expr : row) {
        String name = "column" + (rowQuery.columns.size() + 1);
        rowQuery.columns.add(new BoundQuery.Column(exprs.scalar(expr, rowScope), name, false));
      }
      if (row.size() != width) {
        throw CompileEnvironment.error(UNEVEN_VALUES);
      }
      rows.add(rowQuery);
      windows |= !rowQuery.windowCalls.isEmpty();
    }
    if (windows) {
      for (BoundQuery row : rows.subList(1, rows.size())) {
        bound.operators.add(Select.CompoundOperator.UNION_ALL);
        bound.cores.add(row);
      }
    } else if (!single) {
      query.values = new ArrayList<>(rows.size());
      query.constantRows = current != null || !environment.expandingViews.isEmpty();
      for (BoundQuery row : rows) {
        query.values.add(row.expressions());
      }
    }
  }

  private void query(
      SelectCore.Query select,
      BoundQuery query,
      Scope scope,
      @Nullable CommonTables tables,
      @Nullable List<Source.NestedColumn> nested) {
    query.distinct = select.distinct();
    scope.windows = WindowResolver.chain(select.windows());
    if (select.from() != null) {
      froms.resolve(select.from(), scope, tables);
    }
    query.sources.addAll(scope.sources);
    scope.allowAggregates = true;
    scope.allowWindows = true;
    int limit = environment.connection().limit(Limit.COLUMN);
    checkColumns(select.columns().size(), limit);
    for (ResultColumn column : select.columns()) {
      resultColumn(column, query, scope, nested);
    }
    checkColumns(query.columns.size(), limit);
    scope.aliases = query.columns;
    having(select, query, scope);
    // In an aggregate query they are resolved here as well, but it is too late to compute them.
    scope.allowAggregates = query.aggregate || !select.groupBy().isEmpty();
    scope.aggregatesMisused = true;
    scope.allowWindows = false;
    if (select.from() != null) {
      froms.conditions(select.from(), scope, 0);
    }
    query.where = exprs.scalarOrNull(select.where(), scope);
    scope.aggregatesMisused = false;
    scope.allowAggregates = false;
    query.groupBy.addAll(orders.groupBy(select.groupBy(), query, scope));
    scope.allowAggregates = true;
    scope.allowWindows = true;
  }

  private void having(SelectCore.Query select, BoundQuery query, Scope scope) {
    if (!select.groupBy().isEmpty()) {
      query.aggregate = true;
    }
    if (select.having() != null && !query.aggregate) {
      throw CompileEnvironment.error("HAVING clause on a non-aggregate query");
    }
    scope.allowWindows = false;
    query.having = exprs.scalarOrNull(select.having(), scope);
  }

  // ---- result columns ---------------------------------------------------------------------------

  private static void checkColumns(int count, int limit) {
    if (count > limit) {
      throw CompileEnvironment.error("too many columns in result set");
    }
  }

  private void resultColumn(
      ResultColumn column,
      BoundQuery query,
      Scope scope,
      @Nullable List<Source.NestedColumn> nested) {
    if (column instanceof ResultColumn.Expression e) {
      BoundExpr expr = exprs.scalar(e.expr(), scope);
      String name = e.alias() != null ? e.alias().name() : defaultName(e, expr);
      query.columns.add(new BoundQuery.Column(expr, name, e.alias() != null));
    } else if (column instanceof ResultColumn.Star) {
      if (scope.sources.isEmpty()) {
        throw CompileEnvironment.error("no tables specified");
      }
      for (Source source : scope.sources) {
        expand(source, null, query, scope, nested);
      }
    } else if (column instanceof ResultColumn.TableStar star) {
      String table = star.table().name();
      boolean found = false;
      for (Source source : scope.sources) {
        if (source.nested != null || ColumnLookup.isNamed(source, null, table)) {
          found |= expand(source, table, query, scope, nested);
        }
      }
      if (!found) {
        throw CompileEnvironment.error("no such table: " + table);
      }
    }
  }

  /**
   * Resolves the RETURNING clause of an INSERT, UPDATE or DELETE.
   *
   * @param scope with the changed table as only source
   */
  public BoundQuery returning(List<ResultColumn> columns, Scope scope) {
    BoundQuery query = new BoundQuery();
    for (ResultColumn column : columns) {
      if (column instanceof ResultColumn.TableStar) {
        throw CompileEnvironment.error("RETURNING may not use \"TABLE.*\" wildcards");
      }
      try {
        resultColumn(column, query, scope, null);
      } catch (LibsqlException error) {
        MissingTables.check(this, environment, current, columns);
        throw error;
      }
    }
    checkColumns(query.columns.size(), environment.connection().limit(Limit.COLUMN));
    return query;
  }

  private String defaultName(ResultColumn.Expression e, BoundExpr expr) {
    if (expr instanceof BoundExpr.ColumnRef ref && e.expr() instanceof Expr.ColumnRef) {
      String column =
          ref.column() < 0 ? rowidName(ref) : ref.source().table.column(ref.column()).name();
      if (environment.connection().isSet(ConnectionFlag.FULL_COLUMN_NAMES)) {
        return ref.source().table.name + "." + column;
      }
      return environment.connection().isSet(ConnectionFlag.SHORT_COLUMN_NAMES) ? column : e.text();
    }
    return e.text();
  }

  private static String rowidName(BoundExpr.ColumnRef ref) {
    Table table = ref.source().table;
    return table.rowidColumn >= 0 ? table.column(table.rowidColumn).name() : "rowid";
  }

  /** Adds the columns of one source for a star; answers whether the source was meant. */
  private boolean expand(
      Source source,
      @Nullable String only,
      BoundQuery query,
      Scope scope,
      @Nullable List<Source.NestedColumn> nested) {
    boolean found = source.nested == null;
    boolean byAlias = source.nested != null && only != null && only.equalsIgnoreCase(source.alias);
    String table = byAlias ? null : only;
    for (int i = 0; i < source.table.columnCount(); i++) {
      Column column = source.table.column(i);
      if (column.hidden()) {
        continue;
      }
      String name = column.name();
      if (source.nested != null) {
        Source.NestedColumn from = source.nested.get(i);
        name = from.name();
        if (from.isRowid()) {
          if (nested != null) {
            query.columns.add(
                new BoundQuery.Column(new BoundExpr.ColumnRef(source, i), "_ROWID_", true));
            nested.add(from);
          }
          continue;
        }
        if (table != null && !table.equalsIgnoreCase(from.table())) {
          continue;
        }
        if (table == null && from.hiddenByUsing() && nested == null) {
          continue;
        }
        found = true;
      }
      boolean joined = isUsed(source, name);
      if (table == null && joined && nested == null) {
        continue;
      }
      BoundExpr expr;
      if (table == null && nested == null && rightJoinUses(source, name, scope)) {
        expr = plainColumn(name, scope);
      } else {
        StarColumns.check(source, i, name, scope.sources);
        source.use(i);
        expr = exprs.columns().authorized(new BoundExpr.ColumnRef(source, i), scope);
      }
      boolean joinedLater = nested != null && isUsedLater(source, name, scope);
      if (nested != null && joinedLater && !joined) {
        // What the plain name means outside, before the columns that are joined.
        BoundExpr plain = rightJoinUses(source, name, scope) ? plainColumn(name, scope) : expr;
        query.columns.add(new BoundQuery.Column(plain, name, true));
        nested.add(new Source.NestedColumn(null, null, name, false));
      }
      query.columns.add(new BoundQuery.Column(expr, starName(source, name), true));
      if (nested != null) {
        nested.add(nestedColumn(source, i, name, joined || joinedLater));
      }
    }
    if (nested != null && source.hasRowid()) {
      String name = Source.NestedColumn.ROWID;
      query.columns.add(
          new BoundQuery.Column(new BoundExpr.ColumnRef(source, -1), "_ROWID_", true));
      nested.add(new Source.NestedColumn(source.schemaName, source.alias, name, true));
    }
    return found;
  }

  /** With full_column_names alone a star gives names with the table's name in front. */
  private String starName(Source source, String name) {
    boolean full =
        environment.connection().isSet(ConnectionFlag.FULL_COLUMN_NAMES)
            && !environment.connection().isSet(ConnectionFlag.SHORT_COLUMN_NAMES);
    if (!full) {
      return name;
    }
    String table =
        source.alias == null && source.subquery != null && source.nested == null
            ? "(subquery-" + source.subquery.number + ")"
            : source.alias;
    return table == null ? name : table + "." + name;
  }

  private static Source.NestedColumn nestedColumn(
      Source source, int column, String name, boolean joined) {
    if (source.nested != null) {
      Source.NestedColumn inner = source.nested.get(column);
      return new Source.NestedColumn(
          inner.schema(), inner.table(), name, joined || inner.hiddenByUsing());
    }
    return new Source.NestedColumn(source.schemaName, source.alias, name, joined);
  }

  private static boolean isUsed(Source source, String column) {
    return SqlNames.contains(source.using, column);
  }

  private BoundExpr plainColumn(String name, Scope scope) {
    return exprs.resolve(new Expr.ColumnRef(null, null, Identifier.of(name), -1), scope);
  }

  /**
   * Whether a column is the left side of a USING further to the right: the leftmost of its name.
   */
  private static boolean isUsedLater(Source source, String column, Scope scope) {
    for (Source other : scope.sources.subList(0, source.position)) {
      if (other.table.columnIndex(column) >= 0) {
        return false;
      }
    }
    for (Source other : scope.sources.subList(source.position + 1, scope.sources.size())) {
      if (isUsed(other, column)) {
        return true;
      }
    }
    return false;
  }

  private static boolean rightJoinUses(Source source, String column, Scope scope) {
    for (Source other : scope.sources.subList(source.position + 1, scope.sources.size())) {
      if ((other.join == JoinOperator.Kind.RIGHT || other.join == JoinOperator.Kind.FULL)
          && isUsed(other, column)) {
        return true;
      }
    }
    return false;
  }

  /** Adds the sources of UPDATE ... FROM to a scope that has the updated table already. */
  public void from(FromClause from, Scope scope) {
    int first = scope.sources.size();
    froms.resolve(from, scope, current);
    froms.conditions(from, scope, first);
  }

  // ---- views, common tables, IN table
  // -------------------------------------------------------------

  /** The resolved query of a view. */
  public BoundSelect viewQuery(Table table) {
    CreateView view = table.view;
    if (view == null) {
      throw new IllegalStateException("not a view: " + table.name);
    }
    if (environment.expandingViews.contains(table)) {
      throw CompileEnvironment.error("view " + table.name + " is circularly defined");
    }
    String savedDefault = environment.defaultSchema;
    environment.expandingViews.push(table);
    String schemaName = environment.schemaName(table);
    String outer = environment.authorization().enter(table.name);
    boolean outerTemporary = environment.temporary;
    environment.temporary = "temp".equalsIgnoreCase(schemaName);
    environment.defaultSchema = environment.temporary ? null : schemaName;
    try {
      return resolve(view.select(), null, null);
    } finally {
      environment.expandingViews.pop();
      environment.authorization().leave(outer);
      environment.temporary = outerTemporary;
      environment.defaultSchema = savedDefault;
    }
  }

  /** The columns of a view as a table. */
  public Table viewShape(Table table) {
    BoundSelect select = viewQuery(table);
    return ResultNames.viewShape(
        table.name, select, table.view == null ? List.of() : table.view.columns());
  }

  BoundSelect resolveCommonTable(CommonTables.Definition definition, @Nullable Scope outer) {
    Select select = definition.source.select();
    int setupCount = setupCount(select, definition.source.name().name());
    if (setupCount == 0 || setupCount > select.compounds().size()) {
      return resolve(select, outer, definition.visible, null, definition, null);
    }
    Recursive recursive = new Recursive(definition, setupCount);
    try {
      return resolve(select, outer, definition.visible, null, definition, recursive);
    } finally {
      definition.recursiveShape = null;
      definition.recursiveQuery = null;
    }
  }

  /** What is known of a recursive common table while its cores are resolved. */
  private record Recursive(CommonTables.Definition definition, int setupCount) {
    /** The cores before the recursive ones are resolved: they give the table its columns. */
    void begin(BoundSelect setup) {
      definition.recursiveShape =
          ResultNames.shape(definition.source.name().name(), setup, definition.source.columns());
      definition.error = "multiple recursive references";
      definition.recursiveSource = null;
      setup.recursion = new BoundSelect.Recursion(setupCount, new ArrayList<>());
    }

    void endCore(BoundSelect.Recursion recursion) {
      Source source = definition.recursiveSource;
      if (source == null) {
        throw new IllegalStateException("recursive core without recursive table");
      }
      recursion.rows().add(source);
      definition.recursiveSource = null;
    }
  }

  /** Number of cores before the recursive ones at the end; all cores if there are none. */
  private static int setupCount(Select select, String name) {
    List<Select.Compound> compounds = select.compounds();
    int count = compounds.size() + 1;
    if (compounds.isEmpty()) {
      return count;
    }
    Select.CompoundOperator operator = compounds.get(compounds.size() - 1).operator();
    if (operator != Select.CompoundOperator.UNION_ALL
        && operator != Select.CompoundOperator.UNION) {
      return count;
    }
    while (count > 1) {
      Select.Compound compound = compounds.get(count - 2);
      if (compound.operator() != operator
          || !(compound.core() instanceof SelectCore.Query query)
          || query.from() == null
          || !names(query.from(), name)) {
        break;
      }
      count--;
    }
    return count;
  }

  private static boolean names(FromClause from, String name) {
    for (FromClause.Term term : from.terms()) {
      if (term.item() instanceof FromItem.Table table
          && table.name().schema() == null
          && table.name().name().name().equalsIgnoreCase(name)) {
        return true;
      }
      if (term.item() instanceof FromItem.Nested nested
          && nested.from().terms().size() == 1
          && nested.alias() == null
          && names(nested.from(), name)) {
        return true;
      }
    }
    return false;
  }

  /** {@code SELECT * FROM table}, for {@code IN table}. */
  BoundSelect wholeTable(QualifiedName name, List<Expr> arguments, @Nullable Scope scope) {
    FromItem item =
        arguments.isEmpty()
            ? new FromItem.Table(name, null, null, name.offset())
            : new FromItem.TableFunction(name, arguments, null, name.offset());
    FromClause from = new FromClause(List.of(new FromClause.Term(null, item, null, List.of())));
    SelectCore.Query all =
        new SelectCore.Query(
            false,
            List.of(new ResultColumn.Star()),
            from,
            null,
            List.of(),
            null,
            List.of(),
            name.offset());
    return subquery(Select.of(all), scope);
  }
}

package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.libsql4j.connection.ConnectionFlag;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.func.FunctionDefinition.Flag;
import org.libsql4j.sql.ast.Expr;
import org.libsql4j.sql.ast.Over;

/** Resolves function calls: which definition, and whether it may stand where it does. */
final class FunctionResolver {
  private final CompileEnvironment environment;
  private final ExprResolver exprs;
  private final WindowResolver windows;

  FunctionResolver(CompileEnvironment environment, ExprResolver exprs) {
    this.environment = environment;
    this.exprs = exprs;
    this.windows = new WindowResolver(exprs);
  }

  /** A call of a scalar function by the engine's own syntax (LIKE, ->, CURRENT_TIME). */
  BoundExpr call(String name, List<BoundExpr> arguments) {
    FunctionDefinition definition = find(name, arguments.size(), -1, Scope.Place.QUERY);
    if (!environment.authorization().allowsFunction(definition.name())) {
      return new BoundExpr.NullValue();
    }
    return new BoundExpr.Call(definition, arguments);
  }

  private FunctionDefinition find(String name, int argumentCount, int offset, Scope.Place place) {
    FunctionDefinition definition = environment.connection().functions().find(name, argumentCount);
    if (definition == null || definition.has(Flag.INTERNAL)) {
      if (environment.connection().functions().isKnown(name)) {
        throw CompileEnvironment.error(
            "wrong number of arguments to function " + name + "()", offset);
      }
      boolean stored = place != Scope.Place.QUERY && place != Scope.Place.TRIGGER;
      if (stored && !environment.schemaStatement) {
        // It was there when the schema was made.
        throw CompileEnvironment.error("unknown function: " + name + "()");
      }
      throw CompileEnvironment.error("no such function: " + name, offset);
    }
    if (definition.has(Flag.LIKE)
        && !definition.has(Flag.CASE_SENSITIVE)
        && environment.connection().isSet(ConnectionFlag.CASE_SENSITIVE_LIKE)) {
      return definition.with(Flag.CASE_SENSITIVE);
    }
    return definition;
  }

  BoundExpr resolve(Expr.FunctionCall call, Scope scope) {
    String name = call.name().name();
    int count = call.star() ? 0 : call.arguments().size();
    if (environment.onlyNames && environment.connection().functions().find(name, count) == null) {
      exprs.scalars(call.arguments(), scope);
      exprs.sortTerms(call.orderBy(), scope);
      return new BoundExpr.NullValue();
    }
    FunctionDefinition definition;
    try {
      definition = find(name, count, call.offset(), scope.place);
    } catch (LibsqlException error) {
      exprs.scalars(call.arguments(), scope); // Their errors come first.
      throw error;
    }
    if (isForeign(scope)) {
      checkSafe(definition);
    }
    if (!isStored(scope) && !environment.authorization().allowsFunction(definition.name())) {
      return new BoundExpr.NullValue();
    }
    if (scope.place != Scope.Place.QUERY && scope.place != Scope.Place.TRIGGER) {
      checkPlace(definition, scope);
    }
    if (call.over() != null) {
      if (!call.orderBy().isEmpty()) {
        throw CompileEnvironment.error(
            "ORDER BY may not be used with non-aggregate " + name + "()", call.offset());
      }
      return window(call, call.over(), definition, scope);
    }
    if (definition.isAggregate()) {
      return aggregate(call, definition, scope);
    }
    if (call.filter() != null) {
      throw CompileEnvironment.error(
          "FILTER may not be used with non-aggregate " + name + "()", call.offset());
    }
    if (!call.orderBy().isEmpty() || call.withinGroup() != null) {
      throw CompileEnvironment.error(
          "ORDER BY may not be used with non-aggregate " + name + "()", call.offset());
    }
    List<BoundExpr> arguments = exprs.scalars(call.arguments(), scope);
    checkLikelihood(definition, arguments);
    return new BoundExpr.Call(definition, arguments);
  }

  /** Whether the call stands in a definition that the schema keeps, and not in the statement. */
  private static boolean isStored(Scope scope) {
    return scope.place != Scope.Place.QUERY && scope.place != Scope.Place.TRIGGER;
  }

  /** Whether the call comes with a database file, which somebody else may have written. */
  private boolean isForeign(Scope scope) {
    if (environment.onlyNames) {
      return false;
    }
    if (isStored(scope)) {
      return scope.owner == null || !"temp".equalsIgnoreCase(environment.schemaName(scope.owner));
    }
    return environment.authorization().context() != null && !environment.temporary;
  }

  /** What a view, a trigger or another part of a schema may call: it may be from a stranger. */
  private void checkSafe(FunctionDefinition definition) {
    boolean trusted = environment.connection().isSet(ConnectionFlag.TRUSTED_SCHEMA);
    if (definition.has(Flag.DIRECT_ONLY) || (!definition.has(Flag.INNOCUOUS) && !trusted)) {
      throw CompileEnvironment.error("unsafe use of " + definition.name() + "()");
    }
  }

  private static void checkPlace(FunctionDefinition definition, Scope scope) {
    if (scope.place != Scope.Place.DEFAULT
        && scope.place != Scope.Place.CHECK
        && !definition.has(Flag.DETERMINISTIC)
        && !definition.isAggregate()
        && !definition.has(Flag.SLOW_CHANGE)) {
      throw CompileEnvironment.error(
          "non-deterministic functions prohibited in " + scope.place.text());
    }
  }

  private static void checkLikelihood(FunctionDefinition definition, List<BoundExpr> arguments) {
    if (definition.has(Flag.UNLIKELY) && arguments.size() == 2) {
      double value = -1;
      if (arguments.get(1) instanceof BoundExpr.RealValue real) {
        value = real.value();
      }
      if (!(value >= 0.0 && value <= 1.0)) {
        throw CompileEnvironment.error(
            "second argument to likelihood() must be a constant between 0.0 and 1.0");
      }
    }
  }

  private BoundExpr aggregate(Expr.FunctionCall call, FunctionDefinition definition, Scope scope) {
    String name = call.name().name();
    if (scope.place == Scope.Place.DEFAULT && !environment.schemaStatement) {
      throw CompileEnvironment.error("unknown function: " + name + "()");
    }
    if (definition.has(Flag.WINDOW_ONLY)) {
      throw CompileEnvironment.error("misuse of window function " + name + "()", call.offset());
    }
    if (!scope.allowAggregates) {
      exprs.scalars(call.arguments(), scope); // Their errors come first.
      throw CompileEnvironment.error("misuse of aggregate function " + name + "()", call.offset());
    }
    boolean windowsAllowed = scope.allowWindows;
    scope.allowAggregates = false;
    scope.allowWindows = false;
    List<BoundExpr> arguments;
    BoundExpr filter;
    List<BoundExpr.SortTerm> orderBy;
    try {
      arguments = new ArrayList<>(exprs.scalars(call.arguments(), scope));
      filter = exprs.scalarOrNull(call.filter(), scope);
      orderBy = exprs.sortTerms(call.orderBy(), scope);
      if (call.withinGroup() != null) {
        arguments.add(0, exprs.scalar(call.withinGroup(), scope));
      }
    } finally {
      scope.allowAggregates = true;
      scope.allowWindows = windowsAllowed;
    }
    if (call.distinct() && arguments.size() != 1) {
      throw CompileEnvironment.error("DISTINCT aggregates must have exactly one argument");
    }
    List<BoundExpr> all = new ArrayList<>(arguments);
    if (filter != null) {
      all.add(filter);
    }
    for (BoundExpr.SortTerm term : orderBy) {
      all.add(term.expr());
    }
    Scope home = home(all, scope);
    if (home.query == null) {
      throw CompileEnvironment.error("misuse of aggregate function " + name + "()", call.offset());
    }
    if (home.aggregatesMisused || (home != scope && !home.allowAggregates)) {
      throw CompileEnvironment.error("misuse of aggregate: " + name + "()");
    }
    BoundExpr.Aggregate aggregate =
        new BoundExpr.Aggregate(
            definition, arguments, call.distinct(), filter, orderBy, home.query);
    home.foundAggregate = true;
    home.query.aggregate = true;
    if (!home.query.aggregates.contains(aggregate)) {
      home.query.aggregates.add(aggregate);
    }
    ColumnLookup.markOuter(aggregate, scope, home);
    return aggregate;
  }

  /** The innermost scope whose rows the arguments read; the current one if they read none. */
  private static Scope home(List<BoundExpr> arguments, Scope scope) {
    Set<Source> used = ExprResolver.sourcesOf(arguments);
    if (used.isEmpty()) {
      return scope;
    }
    for (Scope s = scope; s != null; s = s.parent) {
      for (Source source : s.sources) {
        if (used.contains(source)) {
          return s;
        }
      }
    }
    return scope;
  }

  private BoundExpr window(
      Expr.FunctionCall call, Over over, FunctionDefinition definition, Scope scope) {
    String name = call.name().name();
    if (!definition.isWindow()) {
      throw CompileEnvironment.error(
          name + "() may not be used as a window function", call.offset());
    }
    BoundQuery query = scope.query;
    if (!scope.allowWindows || !scope.allowAggregates || query == null) {
      exprs.scalars(call.arguments(), scope); // Their errors come first.
      throw CompileEnvironment.error("misuse of window function " + name + "()", call.offset());
    }
    if (call.distinct()) {
      throw CompileEnvironment.error("DISTINCT is not supported for window functions");
    }
    scope.allowWindows = false;
    try {
      List<BoundExpr> arguments = exprs.scalars(call.arguments(), scope);
      BoundExpr.WindowCall bound = windows.call(call, over, definition, arguments, scope);
      if (!query.windowCalls.contains(bound)) {
        query.windowCalls.add(bound);
      }
      return bound;
    } finally {
      scope.allowWindows = true;
    }
  }
}

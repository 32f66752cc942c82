package org.libsql4j.resolve;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.Window;

/**
 * The names that an expression may use, with the scopes of the enclosing queries behind it. SQLite
 * calls it NameContext.
 */
public final class Scope {
  /** Places where some expressions are forbidden; the text is how errors call the place. */
  public enum Place {
    QUERY(""),
    CHECK("CHECK constraints"),
    GENERATED("generated columns"),
    INDEX_EXPRESSION("index expressions"),
    PARTIAL_INDEX("partial index WHERE clauses"),
    DEFAULT("DEFAULT"),
    TRIGGER("triggers");

    private final String text;

    Place(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  public final @Nullable Scope parent;

  /** The query being resolved; null for expressions outside queries. */
  public final @Nullable BoundSelect select;

  /** The core that owns aggregates; null where there is none. */
  public final @Nullable BoundQuery query;

  public final Place place;
  public final List<Source> sources = new ArrayList<>();

  /** Result columns whose aliases may be used, or null. */
  public @Nullable List<BoundQuery.Column> aliases;

  /** The WINDOW clause. */
  public List<Window.Definition> windows = List.of();

  /** Whether aggregate functions are allowed here. */
  public boolean allowAggregates;

  /** Whether it is too late for the query to become an aggregate query. */
  public boolean aggregatesMisused;

  /** Whether window functions are allowed here. */
  public boolean allowWindows;

  /** Set when an aggregate that belongs here was found. */
  public boolean foundAggregate;

  /** Whose definition an expression outside of queries is part of; null if that is not known. */
  public @Nullable Table owner;

  /** Special row sources: NEW and OLD of a trigger, "excluded" of an upsert. */
  public final List<Source> pseudoSources = new ArrayList<>();

  public Scope(
      @Nullable Scope parent,
      @Nullable BoundSelect select,
      @Nullable BoundQuery query,
      Place place) {
    this.parent = parent;
    this.select = select;
    this.query = query;
    this.place = place;
  }

  /** A scope over given sources, for expressions outside queries. */
  public static Scope over(Place place, List<Source> sources) {
    Scope scope = new Scope(null, null, null, place);
    scope.sources.addAll(sources);
    scope.owner = sources.isEmpty() ? null : sources.get(0).table;
    return scope;
  }
}

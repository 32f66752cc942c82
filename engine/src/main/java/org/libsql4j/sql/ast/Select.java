package org.libsql4j.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole query: one or more cores joined by compound operators, evaluated from left to right.
 *
 * @param with null if there is no {@code WITH}
 * @param first the leftmost core
 * @param compounds the others in order; empty for a simple query
 * @param orderBy may be empty
 * @param offset place of the first token
 * @param number counts the cores of the statement in the order in which they end; that of the last
 *     core, by which EXPLAIN QUERY PLAN names the query; 0 if it was not written
 */
public record Select(
    @Nullable With with,
    SelectCore first,
    List<Compound> compounds,
    List<OrderingTerm> orderBy,
    @Nullable Limit limit,
    int offset,
    int number)
    implements Statement {

  /** How two result sets are combined. */
  public enum CompoundOperator {
    UNION("UNION"),
    UNION_ALL("UNION ALL"),
    EXCEPT("EXCEPT"),
    INTERSECT("INTERSECT");

    private final String sql;

    CompoundOperator(String sql) {
      this.sql = sql;
    }

    /** As written in SQL. */
    public String sql() {
      return sql;
    }
  }

  /** An operator and the core at its right. */
  public record Compound(CompoundOperator operator, SelectCore core) {}

  /** A query of one core without any other clause. */
  public static Select of(SelectCore core) {
    return new Select(null, core, List.of(), List.of(), null, core.offset(), 0);
  }
}

package org.libsql4j;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;

/**
 * Values for all the parameters of a statement, by their names. Stands in place of values in order
 * wherever those are taken, as the only one:
 *
 * <pre>{@code
 * connection.execute("INSERT INTO t VALUES (:id, :name)", Parameters.named(Map.of("id", 1, "name", "Ada")));
 * }</pre>
 *
 * <p>Names of parameters are matched without the {@code : @ $ ?} that they begin with in SQL. Every
 * parameter must get a value, and every value must have a parameter; {@link Binder} makes them of
 * objects.
 */
@FunctionalInterface
public interface Parameters {
  /**
   * Binds the values to the parameters of a statement.
   *
   * @throws LibsqlException RANGE "no value for parameter :a", "no such parameter: a", "parameter 1
   *     has no name"; MISMATCH "cannot bind a value of type T to :a"
   */
  void bindTo(Statement statement);

  /** The values of a map, by name with or without prefix; the map is copied. */
  static Parameters named(Map<String, ? extends @Nullable Object> values) {
    Map<String, @Nullable Object> copy = new HashMap<>(values);
    Binder<Map<String, @Nullable Object>> binder = Binder.ofNothing();
    for (String name : copy.keySet()) {
      binder = binder.and(Statement.withoutPrefix(name), map -> map.get(name));
    }
    return binder.bind(copy);
  }
}

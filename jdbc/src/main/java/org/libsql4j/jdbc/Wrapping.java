package org.libsql4j.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What {@code unwrap} gives: the driver's object itself, or the engine's behind it. */
final class Wrapping {
  private Wrapping() {}

  static boolean isWrapper(Class<?> type, Object facade, @Nullable Object engine)
      throws SQLException {
    SqlErrors.required(type, "type");
    return type.isInstance(facade) || type.isInstance(engine);
  }

  static <T> T unwrap(Class<T> type, Object facade, @Nullable Object engine) throws SQLException {
    if (SqlErrors.required(type, "type").isInstance(facade)) {
      return type.cast(facade);
    }
    if (engine != null && type.isInstance(engine)) {
      return type.cast(engine);
    }
    throw SqlErrors.badArgument("not a wrapper for " + type.getName());
  }
}

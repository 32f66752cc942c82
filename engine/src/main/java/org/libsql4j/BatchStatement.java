package org.libsql4j;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a batch.
 *
 * @param sql one statement
 * @param parameters values of its parameters, in order, as {@link Connection#execute} takes them
 */
public record BatchStatement(String sql, List<@Nullable Object> parameters) {
  /** A statement with its parameters. */
  public static BatchStatement of(String sql, @Nullable Object @Nullable ... parameters) {
    return new BatchStatement(
        sql,
        parameters == null
            ? Collections.singletonList(null)
            : Collections.unmodifiableList(Arrays.asList(parameters.clone())));
  }
}

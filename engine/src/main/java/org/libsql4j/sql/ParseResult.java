package org.libsql4j.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.Statement;

/**
 * One statement of a text.
 *
 * @param statement null if only spaces, comments and semicolons were left
 * @param endOffset where the next statement may start: after the semicolon, or the end of the text;
 *     counted from the start of the whole text
 * @param parameterNames for each parameter, in the order of their numbers from 1, its name with the
 *     leading character; null for an anonymous or unused number
 * @param text source of the statement from the start offset given, with the semicolon
 */
public record ParseResult(
    @Nullable Statement statement,
    int endOffset,
    List<@Nullable String> parameterNames,
    String text) {
  /** The highest parameter number. */
  public int parameterCount() {
    return parameterNames.size();
  }
}

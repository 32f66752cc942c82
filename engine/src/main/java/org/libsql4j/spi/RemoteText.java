package org.libsql4j.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement for a server, and what its syntax tree tells of it.
 *
 * @param sql one statement
 * @param parameterNames for each parameter its name with the leading character, or null
 * @param kind what it does, as far as it matters for where it runs
 * @param mayReturnRows false for what never has a result: the server need not be asked for columns
 * @param readOnly whether the tree alone tells that it changes nothing
 */
public record RemoteText(
    String sql,
    List<@Nullable String> parameterNames,
    StatementKind kind,
    boolean mayReturnRows,
    boolean readOnly) {}

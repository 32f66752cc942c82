package org.libsql4j.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.ast.ForeignKey.Action;

/**
 * A foreign key of a child table.
 *
 * @param childColumns 0-based column numbers in the child table
 * @param parentTable name as written
 * @param parentColumns names as written; null stands for the parent's primary key
 */
public record ForeignKeyConstraint(
    int[] childColumns,
    String parentTable,
    @Nullable List<String> parentColumns,
    Action onDelete,
    Action onUpdate,
    boolean deferred) {}

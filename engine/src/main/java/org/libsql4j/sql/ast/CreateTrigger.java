package org.libsql4j.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE TRIGGER}.
 *
 * @param updateColumns of {@code UPDATE OF}; empty if not given
 * @param when null if not given
 * @param body never empty; only {@link Insert}, {@link Update}, {@link Delete} and {@link Select}
 * @param bodyTexts the statements of the body as they were written; empty if nobody wrote them
 * @param schemaSql text for {@code sqlite_schema.sql}
 */
public record CreateTrigger(
    boolean temporary,
    boolean ifNotExists,
    QualifiedName name,
    Time time,
    Event event,
    List<Identifier> updateColumns,
    QualifiedName table,
    @Nullable Expr when,
    List<Statement> body,
    List<String> bodyTexts,
    String schemaSql)
    implements Statement {

  /** When it fires. */
  public enum Time {
    /** Also if nothing is written. */
    BEFORE,
    AFTER,
    INSTEAD_OF
  }

  /** What makes it fire. */
  public enum Event {
    INSERT,
    UPDATE,
    DELETE
  }
}

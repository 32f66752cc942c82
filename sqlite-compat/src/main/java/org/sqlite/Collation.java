package org.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** An order of texts for {@code COLLATE}. */
public abstract class Collation {
  /** Adds a collation to a connection; replaces one of the same name. */
  public static final void create(Connection connection, String name, Collation collation)
      throws SQLException {
    Handlers.engineOf(connection).createCollation(new Adapter(name, collation));
  }

  /** Removes a collation from a connection. */
  public static final void destroy(Connection connection, @Nullable String name)
      throws SQLException {
    if (name != null) {
      org.libsql4j.Connection engine = Handlers.engineOf(connection);
      engine.state().collations().remove(name);
      engine.state().recompileStatements();
    }
  }

  /**
   * Compares two texts.
   *
   * @return negative, zero or positive, as the first comes before, with or after the second
   */
  protected abstract int xCompare(String first, String second);

  private record Adapter(String name, Collation target) implements org.libsql4j.record.Collation {
    @Override
    public int compare(
        byte[] left,
        int leftOffset,
        int leftLength,
        byte[] right,
        int rightOffset,
        int rightLength) {
      return target.xCompare(
          new String(left, leftOffset, leftLength, StandardCharsets.UTF_8),
          new String(right, rightOffset, rightLength, StandardCharsets.UTF_8));
    }
  }
}

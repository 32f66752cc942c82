package org.libsql4j.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;

/** A statement that a server has looked at. */
public interface RemoteStatement {
  /**
   * A column of the result.
   *
   * @param declaredType null for expressions
   */
  record Column(String name, @Nullable String declaredType) {}

  /** Empty if it returns no rows. */
  List<Column> columns();

  /**
   * Whether it cannot change the database.
   *
   * @param byTree what its syntax tree tells
   */
  default boolean isReadOnly(boolean byTree) {
    return byTree;
  }

  /**
   * Executes it.
   *
   * @param parameters the values of the parameters, in the order of their numbers
   */
  RemoteRows execute(Mem[] parameters);
}

package org.libsql4j.plan;

import org.jspecify.annotations.Nullable;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Index;

/** Resolves what an index is over, for one source. */
public interface IndexExpressions {
  /** The expression of a column of the index: a column of the source or something computed. */
  BoundExpr column(Source source, Index index, int position);

  /** The condition of a partial index, or null. */
  @Nullable BoundExpr condition(Source source, Index index);
}

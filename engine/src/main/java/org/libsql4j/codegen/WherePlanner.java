package org.libsql4j.codegen;

/** Chooses how to loop over the rows of a FROM clause and generates the loops' heads. */
public final class WherePlanner {
  private WherePlanner() {}

  /** Generates the head of the loop; the caller generates the body, then calls end. */
  public static WhereLoop begin(CodeContext context, WhereRequest request) {
    return LoopCodegen.begin(context, request);
  }
}

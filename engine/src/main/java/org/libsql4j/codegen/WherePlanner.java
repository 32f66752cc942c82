package org.libsql4j.codegen;

/** Chooses how to loop over the rows of a FROM clause and generates the loops' heads. */
public final class WherePlanner {
  private WherePlanner() {}

  /** Generates the head of the loop; the caller generates the body, then calls end. */
  public static WhereLoop begin(CodeContext context, WhereRequest request) {
    WhereLoop loop = plan(context, request);
    loop.start();
    return loop;
  }

  /** Makes the plan, so that the caller can look at it; nothing is generated before start. */
  public static WhereLoop plan(CodeContext context, WhereRequest request) {
    return LoopCodegen.plan(context, request);
  }
}

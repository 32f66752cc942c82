package org.libsql4j.vdbe;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;

/**
 * A compiled statement, or the body of a trigger. Immutable once built.
 *
 * @param ops the instructions; address 0 is Init
 * @param registerCount registers 1..registerCount are used
 * @param cursorCount cursors 0..cursorCount-1 are used
 * @param resultColumns columns of the result; empty for statements without result
 * @param sql the statement's text, empty for triggers
 * @param parameterNames for each bind parameter its name with prefix, or null; its size is the
 *     parameter count
 * @param readOnly whether running it cannot change a database file directly
 * @param explain 0 for an ordinary statement, 1 for EXPLAIN, 2 for EXPLAIN QUERY PLAN
 * @param usesStatementJournal whether a failure half way needs a statement journal to undo
 * @param countsChanges whether changes() reports what this statement did
 * @param queryPlan rows of EXPLAIN QUERY PLAN
 * @param assumptions what must be true of the parameters' values for this to be the right program
 * @param peeked whether values were known when it was made; otherwise it is right for all values,
 *     but there may be a better one for those that the assumptions do not hold for
 * @param token for the body of a trigger what identifies the trigger, so that it is recognised
 *     while it is already running; else null
 */
public record Program(
    Op[] ops,
    int registerCount,
    int cursorCount,
    List<ResultColumn> resultColumns,
    String sql,
    List<@Nullable String> parameterNames,
    boolean readOnly,
    int explain,
    boolean usesStatementJournal,
    boolean countsChanges,
    List<QueryPlanNode> queryPlan,
    List<ParameterAssumption> assumptions,
    boolean peeked,
    @Nullable Object token) {

  /** A program that assumes nothing and has no token. */
  public Program(
      Op[] ops,
      int registerCount,
      int cursorCount,
      List<ResultColumn> resultColumns,
      String sql,
      List<@Nullable String> parameterNames,
      boolean readOnly,
      int explain,
      boolean usesStatementJournal,
      boolean countsChanges,
      List<QueryPlanNode> queryPlan) {
    this(
        ops,
        registerCount,
        cursorCount,
        resultColumns,
        sql,
        parameterNames,
        readOnly,
        explain,
        usesStatementJournal,
        countsChanges,
        queryPlan,
        List.of(),
        false,
        null);
  }

  /** Whether everything that was assumed is true of these values. */
  public boolean suits(Mem[] parameters) {
    for (ParameterAssumption assumption : assumptions) {
      if (!assumption.holds(parameters)) {
        return false;
      }
    }
    return true;
  }

  /** Whether it runs on a server, which also explains it. */
  public boolean isRemote() {
    return ops.length > 1 && ops[1].opcode == Opcode.REMOTE;
  }

  /**
   * A row of EXPLAIN QUERY PLAN.
   *
   * @param id identifies the node
   * @param parent the id of the node above, 0 at the top
   * @param estimate estimated cost of one run of a loop as SQLite's logarithm, 0 for others
   * @param detail the text shown
   * @param setup estimated cost before a loop's first row as logarithm, or UNKNOWN
   * @param rows estimated rows of one run of a loop as logarithm, or UNKNOWN
   */
  public record QueryPlanNode(
      int id, int parent, int estimate, String detail, int setup, int rows) {
    /** What {@link #setup} and {@link #rows} are of what is no loop. */
    public static final int UNKNOWN = Integer.MIN_VALUE;
  }
}

package org.libsql4j.cli;

import java.sql.SQLException;
import org.libsql4j.Connection;
import org.libsql4j.QueryPlan;
import org.libsql4j.advice.Advice;
import org.libsql4j.advice.Advisor;
import org.libsql4j.advice.Hint;
import org.libsql4j.advice.IndexAdvice;
import org.libsql4j.error.LibsqlException;

/**
 * What {@code .expert} does with the next input: its statements are not run, but advised on.
 *
 * @param verbose whether all indexes that were tried are shown
 * @param samplePercent how many of the rows to look at for statistics
 */
public record ExpertMode(boolean verbose, int samplePercent) {
  private static final int RULE_WIDTH = 43;

  /**
   * Prints the advice for one statement.
   *
   * @param number of the statement within the input, from 1
   */
  void advise(Shell shell, String sql, int number) throws SQLException, LibsqlException {
    java.sql.Connection open = shell.database().connection();
    if (!open.isWrapperFor(Connection.class)) {
      throw new SQLException("expert mode works with this engine only");
    }
    Advisor advisor = Advisor.of(open.unwrap(Connection.class));
    print(shell, advisor.advise(sql, samplePercent), number);
  }

  private void print(Shell shell, Advice advice, int number) {
    Output out = shell.output();
    if (verbose) {
      out.println(rule("-- Candidates "));
      for (IndexAdvice candidate : advice.candidates()) {
        String numbers = candidate.statistics();
        out.println(candidate.sql() + ";" + (numbers == null ? "" : " -- stat1: " + numbers));
      }
      out.println("");
      out.println(rule("-- Query " + number + " "));
      out.println(advice.sql());
      out.println("");
    }
    if (advice.indexes().isEmpty()) {
      out.println("(no new indexes)");
    }
    for (IndexAdvice index : advice.indexes()) {
      out.println(index.sql() + ";" + (verbose ? " -- " + index.reason() : ""));
    }
    out.println("");
    for (QueryPlan.Node node : advice.advisedPlan().allNodes()) {
      out.println(node.detail());
    }
    out.println("");
    for (Hint hint : advice.hints()) {
      out.println("-- " + hint.message());
    }
    if (!advice.hints().isEmpty()) {
      out.println("");
    }
  }

  private static String rule(String title) {
    StringBuilder line = new StringBuilder(title);
    while (line.length() < RULE_WIDTH) {
      line.append('-');
    }
    return line.toString();
  }
}

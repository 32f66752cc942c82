package org.libsql4j.advice;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.libsql4j.Connection;
import org.libsql4j.QueryPlan;
import org.libsql4j.compile.SqlCompiler;
import org.libsql4j.sql.ParseResult;
import org.libsql4j.sql.Parser;
import org.libsql4j.sql.ast.Statement;

/** Looks for indexes and for doubtful text. Made for one schema; lasts as long as its copy. */
final class Trial {
  /** An index is worth its room if the estimate is at least a tenth lower with it. */
  private static final double WORTH_IT = 0.9;

  /** An index of several is kept if the estimate is any higher without it. */
  private static final double NEEDED = 1.001;

  private final Connection real;
  private final HypotheticalDatabase hypothetical;

  /**
   * @param copy a new connection to a database in memory, which becomes the copy
   * @param samplePercent how many of the rows of a table to look at for the statistics of a
   *     candidate, from 1 to 100; 0 to go by the statistics that there are
   */
  Trial(Connection real, Connection copy, int samplePercent) {
    this.real = real;
    this.hypothetical = new HypotheticalDatabase(real, copy, new Sampler(real, samplePercent));
  }

  /**
   * Advises on the first statement of a text.
   *
   * @throws org.libsql4j.error.LibsqlException what is wrong with it
   */
  Advice advise(String sql) {
    QueryPlan realPlan = real.explain(sql);
    QueryPlan before = hypothetical.plan(sql);
    Candidates candidates = new Candidates();
    TermRules rules = new TermRules();
    SqlCompiler.watch(
        hypothetical.state(),
        sql,
        (terms, order) -> {
          candidates.planning(terms, order);
          rules.planning(terms, order);
        },
        rules::quotedString);
    List<Candidate> tried = create(candidates.found());
    List<Candidate> chosen = choose(sql, before, tried);
    QueryPlan after = chosen.isEmpty() ? realPlan : hypothetical.plan(sql);
    List<IndexAdvice> indexes = describe(chosen, before);
    List<IndexAdvice> all = describe(tried, before);
    drop(chosen);
    Set<Hint> hints = new LinkedHashSet<>(rules.hints(after));
    ParseResult parsed = Parser.parseNext(sql, 0);
    Statement statement = parsed.statement();
    if (statement != null) {
      hints.addAll(new SyntaxRules(sql, hypothetical.state().catalog()).check(statement));
    }
    hints.addAll(PlanRules.check(after));
    return new Advice(
        parsed.text().trim(),
        realPlan,
        after,
        indexes,
        Collections.unmodifiableList(new ArrayList<>(hints)),
        all);
  }

  // ---- choosing

  private List<Candidate> create(Set<Candidate> candidates) {
    List<Candidate> created = new ArrayList<>();
    for (Candidate candidate : candidates) {
      if (hypothetical.create(candidate)) {
        created.add(candidate);
      }
    }
    hypothetical.reloadStatistics();
    return created;
  }

  private void drop(List<Candidate> candidates) {
    candidates.forEach(hypothetical::drop);
    if (!candidates.isEmpty()) {
      hypothetical.reloadStatistics();
    }
  }

  /** Drops what does not help; what is left exists in the copy. */
  private List<Candidate> choose(String sql, QueryPlan before, List<Candidate> tried) {
    List<Candidate> left = new ArrayList<>(tried);
    while (true) {
      List<Candidate> unused = new ArrayList<>(left);
      unused.removeAll(used(hypothetical.plan(sql), left));
      if (unused.isEmpty()) {
        break;
      }
      drop(unused);
      left.removeAll(unused);
    }
    for (Candidate candidate : new ArrayList<>(left)) {
      double with = hypothetical.plan(sql).estimatedCost();
      drop(List.of(candidate));
      if (hypothetical.plan(sql).estimatedCost() < with * NEEDED) {
        left.remove(candidate);
      } else {
        create(Set.of(candidate));
      }
    }
    if (hypothetical.plan(sql).estimatedCost() > before.estimatedCost() * WORTH_IT) {
      drop(left);
      return List.of();
    }
    return left;
  }

  private static List<Candidate> used(QueryPlan plan, List<Candidate> candidates) {
    List<Candidate> used = new ArrayList<>();
    for (QueryPlan.Node node : plan.allNodes()) {
      String detail = node.detail() + " ";
      for (Candidate candidate : candidates) {
        if (detail.contains(" INDEX " + candidate.name() + " ") && !used.contains(candidate)) {
          used.add(candidate);
        }
      }
    }
    return used;
  }

  // ---- describing

  private List<IndexAdvice> describe(List<Candidate> candidates, QueryPlan before) {
    List<IndexAdvice> list = new ArrayList<>();
    for (Candidate candidate : candidates) {
      list.add(
          new IndexAdvice(
              candidate.table(),
              candidate.name(),
              candidate.sql(!candidate.schema().equals("main")),
              reason(candidate, before),
              hypothetical.statisticsOf(candidate)));
    }
    return Collections.unmodifiableList(list);
  }

  private static String reason(Candidate candidate, QueryPlan before) {
    boolean automatic =
        before.allNodes().stream()
            .anyMatch(n -> n.usesAutomaticIndex() && candidate.table().equals(n.table()));
    if (automatic) {
      return "an index like it is made, and thrown away, each time the statement runs";
    }
    if (before.fullScans().contains(candidate.table())) {
      return "without it every row of " + candidate.table() + " is read";
    }
    return before.usesTemporaryBtree()
        ? "finds the rows more directly, or in the order that is wanted"
        : "finds the rows more directly than what there is";
  }
}

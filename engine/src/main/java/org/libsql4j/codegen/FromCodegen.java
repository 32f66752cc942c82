package org.libsql4j.codegen;

import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Affinity;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.BoundQuery;
import org.libsql4j.resolve.BoundSelect;
import org.libsql4j.resolve.CommonTableUse;
import org.libsql4j.resolve.ExprTypes;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.JoinOperator;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates the subqueries of FROM clauses: as coroutines, or into ephemeral tables. */
public final class FromCodegen implements Predicate<Source> {
  /**
   * How the rows of a subquery can be had.
   *
   * @param yieldRegister register of the coroutine, or 0 if the rows are in a table
   * @param entry first address of the coroutine
   * @param cursor cursor of the ephemeral table, or -1 for a coroutine
   */
  public record Prepared(int yieldRegister, int entry, int cursor) {
    public boolean isCoroutine() {
      return cursor < 0;
    }
  }

  /** The usual number of subqueries is none. */
  private static final int FEW = 2;

  private final CodeContext context;
  private final ProgramBuilder builder;
  private final Map<Source, Prepared> prepared = new IdentityHashMap<>(FEW);

  /** The subroutine that fills the table of a common table, for its further uses. */
  private record Shared(int returnRegister, int entry, int cursor, Source first) {}

  private final Map<CommonTableUse, Shared> materialized = new IdentityHashMap<>(FEW);

  FromCodegen(CodeContext context) {
    this.context = context;
    this.builder = context.builder();
  }

  /** How the rows of a subquery in FROM can be had; null for tables. */
  public @Nullable Prepared of(Source source) {
    return prepared.get(source);
  }

  /** Whether a source is a coroutine: what the planner asks. */
  @Override
  public boolean test(Source source) {
    Prepared known = of(source);
    return known != null && known.isCoroutine();
  }

  /** Makes the subqueries of a query ready to be looped over. */
  void prepare(BoundQuery query) {
    prepare(query, true);
  }

  /**
   * @param coroutines whether subqueries may be coroutines
   */
  void prepare(BoundQuery query, boolean coroutines) {
    for (Source source : query.sources) {
      if (source.subquery != null) {
        if (coroutines && canBeCoroutine(query, source)) {
          coroutine(source, source.subquery);
        } else if (!repeat(query, source)) {
          materialize(source, source.subquery);
        }
      }
    }
  }

  /**
   * A coroutine begins anew in every run of its loop, so it is best for the outermost loop; an
   * automatic index can read it once for all runs.
   */
  private static boolean canBeCoroutine(BoundQuery query, Source source) {
    if (source.commonTable != null && source.commonTable.isMaterialized()) {
      return false;
    }
    for (Source other : query.sources) {
      if (other.join == JoinOperator.Kind.RIGHT || other.join == JoinOperator.Kind.FULL) {
        return false;
      }
    }
    if (isValues(source.subquery)) {
      return true;
    }
    int position = query.sources.indexOf(source);
    for (Source later : query.sources.subList(position + 1, query.sources.size())) {
      if (source.hasSameRows(later)) {
        return false;
      }
    }
    for (int i = position; i > 0; i--) {
      JoinOperator.Kind join = query.sources.get(i).join;
      if (join == JoinOperator.Kind.LEFT || join == JoinOperator.Kind.CROSS) {
        return false;
      }
      if (query.sources.get(i - 1).subquery != null) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the rows are those of VALUES and no others: they cost nothing to come to again. Nobody
   * counts them, so that they are taken for as many as those of a table.
   */
  private static boolean isValues(@Nullable BoundSelect select) {
    return select != null
        && !select.isCompound()
        && select.first().values != null
        && !select.first().constantRows;
  }

  /** Reads the rows that another source of the same clause has collected, if it has the same. */
  private boolean repeat(BoundQuery query, Source source) {
    for (Source earlier : query.sources) {
      if (earlier == source) {
        return false;
      }
      Prepared rows = prepared.get(earlier);
      if (rows != null && !rows.isCoroutine() && source.hasSameRows(earlier)) {
        int cursor = builder.newCursor();
        builder.add(Opcode.OPEN_DUP, cursor, rows.cursor());
        source.table.rowEstimate = earlier.table.rowEstimate;
        prepared.put(source, new Prepared(0, 0, cursor));
        context.locate(source, new RowLocation.EphemeralCursor(cursor, 0, realColumns(source)));
        return true;
      }
    }
    return false;
  }

  private void coroutine(Source source, BoundSelect select) {
    BitSet reals = realColumns(source);
    int yield = builder.newRegister();
    int first = builder.newRegisters(select.columnCount());
    int parent = context.planParent;
    boolean values = isValues(select);
    if (!values) {
      context.planParent = builder.explainPlan(parent, 0, "CO-ROUTINE " + name(source, select));
    }
    int init = builder.add(Opcode.INIT_COROUTINE, yield, 0, builder.currentAddress() + 1);
    BitSet subtypes = new BitSet();
    for (BoundQuery core : select.cores) {
      for (int i = 0; i < core.columns.size(); i++) {
        subtypes.set(i, subtypes.get(i) || ExprCodegen.mayHaveSubtype(core.columns.get(i).expr()));
      }
    }
    context.selects().code(select, new Destination.Coroutine(yield, first, subtypes));
    estimate(source, select);
    builder.add(Opcode.END_COROUTINE, yield);
    builder.jumpHere(init);
    context.planParent = parent;
    prepared.put(source, new Prepared(yield, init + 1, -1));
    context.locate(source, new RowLocation.Registers(first, 0, reals));
  }

  private void estimate(Source source, BoundSelect select) {
    source.table.rowEstimate =
        isValues(select) ? Table.ASSUMED_ROWS : context.selects().rowEstimate();
  }

  private void materialize(Source source, BoundSelect select) {
    BitSet reals = realColumns(source);
    CommonTableUse use = source.commonTable;
    boolean shareable = use != null && use.isMaterialized() && !select.isCorrelated();
    int cursor = builder.newCursor();
    Shared shared = use == null || !shareable ? null : materialized.get(use);
    if (shared != null) {
      builder.add(Opcode.GOSUB, shared.returnRegister, shared.entry);
      builder.add(Opcode.OPEN_DUP, cursor, shared.cursor);
      source.table.rowEstimate = shared.first.table.rowEstimate;
    } else if (use != null && shareable) {
      int returnRegister = builder.newRegister();
      int skip = builder.add(Opcode.GOTO);
      materialized.put(use, new Shared(returnRegister, skip + 1, cursor, source));
      fill(source, select, cursor);
      builder.add(Opcode.RETURN, returnRegister);
      builder.jumpHere(skip);
      builder.add(Opcode.GOSUB, returnRegister, skip + 1);
    } else {
      fill(source, select, cursor);
    }
    prepared.put(source, new Prepared(0, 0, cursor));
    context.locate(source, new RowLocation.EphemeralCursor(cursor, 0, reals));
  }

  /**
   * Columns of a compound query that are REAL as a whole, though not each of its queries yields
   * REAL: their integers become floating point numbers. A CAST in the first query says nothing
   * about the others.
   */
  private static BitSet realColumns(Source source) {
    BitSet columns = new BitSet();
    BoundSelect select = source.subquery;
    for (int i = 0; select != null && select.isCompound() && i < select.columnCount(); i++) {
      boolean cast = select.first().columns.get(i).expr() instanceof BoundExpr.Cast;
      if (source.table.affinity(i) == Affinity.REAL && !cast) {
        for (BoundQuery core : select.cores) {
          if (ExprTypes.affinity(core.columns.get(i).expr()) != Affinity.REAL) {
            columns.set(i);
          }
        }
      }
    }
    return columns;
  }

  private void fill(Source source, BoundSelect select, int cursor) {
    int parent = context.planParent;
    context.planParent = builder.explainPlan(parent, 0, "MATERIALIZE " + name(source, select));
    int once = select.isCorrelated() ? -1 : builder.add(Opcode.ONCE);
    builder.add(Opcode.OPEN_EPHEMERAL, cursor, select.columnCount());
    context.selects().code(select, new Destination.Table(cursor, null));
    estimate(source, select);
    if (once >= 0) {
      builder.jumpHere(once);
    }
    context.planParent = parent;
  }

  private String name(Source source, BoundSelect select) {
    return source.alias == null
        ? "(subquery-" + context.selects().numberOf(select) + ")"
        : source.table.name;
  }
}

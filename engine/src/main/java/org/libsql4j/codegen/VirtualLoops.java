package org.libsql4j.codegen;

import java.util.function.IntSupplier;
import java.util.function.ObjIntConsumer;
import org.libsql4j.plan.AccessPath;
import org.libsql4j.plan.VirtualPlan;
import org.libsql4j.plan.WhereTerm;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.resolve.Source;
import org.libsql4j.schema.Table;
import org.libsql4j.schema.VirtualDefinition;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Opens virtual tables and starts searches in them. */
final class VirtualLoops {
  private VirtualLoops() {}

  /** Opens a cursor on a virtual table and says where its rows are. */
  static int open(CodeContext context, Source source, VirtualDefinition definition) {
    int cursor = context.builder().newCursor();
    context.builder().add(Opcode.V_OPEN, cursor, 0, 0, definition.instance());
    context.locate(source, new RowLocation.VirtualRow(cursor));
    useDatabases(context, definition);
    return cursor;
  }

  /** A table that looks everywhere needs all schemas as they are now. */
  static void useDatabases(CodeContext context, VirtualDefinition definition) {
    if (definition.instance().usesAllSchemas()) {
      for (int i = 0; i < context.connection().databases().size(); i++) {
        context.useDatabase(i);
      }
    }
  }

  /**
   * Generates the values that the table asked for, then VFilter.
   *
   * @param missLabel where to go if there is no row; asked after the values
   * @param value computes the value of a condition into a register
   * @return address of what comes after VFilter
   */
  static int search(
      CodeContext context,
      AccessPath path,
      int cursor,
      IntSupplier missLabel,
      ObjIntConsumer<WhereTerm> value) {
    VirtualPlan plan = path.virtual;
    if (plan == null) {
      throw new IllegalStateException("virtual table without plan");
    }
    ProgramBuilder builder = context.builder();
    int count = plan.arguments().size();
    int base = builder.newRegisters(count + 2);
    for (int i = 0; i < count; i++) {
      WhereTerm term = plan.arguments().get(i);
      int target = base + 2 + i;
      if (plan.allAtOnce()[i]) {
        int set = context.selects().subqueries().openColumn(term.expr);
        builder.add(Opcode.V_INIT_IN, set, target);
      } else {
        value.accept(term, target);
      }
    }
    builder.add(Opcode.INTEGER, plan.indexNumber(), base);
    builder.add(Opcode.INTEGER, count, base + 1);
    return builder.add(Opcode.V_FILTER, cursor, missLabel.getAsInt(), base, plan.indexText()) + 1;
  }

  /** Computes the right side of a condition. */
  static void value(CodeContext context, WhereTerm term, int target) {
    BoundExpr right = term.right;
    if (right == null) {
      context.builder().add(Opcode.NULL, 0, target);
    } else {
      context.exprs().codeCopy(right, target);
    }
  }

  /** The column that identifies a row: -1, the rowid, or the primary key. */
  static int keyColumn(Table table) {
    return table.virtual == null ? -1 : table.virtual.keyColumn;
  }
}

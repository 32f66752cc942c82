package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.ResultCode;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.schema.VirtualDefinition;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;
import org.libsql4j.vtab.TableConnector;

/**
 * Generates PRAGMA integrity_check and quick_check: the trees and the free list first, then the
 * number of entries in each index, then every row.
 *
 * <p>A record that cannot be read ends the check with a row that says so: its place is P3 of Init.
 *
 * <p>quick_check leaves out the comparison of rows with index entries.
 */
public final class IntegrityCheckCodegen {
  /** The counts of entries begin at this register, for those who compare EXPLAIN with SQLite's. */
  private static final int FIRST_COUNT = 8;

  private final CodeContext context;
  private final ProgramBuilder builder;
  private final boolean quick;
  private final @Nullable Table only;

  /** Counts down the errors that may still be reported. */
  private final int budget;

  /** The register after {@link #budget}: what the check of the trees says. */
  private final int treeErrors;

  private final int message;

  private IntegrityCheckCodegen(CodeContext context, @Nullable Table only, boolean quick) {
    this.context = context;
    this.builder = context.builder();
    this.quick = quick;
    this.only = only;
    this.budget = builder.newRegisters(2);
    this.treeErrors = budget + 1;
    this.message = builder.newRegisters(FIRST_COUNT - builder.registerCount() - 1);
  }

  /**
   * @param database number of the only database to check, or -1 for all
   * @param only the only table to check, or null for all
   * @param maxErrors stop after this many
   */
  public static void code(
      CodeContext context, int database, @Nullable Table only, int maxErrors, boolean quick) {
    IntegrityCheckCodegen codegen = new IntegrityCheckCodegen(context, only, quick);
    codegen.builder.add(Opcode.INTEGER, maxErrors - 1, codegen.budget);
    ConnectionState connection = context.connection();
    for (int i = 0; i < connection.databases().size(); i++) {
      boolean open = connection.database(i).btreeOrNull() != null;
      boolean wanted = database < 0 || database == i;
      if (only != null) {
        wanted = context.databaseIndex(only) == i;
      }
      if (open && wanted) {
        codegen.database(i);
      }
    }
    codegen.end(maxErrors);
  }

  private void end(int maxErrors) {
    builder.add(Opcode.ADD_IMM, budget, 1 - maxErrors);
    int failed = builder.add(Opcode.IF_NOT_ZERO, budget);
    builder.add(Opcode.STRING8, 0, message, 0, "ok");
    builder.add(Opcode.RESULT_ROW, message, 1);
    builder.jumpHere(failed);
    builder.add(Opcode.HALT);
    builder.op(0).p3 = builder.currentAddress();
    builder.add(Opcode.STRING8, 0, message, 0, ResultCode.CORRUPT.defaultMessage());
    builder.add(Opcode.RESULT_ROW, message, 1);
  }

  private void database(int database) {
    context.useDatabase(database);
    List<Table> tables = new ArrayList<>();
    for (Table table : context.catalog().entries().get(database).schema().tables()) {
      if (table.kind == Table.Kind.ORDINARY && (only == null || only == table)) {
        tables.add(table);
      }
    }
    if (tables.isEmpty()) {
      return;
    }
    Collections.reverse(tables);
    int counts = trees(database, tables);
    indexSizes(tables, counts);
    for (Table table : tables) {
      new RowCheck(this, context, table, database, quick).code();
    }
    virtualTables(database);
  }

  /** Virtual tables check themselves, if their modules are there. */
  private void virtualTables(int database) {
    List<Table> all = context.catalog().entries().get(database).schema().tables();
    for (Table table : all) {
      VirtualDefinition virtual = table.virtual;
      boolean wanted = only == null || only == table;
      if (virtual == null
          || !wanted
          || context.connection().modules().find(virtual.moduleName) == null) {
        continue;
      }
      Table connected = new TableConnector(context.connection()).connect(table);
      builder.add(Opcode.V_CHECK, database, message, quick ? 1 : 0, connected);
      int fine = builder.add(Opcode.IS_NULL, message);
      report();
      builder.jumpHere(fine);
    }
  }

  // ---- trees
  // --------------------------------------------------------------------------------------

  /** Checks the trees; returns the first of the registers with the numbers of entries. */
  private int trees(int database, List<Table> tables) {
    List<Integer> roots = new ArrayList<>();
    if (only != null) {
      roots.add(0);
    }
    for (Table table : tables) {
      if (table.hasRowid()) {
        roots.add(table.rootPage);
      }
      for (Index index : table.indexes) {
        roots.add(index.rootPage);
      }
    }
    int[] numbers = new int[roots.size() + 1];
    numbers[0] = roots.size();
    for (int i = 0; i < roots.size(); i++) {
      numbers[i + 1] = roots.get(i);
    }
    int counts = builder.newRegisters(roots.size());
    builder.add(Opcode.INTEGRITY_CK, budget, roots.size(), counts, numbers);
    builder.setP5(database);
    int fine = builder.add(Opcode.IS_NULL, treeErrors);
    String name = context.connection().database(database).name();
    builder.add(Opcode.STRING8, 0, message, 0, "*** in database " + name + " ***\n");
    builder.add(Opcode.CONCAT, treeErrors, message, message);
    report();
    builder.jumpHere(fine);
    return counts;
  }

  /** Every index that is not partial has as many entries as the table has rows. */
  private void indexSizes(List<Table> tables, int counts) {
    int next = only == null ? counts : counts + 1;
    for (Table table : tables) {
      int rows = next;
      if (table.hasRowid()) {
        next++;
      } else {
        for (Index index : table.indexes) {
          if (index.isPrimaryKeyOfWithoutRowid()) {
            break;
          }
          rows++;
        }
      }
      for (Index index : table.indexes) {
        if (!index.isPartial()) {
          int equal = builder.add(Opcode.EQ, next, 0, rows);
          builder.setP5(OpFlags.JUMPIFNULL);
          reportText("wrong # of entries in index " + index.name);
          builder.jumpHere(equal);
        }
        next++;
      }
    }
  }

  // ---- reporting
  // ----------------------------------------------------------------------------------

  /** Register of the message being put together. */
  int message() {
    return message;
  }

  /** Gives the message as a row; ends the program if there have been enough of them. */
  void report() {
    builder.add(Opcode.RESULT_ROW, message, 1);
    int more = builder.add(Opcode.IF_POS, budget, 0, 1);
    builder.add(Opcode.HALT);
    builder.jumpHere(more);
  }

  void reportText(String text) {
    builder.add(Opcode.STRING8, 0, message, 0, text);
    report();
  }

  /** Reports a text with a number in it. */
  void reportRow(String before, int number, String after) {
    int part = builder.newRegister();
    builder.add(Opcode.STRING8, 0, message, 0, before);
    builder.add(Opcode.CONCAT, number, message, message);
    builder.add(Opcode.STRING8, 0, part, 0, after);
    builder.add(Opcode.CONCAT, part, message, message);
    report();
  }
}

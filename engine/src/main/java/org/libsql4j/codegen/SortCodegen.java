package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.resolve.BoundExpr;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/**
 * Sorts the rows of a query.
 *
 * <p>With a limit the rows are kept in an ephemeral index that never grows beyond it: a new row
 * replaces the last one if it sorts before. Without a limit they go through a sorter. A sorted
 * record holds the keys, a sequence number (index only, to keep equal keys apart), and the result
 * columns that are not among the keys.
 */
final class SortCodegen {
  private final CodeContext context;
  private final ProgramBuilder builder;
  private final List<BoundExpr.SortTerm> terms;
  private final List<BoundExpr> columns;
  private final Limits limits;
  private final boolean limited;
  private final int cursor;

  /** For each result column its position in the sorted record. */
  private final int[] positions;

  private final List<Integer> carried = new ArrayList<>();
  private final int width;
  private int openAddress;

  SortCodegen(
      CodeContext context, List<BoundExpr.SortTerm> terms, List<BoundExpr> columns, Limits limits) {
    this.context = context;
    this.builder = context.builder();
    this.terms = terms;
    this.columns = columns;
    this.limits = limits;
    this.limited = limits.isLimited();
    this.cursor = builder.newCursor();
    this.positions = new int[columns.size()];
    int data = terms.size() + (limited ? 1 : 0);
    for (int i = 0; i < columns.size(); i++) {
      int key = keyEqualTo(columns.get(i));
      if (key >= 0) {
        positions[i] = key;
      } else {
        positions[i] = data + carried.size();
        carried.add(i);
      }
    }
    this.width = data + carried.size();
  }

  private int keyEqualTo(BoundExpr column) {
    for (int i = 0; i < terms.size(); i++) {
      if (terms.get(i).expr().equals(column)) {
        return i;
      }
    }
    return -1;
  }

  void open() {
    int extra = width - terms.size();
    KeyInfo keyInfo = KeyInfos.ofOrder(context, terms, extra);
    if (limited) {
      KeyInfo withSequence =
          new KeyInfo(
              keyInfo.encoding(), terms.size() + 1, keyInfo.collations(), keyInfo.sortFlags());
      openAddress = builder.add(Opcode.OPEN_EPHEMERAL, cursor, width, 0, withSequence);
    } else {
      openAddress = builder.add(Opcode.SORTER_OPEN, cursor, width, 0, keyInfo);
    }
  }

  /** The rows come in order after all. */
  void drop() {
    builder.changeToNoop(openAddress);
  }

  boolean countsLimit() {
    return limited;
  }

  /** Takes the current row in. */
  void push(List<BoundExpr> values) {
    int base = builder.newRegisters(width);
    for (int i = 0; i < terms.size(); i++) {
      context.exprs().codeCopy(terms.get(i).expr(), base + i);
    }
    int data = base + terms.size() + (limited ? 1 : 0);
    for (int i = 0; i < carried.size(); i++) {
      context.exprs().codeCopy(values.get(carried.get(i)), data + i);
    }
    insert(base);
  }

  /** Takes a row in whose result columns are in registers already. */
  void pushWithValues(int first, int count) {
    int base = builder.newRegisters(width);
    for (int i = 0; i < terms.size(); i++) {
      int column = columns.indexOf(terms.get(i).expr());
      if (column >= 0 && column < count) {
        builder.add(Opcode.COPY, first + column, base + i);
      } else {
        context.exprs().codeCopy(terms.get(i).expr(), base + i);
      }
    }
    int data = base + terms.size() + (limited ? 1 : 0);
    for (int i = 0; i < carried.size(); i++) {
      builder.add(Opcode.COPY, first + carried.get(i), data + i);
    }
    insert(base);
  }

  private void insert(int base) {
    int record = builder.temporaryRegister();
    if (!limited) {
      builder.add(Opcode.MAKE_RECORD, base, width, record);
      builder.add(Opcode.SORTER_INSERT, cursor, record, base, width);
      builder.releaseTemporary(record);
      return;
    }
    builder.add(Opcode.SEQUENCE, cursor, base + terms.size());
    int skip = builder.newLabel();
    int full = builder.add(Opcode.IF_NOT_ZERO, limits.total(), 0);
    builder.add(Opcode.LAST, cursor, skip);
    builder.add(Opcode.IDX_LE, cursor, skip, base, terms.size());
    builder.add(Opcode.DELETE, cursor);
    builder.jumpHere(full);
    builder.add(Opcode.MAKE_RECORD, base, width, record);
    builder.add(Opcode.IDX_INSERT, cursor, record, base, width);
    builder.resolve(skip);
    builder.releaseTemporary(record);
  }

  /**
   * Generates the loop over the sorted rows.
   *
   * @param first registers that receive the result columns
   * @param beforeRow given the label of the next row, at the start of each row
   * @param row generates what happens to the row
   */
  void output(int first, IntConsumer beforeRow, Runnable row) {
    int end = builder.newLabel();
    int next = builder.newLabel();
    int top;
    int readFrom = cursor;
    if (limited) {
      top = builder.add(Opcode.SORT, cursor, end);
      beforeRow.accept(next);
    } else {
      int record = builder.newRegister();
      readFrom = builder.newCursor();
      builder.add(Opcode.OPEN_PSEUDO, readFrom, record, width);
      top = builder.add(Opcode.SORTER_SORT, cursor, end);
      beforeRow.accept(next);
      builder.add(Opcode.SORTER_DATA, cursor, record, readFrom);
    }
    for (int i = columns.size() - 1; i >= 0; i--) {
      builder.add(Opcode.COLUMN, readFrom, positions[i], first + i);
    }
    row.run();
    builder.resolve(next);
    builder.add(limited ? Opcode.NEXT : Opcode.SORTER_NEXT, cursor, top + 1);
    builder.resolve(end);
  }
}

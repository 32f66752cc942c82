package org.libsql4j.vdbe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the instructions of a program: addresses, labels, registers and cursors.
 *
 * <p>A label is a negative number that stands for an address not known yet; it may be used as P2 of
 * any jump and is replaced when the program is built.
 */
public final class ProgramBuilder {

  private Op[] ops = new Op[32];
  private int opCount;
  private int[] labels = new int[16];
  private int labelCount;
  private int registerCount;
  private int cursorCount;
  private int[] freeRegisters = new int[8];
  private int freeCount;
  private List<Program.QueryPlanNode> queryPlan = List.of();

  // ---- instructions ---------------------------------------------------------------------------

  public int add(int opcode) {
    return add(opcode, 0, 0, 0, null);
  }

  public int add(int opcode, int p1) {
    return add(opcode, p1, 0, 0, null);
  }

  public int add(int opcode, int p1, int p2) {
    return add(opcode, p1, p2, 0, null);
  }

  public int add(int opcode, int p1, int p2, int p3) {
    return add(opcode, p1, p2, p3, null);
  }

  /** Appends an instruction and returns its address. */
  public int add(int opcode, int p1, int p2, int p3, @Nullable Object p4) {
    return append(new Op(opcode, p1, p2, p3, p4));
  }

  private int append(Op op) {
    if (opCount == ops.length) {
      ops = Arrays.copyOf(ops, opCount * 2);
    }
    ops[opCount] = op;
    return opCount++;
  }

  /** Appends an instruction on a cursor that is a queue of rows; see {@link QueueOps}. */
  public int addQueueOp(int opcode, int p1, int p2) {
    return append(new Op(opcode, QueueOps.of(opcode), p1, p2, 0, null));
  }

  /** Appends an instruction on an automatic index; see {@link MemoryIndexOps}. */
  public int addIndexOp(int opcode, int p1, int p2, int p3, Object p4) {
    return append(new Op(opcode, MemoryIndexOps.of(opcode), p1, p2, p3, p4));
  }

  /** The address of the next instruction to be added. */
  public int currentAddress() {
    return opCount;
  }

  /** The instruction at an address, to look at or to patch. */
  public Op op(int address) {
    return ops[address];
  }

  /** The instruction added last. */
  public Op lastOp() {
    return ops[opCount - 1];
  }

  public void setP5(int p5) {
    lastOp().p5 = p5;
  }

  /**
   * Says of the instruction added last, a Column, that nothing but a ResultRow that follows looks
   * at the register it sets.
   */
  public void onlyForResult() {
    lastOp().onlyForResult = true;
  }

  public void comment(String text) {
    lastOp().comment = text;
  }

  /** Makes the jump at an address go to the next instruction to be added. */
  public void jumpHere(int address) {
    op(address).p2 = currentAddress();
  }

  /** Turns the instruction at an address into one that does nothing. */
  public void changeToNoop(int address) {
    ops[address] = new Op(Opcode.NOOP, 0, 0, 0, null);
  }

  /** Replaces the instruction at an address. */
  public void replace(int address, int opcode, int p1, int p2) {
    ops[address] = new Op(opcode, p1, p2, 0, null);
  }

  /** Replaces the opcode of the instruction at an address; its operands stay. */
  public void changeOpcode(int address, int opcode) {
    Op old = op(address);
    Op changed = new Op(opcode, old.p1, old.p2, old.p3, old.p4);
    changed.p5 = old.p5;
    changed.comment = old.comment;
    ops[address] = changed;
  }

  // ---- labels -----------------------------------------------------------------------------------

  public int newLabel() {
    if (labelCount == labels.length) {
      labels = Arrays.copyOf(labels, labelCount * 2);
    }
    labels[labelCount++] = -1;
    return -labelCount;
  }

  /** Makes a label stand for the next instruction to be added. */
  public void resolve(int label) {
    labels[-label - 1] = currentAddress();
  }

  // ---- registers and cursors --------------------------------------------------------------------

  public int newRegister() {
    return ++registerCount;
  }

  /** Allocates consecutive registers and returns the first. */
  public int newRegisters(int count) {
    int first = registerCount + 1;
    registerCount += count;
    return first;
  }

  /** A register for a short time, to be given back with {@link #releaseTemporary}. */
  public int temporaryRegister() {
    return freeCount > 0 ? freeRegisters[--freeCount] : newRegister();
  }

  public void releaseTemporary(int register) {
    if (register == 0) {
      return;
    }
    for (int i = 0; i < freeCount; i++) {
      if (freeRegisters[i] == register) {
        return;
      }
    }
    if (freeCount == freeRegisters.length) {
      freeRegisters = Arrays.copyOf(freeRegisters, freeCount * 2);
    }
    freeRegisters[freeCount++] = register;
  }

  /** Forgets which temporary registers are free: code before and after must not share them. */
  public void clearTemporaries() {
    freeCount = 0;
  }

  public int registerCount() {
    return registerCount;
  }

  public int newCursor() {
    return cursorCount++;
  }

  public int cursorCount() {
    return cursorCount;
  }

  // ---- query plan -------------------------------------------------------------------------------

  /** Whether the statement is EXPLAIN QUERY PLAN, so that rows of it are wanted. */
  public boolean queryPlanWanted;

  /** Adds a row to EXPLAIN QUERY PLAN and returns its id; does nothing if none are wanted. */
  public int explainPlan(int parent, int estimate, String detail) {
    if (!queryPlanWanted) {
      return 0;
    }
    int unknown = Program.QueryPlanNode.UNKNOWN;
    return explainLoop(parent, estimate, detail, unknown, unknown);
  }

  /**
   * As {@link #explainPlan}, of a loop.
   *
   * @param estimate cost of one run as LogEst
   * @param setup cost before the first row as LogEst
   * @param rows rows of one run as LogEst
   */
  public int explainLoop(int parent, int estimate, String detail, int setup, int rows) {
    if (!queryPlanWanted) {
      return 0;
    }
    int id = add(Opcode.EXPLAIN, currentAddress(), parent, estimate, detail);
    if (queryPlan.isEmpty()) {
      queryPlan = new ArrayList<>();
    }
    queryPlan.add(new Program.QueryPlanNode(id, parent, estimate, detail, setup, rows));
    return id;
  }

  /** Takes a row of EXPLAIN QUERY PLAN back. */
  public void cancelPlan(int id) {
    if (!queryPlan.isEmpty() && queryPlan.removeIf(node -> node.id() == id)) {
      changeToNoop(id);
    }
  }

  // ---- the result -------------------------------------------------------------------------------

  /** Replaces labels by addresses and returns the instructions; the builder is used up. */
  public Op[] finishOps() {
    Op[] finished = Arrays.copyOf(ops, opCount);
    for (Op op : finished) {
      if (OpcodeProperties.isJump(op.opcode)) {
        op.p2 = addressOf(op, op.p2);
        if (op.opcode == Opcode.INIT_COROUTINE) {
          op.p3 = addressOf(op, op.p3);
        }
        if (op.opcode == Opcode.JUMP) {
          op.p1 = addressOf(op, op.p1);
          op.p3 = addressOf(op, op.p3);
        }
      }
    }
    ColumnLookAhead.apply(finished);
    return finished;
  }

  private int addressOf(Op op, int addressOrLabel) {
    if (addressOrLabel >= 0) {
      return addressOrLabel;
    }
    int address = labels[-addressOrLabel - 1];
    if (address < 0) {
      throw new IllegalStateException("label without address in " + Opcode.name(op.opcode));
    }
    return address;
  }

  public List<Program.QueryPlanNode> queryPlan() {
    return List.copyOf(queryPlan);
  }
}

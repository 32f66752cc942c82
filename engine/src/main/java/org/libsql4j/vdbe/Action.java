package org.libsql4j.vdbe;

import org.libsql4j.record.Mem;

/** How an opcode is executed. */
@FunctionalInterface
interface Action {
  /**
   * Executes an instruction.
   *
   * @param mem the registers of the running activation
   * @param pc address of the following instruction
   * @return address to go on at, or {@link RareOps#END}
   */
  int run(Vdbe vdbe, Op op, Mem[] mem, int pc);
}

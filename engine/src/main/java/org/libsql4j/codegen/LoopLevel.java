package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.plan.AccessPath;
import org.libsql4j.resolve.Source;
import org.libsql4j.vdbe.Opcode;

/** What the end of one of the nested loops must know of its head. */
final class LoopLevel {
  final Source source;
  final AccessPath path;
  final boolean reverse;

  /** Cursor on the table or ephemeral table; -1 if there is none. */
  int tableCursor = -1;

  /** Cursor on the index; -1 if there is none. */
  int indexCursor = -1;

  /** Where to go when this loop has no more rows. */
  int breakLabel;

  /** EXISTS: where to go after the first match, behind all that could yield more rows; else 0. */
  int endLabel;

  /** Where to go for the next row before the row is known to match. */
  int nextLabel;

  /** Where to go for the next row from the body. */
  int bodyNextLabel;

  /** The instruction that steps; NOOP if there is at most one row. */
  int stepOpcode = Opcode.NOOP;

  int stepP1;
  int stepP2;

  /** Register of the Bloom filter that is asked before a search; 0 if there is none. */
  int filter;

  /** Loops over the values of IN, outermost first. */
  final List<InLoop> inLoops = new ArrayList<>();

  /** LEFT JOIN: register that tells whether the row on the left found a match; else 0. */
  int matchedRegister;

  /** LEFT JOIN: where the row of NULLs enters. */
  int nullRowEntry;

  /** A pattern's range: register that is 1 for the pass over texts, 0 for that over blobs. */
  int patternPass;

  /** A pattern's range: where the second pass begins. */
  int patternAgain;

  /** Whether NULLs are read at the other end of the range than the index has them. */
  boolean nullsApart;

  /** NULLs apart: register that is 1 for the first pass and 0 for the second. */
  int nullsPass;

  /** NULLs apart: where a pass begins, and where it ends. */
  int nullsAgain;

  int nullsPassEnd;

  /** Skip-scan: where the search with the next values begins, and where to go after the last. */
  int skipNext;

  int skipEnd;

  /** RIGHT JOIN: cursor of the rows that matched; -1 if this is none. */
  int matchCursor = -1;

  /** RIGHT JOIN of a virtual table: how to walk over all of its rows. */
  @Nullable AccessPath unmatchedPath;

  int returnRegister;
  int subroutineAddress;

  /** A loop over the values of one IN. */
  record InLoop(int cursor, int top, boolean reverse, int skipLabel) {}

  LoopLevel(Source source, AccessPath path, boolean reverse) {
    this.source = source;
    this.path = path;
    this.reverse = reverse;
  }
}

package org.libsql4j.vdbe;

import static org.libsql4j.vdbe.Opcode.*;

import org.libsql4j.record.Mem;

/** The part of {@link RareOps} that deals with cursors, trees, schemas and transactions. */
final class RareTreeOps {
  private RareTreeOps() {}

  static int execute(Vdbe vdbe, Op op, int pc) {
    Mem[] mem = vdbe.mem;
    switch (op.opcode) {
      // ---- cursors
      // -------------------------------------------------------------------------------
      case REOPEN_IDX:
        CursorOps.reopen(vdbe, op);
        return pc;
      case OPEN_EPHEMERAL:
        CursorOps.openEphemeral(vdbe, op);
        return pc;
      case OPEN_DUP:
        CursorOps.openDuplicate(vdbe, op);
        return pc;
      case OPEN_PSEUDO:
        CursorOps.openPseudo(vdbe, op);
        return pc;
      case SORTER_OPEN:
        SorterOps.open(vdbe, op);
        return pc;
      case CLOSE:
        vdbe.frame.closeCursor(op.p1);
        return pc;
      case SORTER_SORT:
        vdbe.sortCount++;
        return CursorOps.rewindIsEmpty(vdbe.cursor(op.p1)) && op.p2 > 0 ? op.p2 : pc;
      case SORTER_COMPARE:
        return SorterOps.differs(vdbe, op) ? op.p2 : pc;
      case SEEK_END:
        CursorOps.seekEnd(vdbe.cursor(op.p1));
        return pc;
      case IF_SIZE_BETWEEN:
        return CursorOps.isSizeBetween(vdbe, op) ? op.p2 : pc;
      case SEEK_SCAN:
        return SeekOps.seekScan(vdbe, op, pc);
      case SEEK_HIT:
        seekHit(vdbe.cursor(op.p1), op);
        return pc;
      case IF_NO_HOPE:
        return SeekOps.ifNoHope(vdbe, op) ? op.p2 : pc;
      case FINISH_SEEK:
        finishSeek(vdbe.cursor(op.p1));
        return pc;
      case NULL_ROW:
        CursorOps.nullRow(vdbe, op);
        return pc;
      case ROW_DATA:
        CursorOps.rowData(vdbe, op);
        return pc;
      case ROW_CELL:
        TableOps.rowCell(vdbe, op);
        return pc;
      case OFFSET:
        CursorOps.offset(vdbe, op);
        return pc;
      case IS_TYPE:
        return CursorOps.isType(vdbe, op) ? op.p2 : pc;
      case COUNT:
        CursorOps.count(vdbe, op);
        return pc;
      case SEQUENCE_TEST:
        return vdbe.cursor(op.p1).sequence++ == 0 ? op.p2 : pc;
      case RESET_SORTER:
        SchemaOps.resetSorter(vdbe.cursor(op.p1));
        return pc;
      case CURSOR_LOCK, CURSOR_UNLOCK:
        vdbe.cursor(op.p1).tree().setPinned(op.opcode == CURSOR_LOCK);
        return pc;
      case TYPE_CHECK:
        TableOps.typeCheck(vdbe, op);
        return pc;
      case RESET_COUNT:
        vdbe.connection.setChanges(vdbe.changes);
        vdbe.changes = 0;
        return pc;

      // ---- sets and aggregates
      // -------------------------------------------------------------------
      case ROW_SET_TEST:
        return SetOps.rowSetTest(op, mem) ? op.p2 : pc;
      case FILTER_ADD:
        SetOps.filterAdd(op, mem);
        return pc;
      case AGG_INVERSE:
        FunctionOps.inverse(vdbe, op, pc - 1);
        return pc;
      case AGG_VALUE:
        FunctionOps.value(vdbe, op, pc - 1);
        return pc;
      case AGG_FINAL:
        FunctionOps.finish(vdbe, op, pc - 1);
        return pc;
      default:
        return executeTransactional(vdbe, op, pc);
    }
  }

  private static int executeTransactional(Vdbe vdbe, Op op, int pc) {
    switch (op.opcode) {
      case AUTO_COMMIT:
        TransactionOps.setAutoCommit(vdbe, op);
        return RareOps.END;
      case SAVEPOINT:
        return TransactionOps.savepoint(vdbe, op) ? RareOps.END : pc;
      case FK_COUNTER:
        TransactionOps.addViolations(vdbe, op);
        return pc;
      case FK_IF_ZERO:
        return TransactionOps.hasNoViolations(vdbe, op) ? op.p2 : pc;
      case FK_CHECK:
        TransactionOps.check(vdbe, op);
        return pc;
      case READ_COOKIE:
        SchemaOps.readCookie(vdbe, op);
        return pc;
      case SET_COOKIE:
        SchemaOps.setCookie(vdbe, op);
        return pc;
      case CREATE_BTREE:
        SchemaOps.createBtree(vdbe, op);
        return pc;
      case DESTROY:
        SchemaOps.destroy(vdbe, op);
        return pc;
      case CLEAR:
        SchemaOps.clear(vdbe, op);
        return pc;
      case SQL_EXEC:
        SchemaOps.sqlExec(vdbe, op);
        return pc;
      case PARSE_SCHEMA:
        SchemaOps.parseSchema(vdbe, op);
        return pc;
      case LOAD_ANALYSIS:
        SchemaOps.loadAnalysis(vdbe, op);
        return pc;
      case DROP_TABLE, DROP_INDEX, DROP_TRIGGER:
        SchemaOps.drop(vdbe, op);
        return pc;
      case INTEGRITY_CK:
        SchemaOps.integrityCheck(vdbe, op);
        return pc;
      case INCR_VACUUM:
        return SchemaOps.incrementalVacuum(vdbe, op) ? pc : op.p2;
      case VACUUM:
        SchemaOps.vacuum(vdbe, op);
        return pc;
      case PAGECOUNT:
        SchemaOps.pageCount(vdbe, op);
        return pc;
      case MAX_PGCNT:
        SchemaOps.maxPageCount(vdbe, op);
        return pc;
      case JOURNAL_MODE:
        JournalOps.journalMode(vdbe, op);
        return pc;
      case CHECKPOINT:
        JournalOps.checkpoint(vdbe, op);
        return pc;
      default:
        return VirtualOps.execute(vdbe, op, pc);
    }
  }

  private static void seekHit(VdbeCursor cursor, Op op) {
    if (cursor.seekHit < op.p2) {
      cursor.seekHit = op.p2;
    } else if (cursor.seekHit > op.p3) {
      cursor.seekHit = op.p3;
    }
  }

  private static void finishSeek(VdbeCursor cursor) {
    if (cursor.deferredMoveto) {
      cursor.finishMoveto();
    }
  }
}

package org.libsql4j.codegen;

import org.libsql4j.connection.Authorizer;
import org.libsql4j.sql.ast.TransactionStatement;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.ProgramBuilder;

/** Generates BEGIN, COMMIT, ROLLBACK, SAVEPOINT and RELEASE. */
public final class TransactionCodegen {
  private TransactionCodegen() {}

  public static void code(CodeContext context, TransactionStatement statement) {
    ProgramBuilder builder = context.builder();
    if (statement instanceof TransactionStatement.Begin begin) {
      if (allows(context, "BEGIN")) {
        begin(context, begin.mode());
      }
    } else if (statement instanceof TransactionStatement.Commit) {
      if (allows(context, "COMMIT")) {
        builder.add(Opcode.AUTO_COMMIT, 1, 0);
      }
    } else if (statement instanceof TransactionStatement.Rollback) {
      if (allows(context, "ROLLBACK")) {
        builder.add(Opcode.AUTO_COMMIT, 1, 1);
      }
    } else if (statement instanceof TransactionStatement.Savepoint savepoint) {
      savepoint(context, OpFlags.SAVEPOINT_BEGIN, "BEGIN", savepoint.name().name());
    } else if (statement instanceof TransactionStatement.Release release) {
      savepoint(context, OpFlags.SAVEPOINT_RELEASE, "RELEASE", release.name().name());
    } else if (statement instanceof TransactionStatement.RollbackTo rollback) {
      savepoint(context, OpFlags.SAVEPOINT_ROLLBACK, "ROLLBACK", rollback.name().name());
    }
    builder.add(Opcode.HALT);
  }

  /** IMMEDIATE and EXCLUSIVE take their locks at once, on files that can be written. */
  private static void begin(CodeContext context, TransactionStatement.Begin.Mode mode) {
    ProgramBuilder builder = context.builder();
    boolean locks =
        mode == TransactionStatement.Begin.Mode.IMMEDIATE
            || mode == TransactionStatement.Begin.Mode.EXCLUSIVE;
    if (locks) {
      for (int i = 0; i < context.connection().databases().size(); i++) {
        var btree = context.connection().database(i).btreeOrNull();
        int kind = 2;
        if (btree != null && btree.isReadonly()) {
          kind = 0;
        } else if (mode == TransactionStatement.Begin.Mode.IMMEDIATE) {
          kind = 1;
        }
        if (btree != null) {
          builder.add(Opcode.TRANSACTION, i, kind);
        }
      }
    }
    boolean optimistic = mode == TransactionStatement.Begin.Mode.CONCURRENT;
    builder.add(Opcode.AUTO_COMMIT, 0, 0, optimistic ? 1 : 0);
  }

  private static boolean allows(CodeContext context, String operation) {
    return context.allows(Authorizer.TRANSACTION, operation, null, null);
  }

  private static void savepoint(CodeContext context, int operation, String verb, String name) {
    if (context.allows(Authorizer.SAVEPOINT, verb, name, null)) {
      context.builder().add(Opcode.SAVEPOINT, operation, 0, 0, name);
    }
  }
}

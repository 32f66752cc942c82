package org.libsql4j.vdbe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.NioVfs;

/** BEGIN, COMMIT, ROLLBACK and savepoints, as programs made by hand on files SQLite created. */
class TransactionTest {
  @TempDir Path folder;

  private String file(String name) throws Exception {
    String path = folder.resolve(name).toString();
    try (var sqlite = DriverManager.getConnection("jdbc:sqlite:" + path);
        var statement = sqlite.createStatement()) {
      statement.execute("CREATE TABLE t(x INTEGER PRIMARY KEY)");
    }
    return path;
  }

  private static void autoCommit(TestMachine machine, int p1, int p2) {
    ProgramBuilder b = new ProgramBuilder();
    b.add(Opcode.INIT, 0, 1);
    b.add(Opcode.AUTO_COMMIT, p1, p2);
    b.add(Opcode.HALT);
    machine.run(b, true);
  }

  private static void savepoint(TestMachine machine, int kind, String name) {
    ProgramBuilder b = new ProgramBuilder();
    b.add(Opcode.INIT, 0, 1);
    b.add(Opcode.SAVEPOINT, kind, 0, 0, name);
    b.add(Opcode.HALT);
    machine.run(b, true);
  }

  private static ProgramBuilder insert(int database, int... rowids) {
    ProgramBuilder b = new ProgramBuilder();
    b.newRegisters(5);
    b.add(Opcode.INIT, 0, 1);
    b.add(Opcode.TRANSACTION, database, 1);
    b.add(Opcode.OPEN_WRITE, 0, 2, database, 1);
    for (int rowid : rowids) {
      b.add(Opcode.INTEGER, rowid, 1);
      b.add(Opcode.NULL, 0, 2);
      b.add(Opcode.MAKE_RECORD, 2, 1, 3);
      b.add(Opcode.INSERT, 0, 3, 1);
      b.setP5(OpFlags.NCHANGE | OpFlags.LASTROWID);
    }
    b.add(Opcode.HALT);
    return b;
  }

  private static List<String> rows(TestMachine machine, int database) {
    ProgramBuilder b = new ProgramBuilder();
    b.newRegisters(2);
    b.add(Opcode.INIT, 0, 1);
    b.add(Opcode.TRANSACTION, database, 0);
    b.add(Opcode.OPEN_READ, 0, 2, database, 1);
    int end = b.newLabel();
    b.add(Opcode.REWIND, 0, end);
    int loop = b.add(Opcode.ROWID, 0, 1);
    b.add(Opcode.RESULT_ROW, 1, 1);
    b.add(Opcode.NEXT, 0, loop);
    b.resolve(end);
    b.add(Opcode.HALT);
    return machine.run(b, true);
  }

  private static long count(String path) throws Exception {
    try (var sqlite = DriverManager.getConnection("jdbc:sqlite:" + path);
        var statement = sqlite.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM t")) {
      return result.getLong(1);
    }
  }

  @Test
  void commitAndRollback() throws Exception {
    String path = file("a.db");
    try (TestMachine machine = TestMachine.onFile(path)) {
      machine.run(insert(0, 1, 2), false);
      assertThat(machine.connection.changes).isEqualTo(2);
      assertThat(machine.connection.lastInsertRowid).isEqualTo(2);
      assertThat(count(path)).isEqualTo(2);
      autoCommit(machine, 0, 0);
      machine.run(insert(0, 3), false);
      assertThat(count(path)).isEqualTo(2);
      assertThatThrownBy(() -> autoCommit(machine, 0, 0))
          .hasMessage("cannot start a transaction within a transaction");
      autoCommit(machine, 1, 1);
      assertThat(rows(machine, 0)).containsExactly("1", "2");
      autoCommit(machine, 0, 0);
      machine.run(insert(0, 4), false);
      autoCommit(machine, 1, 0);
      assertThat(count(path)).isEqualTo(3);
      assertThatThrownBy(() -> autoCommit(machine, 1, 0))
          .hasMessage("cannot commit - no transaction is active");
      assertThat(machine.connection.totalChanges).isEqualTo(4);
    }
  }

  @Test
  void savepointsNest() throws Exception {
    String path = file("a.db");
    try (TestMachine machine = TestMachine.onFile(path)) {
      savepoint(machine, OpFlags.SAVEPOINT_BEGIN, "outer");
      machine.run(insert(0, 1), false);
      savepoint(machine, OpFlags.SAVEPOINT_BEGIN, "inner");
      machine.run(insert(0, 2), false);
      savepoint(machine, OpFlags.SAVEPOINT_BEGIN, "inner");
      machine.run(insert(0, 3), false);
      savepoint(machine, OpFlags.SAVEPOINT_ROLLBACK, "INNER");
      assertThat(rows(machine, 0)).containsExactly("1", "2");
      savepoint(machine, OpFlags.SAVEPOINT_RELEASE, "inner");
      savepoint(machine, OpFlags.SAVEPOINT_ROLLBACK, "inner");
      assertThat(rows(machine, 0)).containsExactly("1");
      assertThatThrownBy(() -> savepoint(machine, OpFlags.SAVEPOINT_RELEASE, "nobody"))
          .hasMessage("no such savepoint: nobody");
      savepoint(machine, OpFlags.SAVEPOINT_RELEASE, "outer");
      assertThat(machine.connection.autoCommit).isTrue();
      assertThat(count(path)).isEqualTo(1);
      savepoint(machine, OpFlags.SAVEPOINT_BEGIN, "again");
      machine.run(insert(0, 9), false);
      savepoint(machine, OpFlags.SAVEPOINT_ROLLBACK, "again");
      assertThat(rows(machine, 0)).containsExactly("1");
      savepoint(machine, OpFlags.SAVEPOINT_RELEASE, "again");
      assertThat(count(path)).isEqualTo(1);
    }
  }

  @Test
  void busyCommitKeepsTheTransactionOpen() throws Exception {
    String path = file("a.db");
    try (TestMachine machine = TestMachine.onFile(path);
        TestMachine reader = TestMachine.onFile(path)) {
      autoCommit(reader, 0, 0);
      assertThat(rows(reader, 0)).isEmpty();
      autoCommit(machine, 0, 0);
      machine.run(insert(0, 1), false);
      assertThatThrownBy(() -> autoCommit(machine, 1, 0))
          .isInstanceOfSatisfying(
              LibsqlException.class,
              e -> assertThat(e.resultCode().primary()).isEqualTo(ResultCode.BUSY));
      assertThat(machine.connection.autoCommit).isFalse();
      autoCommit(reader, 1, 0);
      autoCommit(machine, 1, 0);
      assertThat(count(path)).isEqualTo(1);
    }
  }

  @Test
  void severalFilesCommitTogether() throws Exception {
    String first = file("a.db");
    String second = file("b.db");
    try (TestMachine machine = new TestMachine(NioVfs.instance(), first)) {
      machine.connection.addDatabase(
          new AttachedDatabase("b", machine.connection.opener().open(second)));
      autoCommit(machine, 0, 0);
      machine.run(insert(0, 1), false);
      machine.run(insert(2, 1, 2), false);
      autoCommit(machine, 1, 0);
      autoCommit(machine, 0, 0);
      machine.run(insert(0, 7), false);
      machine.run(insert(2, 8), false);
      autoCommit(machine, 1, 1);
      assertThat(rows(machine, 2)).containsExactly("1", "2");
    }
    assertThat(count(first)).isEqualTo(1);
    assertThat(count(second)).isEqualTo(2);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("a.db", "b.db");
  }

  @Test
  void failedStatementIsUndoneWithinATransaction() throws Exception {
    String path = file("a.db");
    try (TestMachine machine = TestMachine.onFile(path)) {
      autoCommit(machine, 0, 0);
      machine.run(insert(0, 1), false);
      ProgramBuilder failing = insert(0, 2);
      failing.changeOpcode(failing.currentAddress() - 1, Opcode.NOOP);
      failing.add(Opcode.HALT, ResultCode.CONSTRAINT_UNIQUE.code(), OpFlags.OE_ABORT, 0, "t.x");
      failing.setP5(OpFlags.CONSTRAINT_UNIQUE);
      Program plain = TestMachine.program(failing, false, 0);
      Program program =
          new Program(
              plain.ops(),
              plain.registerCount(),
              plain.cursorCount(),
              List.of(),
              "",
              List.of(),
              false,
              0,
              true,
              true,
              List.of());
      Vdbe vdbe = new Vdbe(machine.connection, program);
      assertThatThrownBy(vdbe::step).hasMessage("UNIQUE constraint failed: t.x");
      assertThat(rows(machine, 0)).containsExactly("1");
      autoCommit(machine, 1, 0);
      assertThat(count(path)).isEqualTo(1);
    }
  }
}

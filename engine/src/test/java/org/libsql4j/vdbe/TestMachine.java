package org.libsql4j.vdbe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.FileOpener;
import org.libsql4j.func.FunctionRegistry;
import org.libsql4j.record.Mem;
import org.libsql4j.vfs.NioVfs;
import org.libsql4j.vfs.VirtualFileSystem;

/** A connection without compiler, for programs made by hand. */
final class TestMachine implements AutoCloseable {
  final ConnectionState connection;

  TestMachine(VirtualFileSystem vfs, String path) {
    connection = new ConnectionState(new FunctionRegistry(null), vfs.environment());
    connection.setOpener(
        new FileOpener(vfs, false, true, false, connection.busyHandlerInForce(), null));
    connection.addDatabase(new AttachedDatabase("main", connection.opener().open(path)));
    connection.addDatabase(new AttachedDatabase("temp", null));
  }

  static TestMachine inMemory() {
    return new TestMachine(NioVfs.instance(), ":memory:");
  }

  static TestMachine onFile(String path) {
    return new TestMachine(NioVfs.instance(), path);
  }

  static Program program(ProgramBuilder builder, boolean readOnly, int parameters) {
    return new Program(
        builder.finishOps(),
        builder.registerCount() + 20,
        builder.cursorCount() + 4,
        List.of(),
        "",
        Collections.nCopies(parameters, null),
        readOnly,
        0,
        false,
        !readOnly,
        builder.queryPlan());
  }

  Vdbe machine(ProgramBuilder builder, boolean readOnly) {
    return new Vdbe(connection, program(builder, readOnly, 0));
  }

  /** Runs to the end and returns all rows as text. */
  List<String> run(ProgramBuilder builder, boolean readOnly) {
    Vdbe vdbe = machine(builder, readOnly);
    List<String> rows = new ArrayList<>();
    while (vdbe.step()) {
      rows.add(row(vdbe));
    }
    vdbe.reset();
    return rows;
  }

  static String row(Vdbe vdbe) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < vdbe.resultCount(); i++) {
      out.append(i == 0 ? "" : "|").append(show(vdbe.result(i)));
    }
    return out.toString();
  }

  static String show(Mem value) {
    return switch (value.type) {
      case Mem.NULL -> "NULL";
      case Mem.TEXT -> "'" + value.text() + "'";
      case Mem.BLOB -> "x" + java.util.HexFormat.of().formatHex(value.toByteArray());
      default -> value.text();
    };
  }

  @Override
  public void close() {
    for (AttachedDatabase database : connection.databases()) {
      Btree btree = database.btreeOrNull();
      if (btree != null) {
        btree.close();
      }
    }
  }
}

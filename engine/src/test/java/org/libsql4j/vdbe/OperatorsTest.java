package org.libsql4j.vdbe;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.libsql4j.record.Collations;
import org.libsql4j.record.Mem;

/** Arithmetic, comparison and logic give what SQLite gives, for every pair of telling values. */
class OperatorsTest {
  private static final Object[] VALUES = {
    null,
    0L,
    1L,
    -1L,
    2L,
    7L,
    -7L,
    63L,
    64L,
    65L,
    -64L,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MAX_VALUE - 1,
    9007199254740993L,
    0.0,
    -0.0,
    1.0,
    0.5,
    -2.5,
    1e300,
    1e14,
    9.22e18,
    1e19,
    -1e19,
    "",
    "0",
    "1",
    "1.0",
    "-7",
    " 12 ",
    "12abc",
    "1.5abc",
    "abc",
    "1e3",
    "9223372036854775808",
    "ABC",
    "abc ",
    new byte[0],
    new byte[] {'1', '2'},
    new byte[] {0, (byte) 0xff},
    "9223372036854775807",
    ".5",
    "-",
    "+5",
    "0x10",
    "1e",
    "1e400"
  };

  private Connection reference;
  private TestMachine machine;

  @BeforeEach
  void open() throws Exception {
    reference = DriverManager.getConnection("jdbc:sqlite::memory:");
    machine = TestMachine.inMemory();
  }

  @AfterEach
  void close() throws Exception {
    reference.close();
    machine.close();
  }

  private static String show(Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof byte[] bytes) {
      return "x" + HexFormat.of().formatHex(bytes);
    }
    return value instanceof String ? "'" + value + "'" : String.valueOf(value);
  }

  private String expected(PreparedStatement statement, Object left, Object right) throws Exception {
    statement.setObject(1, left);
    if (statement.getParameterMetaData().getParameterCount() > 1) {
      statement.setObject(2, right);
    }
    try (ResultSet rows = statement.executeQuery()) {
      rows.next();
      return switch (rows.getString(2)) {
        case "null" -> "NULL";
        case "blob" -> show(rows.getBytes(1));
        case "text" -> "'" + rows.getString(1) + "'";
        case "integer" -> String.valueOf(rows.getLong(1));
        default -> "r" + Double.doubleToLongBits(rows.getDouble(1) + 0.0);
      };
    }
  }

  private static String actual(Mem value) {
    return value.type == Mem.REAL
        ? "r" + Double.doubleToLongBits(value.real + 0.0)
        : TestMachine.show(value);
  }

  /** A machine whose program loads two parameters, does something and returns register 3. */
  private Vdbe machine(java.util.function.Consumer<ProgramBuilder> body) {
    ProgramBuilder b = new ProgramBuilder();
    b.newRegisters(8);
    b.add(Opcode.INIT, 0, 1);
    b.add(Opcode.VARIABLE, 1, 1);
    b.add(Opcode.VARIABLE, 2, 2);
    body.accept(b);
    b.add(Opcode.RESULT_ROW, 3, 1);
    b.add(Opcode.HALT);
    return new Vdbe(machine.connection, TestMachine.program(b, true, 2));
  }

  private void compareAll(String sql, Vdbe vdbe) throws Exception {
    List<String> differences = new ArrayList<>();
    String text = "SELECT r, typeof(r) FROM (SELECT " + sql + " AS r)";
    try (PreparedStatement statement = reference.prepareStatement(text)) {
      for (Object left : VALUES) {
        for (Object right : VALUES) {
          set(vdbe.parameter(0), left);
          set(vdbe.parameter(1), right);
          vdbe.step();
          String actual = actual(vdbe.result(0));
          vdbe.reset();
          String expected = expected(statement, left, right);
          if (!actual.equals(expected)) {
            differences.add(
                show(left) + ", " + show(right) + ": " + actual + " instead of " + expected);
          }
        }
      }
    }
    assertThat(differences.stream().limit(12)).as(sql).isEmpty();
  }

  private static void set(Mem cell, Object value) {
    if (value == null) {
      cell.setNull();
    } else if (value instanceof Long number) {
      cell.setInteger(number);
    } else if (value instanceof Double number) {
      cell.setReal(number);
    } else if (value instanceof String text) {
      cell.setText(text);
    } else {
      cell.setBlobShared((byte[]) value);
    }
  }

  @Test
  void arithmetic() throws Exception {
    int[] opcodes = {
      Opcode.ADD, Opcode.SUBTRACT, Opcode.MULTIPLY, Opcode.DIVIDE, Opcode.REMAINDER,
      Opcode.BIT_AND, Opcode.BIT_OR, Opcode.SHIFT_LEFT, Opcode.SHIFT_RIGHT, Opcode.CONCAT
    };
    String[] operators = {"+", "-", "*", "/", "%", "&", "|", "<<", ">>", "||"};
    for (int i = 0; i < opcodes.length; i++) {
      int opcode = opcodes[i];
      compareAll("?1 " + operators[i] + " ?2", machine(b -> b.add(opcode, 2, 1, 3)));
    }
  }

  @Test
  void logic() throws Exception {
    compareAll("?1 AND ?2", machine(b -> b.add(Opcode.AND, 1, 2, 3)));
    compareAll("?1 OR ?2", machine(b -> b.add(Opcode.OR, 1, 2, 3)));
    compareAll("NOT ?1", machine(b -> b.add(Opcode.NOT, 1, 3)));
    compareAll("~ ?1", machine(b -> b.add(Opcode.BIT_NOT, 1, 3)));
    compareAll("?1 IS TRUE", machine(b -> b.add(Opcode.IS_TRUE, 1, 3, 0, 0)));
    compareAll("?1 IS NOT FALSE", machine(b -> b.add(Opcode.IS_TRUE, 1, 3, 1, 0)));
  }

  @Test
  void casts() throws Exception {
    String[] types = {"BLOB", "TEXT", "NUMERIC", "INTEGER", "REAL"};
    for (int i = 0; i < types.length; i++) {
      int letter = 'A' + i;
      compareAll(
          "CAST(?1 AS " + types[i] + ")",
          machine(
              b -> {
                b.add(Opcode.CAST, 1, letter);
                b.add(Opcode.S_COPY, 1, 3);
              }));
    }
  }

  private Vdbe comparison(int opcode, int p5, Object collation, int castLetter) {
    return machine(
        b -> {
          if (castLetter != 0) {
            b.add(Opcode.CAST, 2, castLetter);
          }
          b.add(Opcode.INTEGER, 1, 3);
          int end = b.newLabel();
          // r[P3] op r[P1]
          b.add(opcode, 2, end, 1, collation);
          b.setP5(p5);
          if ((p5 & OpFlags.NULLEQ) != 0) {
            b.add(Opcode.INTEGER, 0, 3);
          } else {
            b.add(Opcode.ZERO_OR_NULL, 1, 3, 2);
          }
          b.resolve(end);
        });
  }

  @Test
  void comparisonsWithEachAffinity() throws Exception {
    int[] opcodes = {Opcode.EQ, Opcode.NE, Opcode.LT, Opcode.LE, Opcode.GT, Opcode.GE};
    String[] operators = {"=", "<>", "<", "<=", ">", ">="};
    for (int i = 0; i < opcodes.length; i++) {
      String op = operators[i];
      compareAll("?1 " + op + " ?2", comparison(opcodes[i], 'A', null, 0));
      compareAll("?1 " + op + " CAST(?2 AS NUMERIC)", comparison(opcodes[i], 'C', null, 'C'));
      compareAll("?1 " + op + " CAST(?2 AS TEXT)", comparison(opcodes[i], 'B', null, 'B'));
      compareAll(
          "?1 " + op + " ?2 COLLATE NOCASE", comparison(opcodes[i], 'A', Collations.NOCASE, 0));
      compareAll(
          "?1 " + op + " ?2 COLLATE RTRIM", comparison(opcodes[i], 'A', Collations.RTRIM, 0));
    }
    compareAll("?1 IS ?2", comparison(Opcode.EQ, 'A' | OpFlags.NULLEQ, null, 0));
    compareAll("?1 IS NOT ?2", comparison(Opcode.NE, 'A' | OpFlags.NULLEQ, null, 0));
  }
}

package org.libsql4j.func;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.record.Mem;
import org.libsql4j.record.TextEncoding;

/** Each function over a grid of values, compared with the real engine. */
class CoreFunctionsDifferentialTest {
  static final Object[] VALUES = {
    null,
    0L,
    1L,
    -1L,
    2L,
    5L,
    -3L,
    65L,
    1000L,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MIN_VALUE + 1,
    0.0,
    -0.0,
    0.5,
    -0.5,
    1.5,
    2.5,
    -2.5,
    0.285,
    1.005,
    12345.6789,
    -1e15,
    1e300,
    -1e-300,
    4503599627370495.5,
    9.3e18,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    "",
    " ",
    "abc",
    "ABC",
    "aBc dEf",
    "  padded  ",
    "12",
    " 12 ",
    "-7",
    "1.5",
    "1e2",
    "9223372036854775808",
    "12abc",
    "0x1F",
    "é",
    "ÀÉîöü",
    "日本語テキスト",
    "😀a😀",
    "a\0b",
    "it's",
    "%",
    "_",
    "a%c",
    "4142",
    "\\00e9",
    "\\u0041\\+01F600\\U00000042\\\\",
    "x\ty\n",
    new byte[0],
    new byte[] {0},
    new byte[] {'a', 'b', 'c'},
    new byte[] {'1', '2'},
    new byte[] {(byte) 0xc3, (byte) 0xa9, 'x'},
    new byte[] {(byte) 0xff, (byte) 0x80, 0x41},
  };

  private static void finish(FunctionOracle oracle) {
    assertThat(oracle.differences()).isEmpty();
    assertThat(oracle.calls()).isPositive();
  }

  private static final String[] ONE = {
    "length",
    "octet_length",
    "lower",
    "upper",
    "abs",
    "sign",
    "round",
    "typeof",
    "hex",
    "unhex",
    "quote",
    "unistr",
    "unistr_quote",
    "trim",
    "ltrim",
    "rtrim",
    "unicode",
    "char",
    "zeroblob",
    "likely",
    "unlikely",
    "coalesce",
    "ifnull",
    "concat",
    "concat_ws",
    "min",
    "max",
    "iif",
    "sum",
    "total",
    "avg",
    "count",
    "group_concat",
    "printf",
    "format",
    "subtype",
    "nullif",
    "substr",
    "instr",
    "like",
    "glob",
    "replace",
    "random",
    "ceil",
    "ceiling",
    "floor",
    "trunc",
    "degrees",
    "radians",
    "median",
    "pi",
    "mod",
    "sqrt"
  };

  private static final String[] CURVES = {
    "acos", "acosh", "asin", "asinh", "atan", "atanh", "cos", "cosh", "exp", "ln", "log", "log10",
    "log2", "sin", "sinh", "tan", "tanh", "pow", "power", "atan2"
  };

  @Test
  void curves() throws SQLException {
    try (FunctionOracle oracle = new FunctionOracle()) {
      oracle.tolerate(2);
      for (String name : CURVES) {
        for (Object value : VALUES) {
          oracle.check(name, value);
          for (Object second : VALUES) {
            if (name.equals("log") || name.equals("pow") || name.equals("atan2")) {
              oracle.check(name, value, second);
            }
          }
        }
        for (int i = -300; i < 300; i++) {
          oracle.check(name, i / 37.0);
        }
      }
      finish(oracle);
    }
  }

  @Test
  void oneArgument() throws SQLException {
    try (FunctionOracle oracle = new FunctionOracle()) {
      for (String name : ONE) {
        for (Object value : VALUES) {
          boolean hugeBlob = name.equals("zeroblob") && FunctionOracle.mem(value).asLong() > 10000;
          if (!hugeBlob && !name.equals("random")) {
            oracle.check(name, value);
          }
        }
      }
      finish(oracle);
    }
  }

  private static final String[] TWO = {
    "ifnull",
    "nullif",
    "coalesce",
    "substr",
    "substring",
    "instr",
    "like",
    "glob",
    "trim",
    "ltrim",
    "rtrim",
    "round",
    "min",
    "max",
    "concat",
    "concat_ws",
    "unhex",
    "iif",
    "char",
    "length",
    "replace",
    "group_concat",
    "string_agg",
    "mod",
    "abs",
    "if",
    "percentile",
    "percentile_cont",
    "percentile_disc",
    "sum"
  };

  @Test
  void twoArguments() throws SQLException {
    try (FunctionOracle oracle = new FunctionOracle()) {
      for (String name : TWO) {
        for (Object left : VALUES) {
          for (Object right : VALUES) {
            oracle.check(name, left, right);
          }
        }
      }
      finish(oracle);
    }
  }

  private static final String[] THREE = {"substr", "replace", "like", "iif", "concat_ws", "min"};

  private static final Object[] FEW = {
    null,
    0L,
    1L,
    -2L,
    3L,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1.5,
    "",
    "a",
    "b%",
    "é",
    "日本語",
    "aabbaa",
    "\\",
    new byte[0],
    new byte[] {'a', 'b'}
  };

  @Test
  void threeArguments() throws SQLException {
    try (FunctionOracle oracle = new FunctionOracle()) {
      for (String name : THREE) {
        for (Object first : VALUES) {
          for (Object second : FEW) {
            for (Object third : FEW) {
              oracle.check(name, first, second, third);
            }
          }
        }
      }
      finish(oracle);
    }
  }

  @Test
  void namesWithoutArguments() throws SQLException {
    try (FunctionOracle oracle = new FunctionOracle()) {
      for (String name : ONE) {
        if (!name.equals("random")) {
          oracle.check(name);
        }
      }
      for (String name : new String[] {"changes", "total_changes", "last_insert_rowid", "char"}) {
        oracle.check(name);
      }
      finish(oracle);
    }
  }

  /** The encoding of the arguments makes no difference, but for the order of their bytes. */
  @Test
  void utf16ArgumentsGiveTheSameResults() {
    ConnectionState wide = new ConnectionState(BuiltInFunctions.registry());
    wide.encoding = TextEncoding.UTF16LE;
    ConnectionState narrow = new ConnectionState(BuiltInFunctions.registry());
    for (String name : TWO) {
      if (name.equals("min") || name.equals("max")) {
        continue;
      }
      for (Object left : VALUES) {
        for (Object right : VALUES) {
          if (!(left instanceof byte[]) && !(right instanceof byte[])) {
            Object[] arguments = {left, right};
            assertThat(call(wide, name, arguments, TextEncoding.UTF16LE))
                .as(name + FunctionOracle.describe(arguments))
                .isEqualTo(call(narrow, name, arguments, TextEncoding.UTF8));
          }
        }
      }
    }
  }

  private static String call(
      ConnectionState connection, String name, Object[] arguments, TextEncoding encoding) {
    FunctionDefinition definition = connection.functions().find(name, arguments.length);
    if (definition == null || definition.scalar() == null) {
      return "";
    }
    Mem[] mems = new Mem[arguments.length];
    for (int i = 0; i < mems.length; i++) {
      mems[i] = FunctionOracle.mem(arguments[i]);
      mems[i].changeEncoding(encoding);
    }
    FunctionContext context = new FunctionContext(connection, definition);
    try {
      definition.scalar().call(context, mems);
    } catch (LibsqlException e) {
      return e.getMessage();
    }
    context.result().changeEncoding(TextEncoding.UTF8);
    return FunctionOracle.show(FunctionOracle.object(context.result()));
  }
}

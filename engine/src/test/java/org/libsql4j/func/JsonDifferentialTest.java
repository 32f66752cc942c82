package org.libsql4j.func;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** JSON functions over fixed and random documents, paths and values, against the real engine. */
class JsonDifferentialTest {
  private static final long SEED = Long.getLong("libsql4j.seed", 4711L);
  private static final int ROUNDS = Integer.getInteger("libsql4j.rounds", 15_000);

  private static final Object[] DOCUMENTS = {
    null,
    "{}",
    "[]",
    "1",
    "-1.5e3",
    "\"x\"",
    "null",
    "true",
    "false",
    "",
    " ",
    "x",
    "{a}",
    "[1,2",
    "{\"a\":1,\"b\":[1,2,{\"c\":null}],\"d\":{\"e\":\"f\"}}",
    "[1,2.50,\"x\",null,true,{}]",
    " { \"a\" : [ 1 , 2 ] , \"b\\u0041\" : \"\\ud83d\\ude00\" } ",
    "{a:1,'b':2,$c_1:3,}",
    "[1,2,]",
    "[,]",
    "[1,,2]",
    "{,}",
    "{\"a\":1,,}",
    "+1",
    ".5",
    "5.",
    "-.5",
    "-5.e2",
    "0x1F",
    "-0xff",
    "0x",
    "01",
    "-01",
    "1e",
    "1e+",
    "1.e5",
    "Infinity",
    "-Infinity",
    "+inf",
    "infinit",
    "NaN",
    "QNaN",
    "nan",
    "inf",
    "nulls",
    "truex",
    "'it\"s'",
    "'a\\'b'",
    "\"a\\x41\\\nb\"",
    "\"a\\v\\0\"",
    "\"\\01\"",
    "\"\\q\"",
    "\"\\u12\"",
    "\"tab\there\"",
    "// c\n1",
    "/* c */ 1 /* d */",
    "/* c",
    "1 2",
    "{\"a\":1}x",
    "{\"a\" 1}",
    "{1:2}",
    "{null:1}",
    "{true:1}",
    "{NaN:1}",
    "{\"a\":}",
    "{\"a\"}",
    "[1 2]",
    "é",
    "\"é日本\"",
    "{é:1}",
    "{\"a\":1,\"a\":2}",
    "{\"\":1}",
    "{\"a.b\":1,\"c\\\"d\":2,\"e f\":3}",
    "12345678901234567890",
    "0xfffffffffffffffff",
    "9223372036854775808",
    "1e999",
    "[[[[1]]]]",
    "\u00a01",
    "\ufeff[1]",
    "{\"a\\u0062\":5}",
    "[\"a\\u0000b\"]",
    "\"\\ud83d\"",
    "--1",
    "+-1",
    "1.2.3",
    "1e5e5",
    ".",
    "-",
    "+",
    "1e5.",
    "-x",
    "{a b:1}",
    "{a\\u0041:1}",
    "{\\u0041:1}",
    "{\"a\":1 /*x*/, b:2}",
    5L,
    1.5,
    1e300,
    Double.POSITIVE_INFINITY,
    bytes("7b7d"),
    bytes("00"),
    bytes("0c"),
    bytes("1331"),
    bytes("ff"),
    bytes("1c"),
    bytes("cc181761cb14133135322e351778000102685c75303034311727"),
    bytes("5b13311778"),
    bytes("2b1331"),
    bytes("2c1761"),
    bytes("23"),
    bytes("2378"),
    bytes("25"),
    bytes("2831"),
    bytes("3a612262"),
    bytes("395c7831"),
    bytes("4430783146"),
    bytes("cb021331"),
    bytes("e70000000161"),
    bytes("f7000000000000000161"),
    bytes("f7000000010000000161"),
    bytes("0d"),
    bytes("0f"),
    "".getBytes(StandardCharsets.UTF_8),
    "{\"a\":1}".getBytes(StandardCharsets.UTF_8),
  };

  private static byte[] bytes(String hex) {
    return java.util.HexFormat.of().parseHex(hex);
  }

  private static final Object[] PATHS = {
    null,
    "$",
    "$.a",
    "$.b",
    "$.b[0]",
    "$.b[2].c",
    "$.d.e",
    "$.x",
    "$.x.y",
    "$.x[0]",
    "$[0]",
    "$[1]",
    "$[#]",
    "$[#-1]",
    "$[#-9]",
    "$[9]",
    "$.a[#]",
    "$.b[#]",
    "$.b[#-1]",
    "$.\"a.b\"",
    "$.\"c\\\"d\"",
    "$.\"e f\"",
    "$.",
    "$..a",
    "$[",
    "$[x]",
    "$[0",
    "$[#-]",
    "$[#x]",
    "a",
    "",
    "x.a",
    "$a",
    "$.a.",
    "$.\"a",
    "$.\"\"",
    "$.\"\\u0061\"",
    "$[0][0]",
    "$[0].a",
    "$[-1]",
    "$.b[1",
    "$ .a",
    "[0]",
    "b",
    "e f",
    "-1",
    "a.b",
    "\"a\"",
    0L,
    1L,
    -1L,
    -2L,
    9L,
    1.5
  };

  private static final Object[] NEW_VALUES = {
    null,
    1L,
    -5L,
    2.5,
    Double.POSITIVE_INFINITY,
    "x",
    "a\"b\\c\n\u0001é",
    "[1]",
    "",
    bytes("2b1331"),
    bytes("ff"),
    bytes("00")
  };

  private static final String[] ONE = {
    "json", "jsonb", "json_type", "json_valid", "json_error_position", "json_quote", "json_pretty",
    "json_array_length", "json_array", "jsonb_array", "json_remove", "json_set", "json_group_array",
        "jsonb_group_array",
    "json_extract", "json_object", "json_patch"
  };

  @Test
  void documentsAlone() throws SQLException {
    try (FunctionOracle oracle = new FunctionOracle()) {
      for (String name : ONE) {
        for (Object document : DOCUMENTS) {
          oracle.check(name, document);
        }
      }
      for (Object document : DOCUMENTS) {
        for (long flags = 0; flags < 17; flags++) {
          oracle.check("json_valid", document, flags);
        }
      }
      finish(oracle);
    }
  }

  private static final String[] WITH_PATH = {
    "json_extract", "jsonb_extract", "json_type", "json_array_length", "json_remove", "jsonb_remove"
  };

  @Test
  void paths() throws SQLException {
    try (FunctionOracle oracle = new FunctionOracle()) {
      for (String name : WITH_PATH) {
        for (Object document : DOCUMENTS) {
          for (Object path : PATHS) {
            oracle.check(name, document, path);
          }
        }
      }
      finish(oracle);
    }
  }

  @Test
  void arrows() throws SQLException {
    try (FunctionOracle oracle = new FunctionOracle()) {
      for (Object document : DOCUMENTS) {
        for (Object path : PATHS) {
          oracle.checkOperator("->", document, path);
          oracle.checkOperator("->>", document, path);
        }
      }
      finish(oracle);
    }
  }

  @Test
  void patches() throws SQLException {
    try (FunctionOracle oracle = new FunctionOracle()) {
      for (Object document : DOCUMENTS) {
        for (Object patch : DOCUMENTS) {
          oracle.check("json_patch", document, patch);
        }
      }
      finish(oracle);
    }
  }

  private static final String[] EDITS = {
    "json_set",
    "json_insert",
    "json_replace",
    "jsonb_set",
    "jsonb_insert",
    "jsonb_replace",
    "json_array_insert"
  };

  @Test
  void edits() throws SQLException {
    Random random = new Random(SEED);
    try (FunctionOracle oracle = new FunctionOracle()) {
      for (int i = 0; i < ROUNDS; i++) {
        Object document =
            random.nextBoolean()
                ? DOCUMENTS[random.nextInt(DOCUMENTS.length)]
                : randomDocument(random, 3);
        Object value = NEW_VALUES[random.nextInt(NEW_VALUES.length)];
        oracle.check(
            EDITS[random.nextInt(EDITS.length)],
            document,
            PATHS[random.nextInt(PATHS.length)],
            value);
        oracle.check(
            EDITS[random.nextInt(EDITS.length)],
            document,
            PATHS[random.nextInt(PATHS.length)],
            value,
            PATHS[random.nextInt(PATHS.length)],
            randomDocument(random, 2));
        oracle.check("json_object", "a", value, "b", document);
        oracle.check("json_group_object", "a", value);
        oracle.check("json_extract", document, "$.a", PATHS[random.nextInt(PATHS.length)]);
      }
      finish(oracle);
    }
  }

  private static String randomDocument(Random random, int depth) {
    switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0:
        return String.valueOf(random.nextInt(2000) - 1000);
      case 1:
        return String.valueOf(random.nextGaussian());
      case 2:
        return new String[] {"null", "true", "false", "NaN", ".5", "0xAb", "5.", "-Infinity"}
            [random.nextInt(8)];
      case 3:
        return "\"" + "abé\\n\\u0041".substring(0, random.nextInt(4)) + "\"";
      case 4:
        return "'x\\x41" + "y".repeat(random.nextInt(300)) + "'";
      case 5:
        return "\"" + "z".repeat(random.nextInt(20)) + "\"";
      case 6:
      case 7:
        {
          StringBuilder out = new StringBuilder("{");
          int n = random.nextInt(5);
          for (int i = 0; i < n; i++) {
            out.append(i > 0 ? "," : "").append(random.nextInt(5) == 0 ? " " : "");
            String[] labels = {"\"a\"", "b", "'c'", "\"x\"", "\"e f\"", "\"d\"", "\"\\u0061\""};
            out.append(labels[random.nextInt(labels.length)]);
            out.append(':').append(randomDocument(random, depth - 1));
          }
          return out.append('}').toString();
        }
      default:
        {
          StringBuilder out = new StringBuilder("[");
          int n = random.nextInt(5);
          for (int i = 0; i < n; i++) {
            out.append(i > 0 ? "," : "").append(randomDocument(random, depth - 1));
          }
          return out.append(']').toString();
        }
    }
  }

  @Test
  void randomDocumentsSometimesDamaged() throws SQLException {
    Random random = new Random(SEED);
    try (FunctionOracle oracle = new FunctionOracle()) {
      for (int i = 0; i < ROUNDS; i++) {
        String document = randomDocument(random, 4);
        if (random.nextInt(3) == 0) {
          StringBuilder damaged = new StringBuilder(document);
          int at = random.nextInt(damaged.length());
          damaged.setCharAt(at, "{}[]\",:x1.-\\'/ \n".charAt(random.nextInt(16)));
          document = damaged.toString();
        }
        oracle.check("json", document);
        oracle.check("jsonb", document);
        oracle.check("json_error_position", document);
        oracle.check("json_valid", document);
        oracle.check("json_pretty", document);
        oracle.check("json_extract", document, PATHS[random.nextInt(PATHS.length)]);
        oracle.check("json_patch", document, randomDocument(random, 3));
      }
      finish(oracle);
    }
  }

  private static void finish(FunctionOracle oracle) {
    assertThat(oracle.differences()).as("seed %d", SEED).isEmpty();
  }
}

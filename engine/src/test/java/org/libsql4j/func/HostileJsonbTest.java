package org.libsql4j.func;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.record.Mem;

/** Damaged JSONB gives results or errors of the engine, never another exception. */
class HostileJsonbTest {
  private static final long SEED = Long.getLong("libsql4j.seed", 8L);
  private static final int ROUNDS = Integer.getInteger("libsql4j.rounds", 60_000);

  private static final String[] NAMES = {
    "json", "json_pretty", "json_type", "json_error_position", "json_array_length", "json_quote",
    "json_array", "json_extract", "jsonb_remove", "json_set", "jsonb_insert", "json_replace",
    "json_patch", "json_valid", "json_array_insert", "->>"
  };

  private static final String[] PATHS = {
    "$", "$.a", "$.a[1].b", "$[0]", "$[#-1]", "$[1].x.y", "$.d.e[#]", "$.b[2].c"
  };

  private final ConnectionState connection = new ConnectionState(BuiltInFunctions.registry());

  private Mem call(String name, Mem... arguments) {
    FunctionDefinition definition = connection.functions().find(name, arguments.length);
    FunctionContext context = new FunctionContext(connection, definition);
    definition.scalar().call(context, arguments);
    return context.result();
  }

  @Test
  void damagedBlobsNeverCrash() {
    Random random = new Random(SEED);
    byte[] whole =
        call(
                "jsonb",
                FunctionOracle.mem(
                    "{a:[1,2.5,{b:'x\\x41'},-0xff],d:{e:[true,null,.5]},\"\\u0062\":[[],{},{c:1}]}"))
            .toByteArray();
    List<String> crashes = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      byte[] damaged = whole.clone();
      int flips = 1 + random.nextInt(4);
      for (int k = 0; k < flips; k++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      String name = NAMES[random.nextInt(NAMES.length)];
      Mem blob = FunctionOracle.mem(damaged);
      Mem path = FunctionOracle.mem(PATHS[random.nextInt(PATHS.length)]);
      try {
        switch (name) {
          case "json_extract", "jsonb_remove", "->>" -> call(name, blob, path);
          case "json_patch" -> call(name, blob, FunctionOracle.mem(damaged));
          case "json_set", "jsonb_insert", "json_replace", "json_array_insert" ->
              call(name, blob, path, FunctionOracle.mem("new"));
          case "json_valid" -> call(name, blob, FunctionOracle.mem(8L));
          default -> call(name, blob);
        }
      } catch (LibsqlException e) {
        assertThat(e.getMessage()).isNotEmpty();
      } catch (RuntimeException e) {
        crashes.add(name + " " + e + " at " + e.getStackTrace()[0] + " " + e.getStackTrace()[1]);
      }
    }
    assertThat(crashes).as("seed %d", SEED).isEmpty();
  }
}

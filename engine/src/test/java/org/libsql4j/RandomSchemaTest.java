package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Creates, alters and drops random tables on this engine and on the real one: what the schema table
 * and the pragmas say of them, and what errors there are, must be the same. A failure names the
 * seed.
 */
class RandomSchemaTest {
  private static final int TABLES = 60;
  private static final String[] TYPES = {
    "",
    "int",
    "INTEGER",
    "integer",
    "text",
    "blob",
    "real",
    "numeric(10,2)",
    "varchar(20)",
    "any",
    "double precision",
    "BIGINT",
    "char"
  };
  private static final String[] DEFAULTS = {
    "5", "-3", "(1+2)", "'x'", "null", "\"q\"", "true", "+7", "x'01'", "1e3"
  };
  private static final String[] CONFLICTS = {
    "",
    "",
    "",
    "",
    "",
    "",
    " on conflict replace",
    " on conflict ignore",
    " on conflict fail",
    " on conflict rollback",
    " on conflict abort"
  };

  @TempDir Path directory;
  private Random random = new Random();
  private final List<String> script = new ArrayList<>();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void behavesLikeTheRealEngine(long seed) throws Exception {
    random = new Random(seed);
    script.add("pragma synchronous=off");
    for (int i = 0; i < TABLES; i++) {
      table(i);
    }
    script.add("select type, name, tbl_name, sql from sqlite_master");
    script.add("pragma integrity_check");
    script.add("!check");
    script.add("vacuum");
    script.add("select * from sqlite_master");
    script.add("!check");
    try (TwoEngines engines = new TwoEngines(directory)) {
      assertThat(engines.run(script)).as("seed %d", seed).isEmpty();
    }
  }

  private void table(int number) {
    int columns = 1 + random.nextInt(4);
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      parts.add(column("c" + i, columns));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      parts.add(constraint(columns));
    }
    String name = "t" + number;
    script.add(
        "create table "
            + name
            + "("
            + String.join(", ", parts)
            + ")"
            + pick("", "", "", " without rowid", " without rowid", " strict"));
    describe(name);
    script.add(
        "create "
            + pick("", "unique ")
            + "index i"
            + number
            + " on "
            + name
            + "("
            + keys(columns)
            + ")"
            + pick("", " where c0>1"));
    script.add("pragma index_xinfo(i" + number + ")");
    change(name, number, columns);
  }

  private void describe(String name) {
    script.add("pragma table_xinfo(" + name + ")");
    script.add("pragma index_list(" + name + ")");
    script.add("pragma foreign_key_list(" + name + ")");
    for (int i = 1; i <= 3; i++) {
      script.add("pragma index_xinfo(sqlite_autoindex_" + name + "_" + i + ")");
    }
  }

  private void change(String name, int number, int columns) {
    switch (random.nextInt(12)) {
      case 0 -> script.add("drop table " + name);
      case 1 -> script.add("drop index i" + number);
      case 2, 3 -> script.add("alter table " + name + " rename column c0 to d0");
      case 4 ->
          script.add(
              "alter table "
                  + name
                  + " add column e "
                  + pick(TYPES)
                  + pick("", " default 5", " collate nocase", " check(c0>0)", " as (c0)"));
      case 5 -> script.add("alter table " + name + " drop column c" + random.nextInt(columns));
      case 6 -> script.add("alter table " + name + " rename to u" + number);
      default -> describe(name);
    }
  }

  private String column(String name, int columns) {
    StringBuilder text = new StringBuilder(name).append(' ').append(pick(TYPES));
    for (int i = random.nextInt(4); i > 1; i--) {
      switch (random.nextInt(10)) {
        case 0 -> text.append(" primary key").append(pick("", " desc", " asc")).append(conflict());
        case 1 -> text.append(" not null").append(conflict());
        case 2 -> text.append(" unique").append(conflict());
        case 3 -> text.append(" default ").append(pick(DEFAULTS));
        case 4 -> text.append(" collate ").append(pick("nocase", "binary", "rtrim"));
        case 5 -> text.append(" check(c").append(random.nextInt(columns)).append(">0)");
        case 6 ->
            text.append(" references p")
                .append(pick("", "(a)"))
                .append(pick("", " on delete cascade", " on update set null deferrable"));
        case 7 -> text.append(" constraint foo");
        case 8 -> text.append(" null");
        default -> text.append(pick("", "", " as (c" + random.nextInt(columns) + ")"));
      }
    }
    return text.toString();
  }

  private String constraint(int columns) {
    return switch (random.nextInt(4)) {
      case 0 -> "primary key(" + keys(columns) + ")" + conflict();
      case 1 -> "unique(" + keys(columns) + ")" + conflict();
      case 2 -> "check(c0<>c" + random.nextInt(columns) + ")";
      default -> "foreign key(c" + random.nextInt(columns) + ") references p(b)";
    };
  }

  private String keys(int columns) {
    List<String> keys = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      String column = "c" + random.nextInt(columns);
      keys.add(pick(column, column, column, column, "c0 desc", "c0 collate nocase", column + "+1"));
    }
    return String.join(", ", keys);
  }

  private String conflict() {
    return pick(CONFLICTS);
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}

package org.libsql4j.compat.differential;

import java.util.ArrayList;
import java.util.List;
import org.libsql4j.compat.generate.Dice;
import org.libsql4j.compat.generate.GeneratedSql;
import org.libsql4j.compat.generate.RandomChanges;
import org.libsql4j.compat.generate.RandomExpressions;
import org.libsql4j.compat.generate.RandomQueries;
import org.libsql4j.compat.generate.RandomSchema;
import org.libsql4j.compat.generate.RandomTriggers;
import org.libsql4j.compat.generate.RandomValues;
import org.libsql4j.compat.generate.TableModel;

/** A script from a seed: a schema, rows, and then queries and changes in turn. */
final class ScriptGenerator {
  private static final int ROWS_PER_TABLE = 12;
  private static final int STATEMENTS = 120;

  private ScriptGenerator() {}

  static Script script(long seed) {
    Dice dice = new Dice(seed);
    RandomValues values = new RandomValues(dice);
    RandomExpressions expressions = new RandomExpressions(dice, values);
    RandomSchema schema = new RandomSchema(dice, values);
    RandomChanges changes = new RandomChanges(dice, values, expressions, schema);
    RandomQueries queries = new RandomQueries(dice, expressions, schema);

    List<GeneratedSql> script = new ArrayList<>();
    schema.statements().forEach(sql -> script.add(exact(sql)));
    if (dice.percent(50)) {
      RandomTriggers triggers = new RandomTriggers(dice, expressions);
      triggers.statements(schema).forEach(sql -> script.add(exact(sql)));
    } else {
      script.add(exact("CREATE TABLE " + RandomTriggers.LOG + "(name TEXT, x, y, n)"));
    }
    for (TableModel table : schema.tables()) {
      for (int i = 0; i < ROWS_PER_TABLE; i++) {
        script.add(exact(changes.insert(table)));
      }
    }
    for (int i = 0; i < STATEMENTS; i++) {
      if (dice.percent(25)) {
        // In which order changed rows are returned is not decided.
        String change = changes.next();
        script.add(new GeneratedSql(change, !change.contains(" RETURNING "), false));
      } else {
        script.add(queries.next());
      }
    }
    script.add(exact("COMMIT"));
    for (TableModel table : schema.tables()) {
      String rowid = table.hasRowid() ? "rowid, " : "";
      script.add(exact("SELECT " + rowid + "* FROM " + table.name() + " ORDER BY " + table.key()));
    }
    script.add(new GeneratedSql("SELECT * FROM " + RandomTriggers.LOG, false, false));
    script.add(exact("PRAGMA integrity_check"));
    script.add(new GeneratedSql("PRAGMA foreign_key_check", false, false));
    return new Script(script);
  }

  private static GeneratedSql exact(String sql) {
    return new GeneratedSql(sql, true, false);
  }
}

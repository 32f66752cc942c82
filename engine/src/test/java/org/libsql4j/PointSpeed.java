package org.libsql4j;

/** Measures prepared look-ups by rowid and through an index. */
final class PointSpeed {
  private PointSpeed() {}

  public static void main(String[] args) {
    try (Connection connection = Database.openLocal(args[0]).connect()) {
      if (args.length > 1) {
        connection.begin();
      }
      for (String sql :
          new String[] {
            "SELECT c FROM t WHERE rowid = ?", "SELECT c FROM t WHERE a = ? LIMIT 1", "SELECT ?"
          }) {
        try (Statement statement = connection.prepare(sql)) {
          for (int round = 0; round < 6; round++) {
            long start = System.nanoTime();
            long sum = 0;
            int n = 200_000;
            for (int i = 0; i < n; i++) {
              statement.bind(1, (i * 7919L) % (sql.contains("rowid") ? 10_000 : 1000));
              while (statement.step()) {
                sum += statement.getLong(0);
              }
              statement.reset();
            }
            System.out.println(sql + " " + (System.nanoTime() - start) / n + " ns " + sum);
          }
        }
      }
    }
  }
}

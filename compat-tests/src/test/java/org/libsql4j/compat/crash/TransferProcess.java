package org.libsql4j.compat.crash;

import java.util.Random;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.Rows;

/**
 * A process that moves money between accounts for ever, and prints the number of each transfer once
 * it is committed.
 *
 * <p>Arguments: file, journal mode, seed.
 */
final class TransferProcess {
  static final int ACCOUNTS = 2_000;
  static final int MONEY = 1_000_000;

  private TransferProcess() {}

  public static void main(String[] args) {
    Random random = new Random(Long.parseLong(args[2]));
    try (Connection connection = Database.openLocal(args[0]).connect()) {
      connection.executeMultiple("PRAGMA journal_mode = " + args[1]);
      // Few pages in memory: changes go to the file before the commit.
      connection.executeMultiple("PRAGMA cache_size = 10");
      connection.executeMultiple("PRAGMA synchronous = OFF");
      System.out.println("start " + number(connection));
      while (true) {
        transfer(connection, random);
        System.out.println(number(connection));
      }
    }
  }

  private static void transfer(Connection connection, Random random) {
    connection.beginImmediate();
    int moves = 1 + random.nextInt(30);
    for (int i = 0; i < moves; i++) {
      int amount = random.nextInt(100);
      add(connection, random.nextInt(ACCOUNTS), -amount);
      add(connection, random.nextInt(ACCOUNTS), amount);
    }
    connection.execute("UPDATE counter SET n = n + 1");
    connection.execute(
        "INSERT INTO log(n, note) SELECT n, printf('%.*c', ?, 'n') FROM counter",
        random.nextInt(3000));
    connection.execute("DELETE FROM log WHERE id < (SELECT max(id) FROM log) - 300");
    connection.commit();
  }

  private static void add(Connection connection, int account, int amount) {
    connection.execute("UPDATE account SET balance = balance + ? WHERE id = ?", amount, account);
  }

  private static long number(Connection connection) {
    try (Rows rows = connection.query("SELECT n FROM counter")) {
      rows.next();
      return rows.getLong(0);
    }
  }
}

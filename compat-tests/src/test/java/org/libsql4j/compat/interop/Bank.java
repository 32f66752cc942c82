package org.libsql4j.compat.interop;

import java.util.List;
import java.util.Random;

/**
 * The database that all work on: accounts between which money moves, and a counter of the moves.
 * The sum of all balances never changes.
 */
final class Bank {
  static final int ACCOUNTS = 200;
  static final int MONEY = ACCOUNTS * 100;

  static final String CHECK =
      "SELECT (SELECT sum(balance) FROM account) || ' ' || (SELECT count(*) FROM account)"
          + " || ' ' || (SELECT n FROM counter)";

  /** What {@link #CHECK} gives before the number of moves. */
  static final String SOUND = MONEY + " " + ACCOUNTS + " ";

  private Bank() {}

  static List<String> creation(String journalMode) {
    return List.of(
        "PRAGMA page_size = 1024",
        "PRAGMA journal_mode = " + journalMode,
        "CREATE TABLE account(id INTEGER PRIMARY KEY, balance INT, note TEXT)",
        "CREATE INDEX account_balance ON account(balance)",
        "CREATE TABLE counter(n INT)",
        "CREATE TABLE log(n INT PRIMARY KEY, note TEXT) WITHOUT ROWID",
        "INSERT INTO counter VALUES (0)",
        "WITH RECURSIVE c(i) AS (VALUES(0) UNION ALL SELECT i + 1 FROM c WHERE i < "
            + (ACCOUNTS - 1)
            + ") INSERT INTO account SELECT i, 100, printf('%100d', i) FROM c");
  }

  /** The statements of a move, BEGIN and COMMIT included. */
  static List<String> move(Random random) {
    int amount = random.nextInt(50);
    String add = "UPDATE account SET balance = balance + %d WHERE id %s";
    boolean many = random.nextInt(5) == 0;
    int first = random.nextInt(ACCOUNTS - 40);
    String from = many ? "BETWEEN " + first + " AND " + (first + 19) : "= " + first;
    String to =
        many ? "BETWEEN " + (first + 20) + " AND " + (first + 39) : "= " + random.nextInt(ACCOUNTS);
    return List.of(
        "BEGIN IMMEDIATE",
        String.format(add, -amount, from),
        String.format(add, amount, to),
        "UPDATE counter SET n = n + 1",
        "INSERT INTO log SELECT n, hex(zeroblob(" + random.nextInt(800) + ")) FROM counter",
        "DELETE FROM log WHERE n < (SELECT n - 100 FROM counter)",
        "COMMIT");
  }
}

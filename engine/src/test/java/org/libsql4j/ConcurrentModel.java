package org.libsql4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.CheckpointMode;

/**
 * Random transactions of several connections on one file, compared with maps.
 *
 * <p>A transaction works on a copy of what was committed when it began. If its commit succeeds, the
 * rows that it changed must be committed as it found them, and take their new values. Transactions
 * whose tables have nothing in common, and that leave the schema alone, must both succeed.
 */
final class ConcurrentModel {
  private static final int TABLES = 5;
  private static final int CONNECTIONS = 4;

  /** What a row holds: its number {@code a}, and a blob of so many bytes that follow from it. */
  record Row(int a, int length) {
    byte[] blob() {
      byte[] bytes = new byte[length];
      Arrays.fill(bytes, (byte) a);
      return bytes;
    }
  }

  /** One connection and its transaction. */
  private static final class Client {
    Connection connection;
    boolean open;
    boolean concurrent;
    boolean changesSchema;
    Map<String, TreeMap<Long, Row>> found = new TreeMap<>();
    Map<String, TreeMap<Long, Row>> seen = new TreeMap<>();
    final Set<String> touched = new HashSet<>();
    final Set<String> touchedByOthers = new HashSet<>();
    boolean schemaChangedByOthers;
    boolean othersCommitted;
    boolean othersWrote;
    final List<Map<String, TreeMap<Long, Row>>> savepoints = new ArrayList<>();

    Client(Connection connection) {
      this.connection = connection;
    }
  }

  private final Path file;
  private final long seed;
  private final Random random;
  private final boolean autoVacuum;
  private final List<Client> clients = new ArrayList<>();
  private Map<String, TreeMap<Long, Row>> committed = new TreeMap<>();
  private int tablesMade;
  int wins;
  int losses;
  private int step;

  ConcurrentModel(Path file, long seed) {
    this.file = file;
    this.seed = seed;
    this.random = new Random(seed);
    this.autoVacuum = random.nextInt(6) == 0;
  }

  private Connection connect() {
    Connection connection =
        Database.builder(file.toString()).busyTimeoutMillis(0).build().connect();
    connection.executeMultiple(
        "PRAGMA synchronous=OFF; PRAGMA wal_autocheckpoint="
            + new int[] {0, 5, 50, 1000}[random.nextInt(4)]
            + "; PRAGMA secure_delete="
            + random.nextInt(3)
            + "; PRAGMA cache_size="
            + new int[] {5, 30, -2000}[random.nextInt(3)]);
    return connection;
  }

  void run(int steps) throws Exception {
    try (Connection connection = connect()) {
      connection.execute("PRAGMA page_size=" + (512 << random.nextInt(4)));
      connection.execute("PRAGMA auto_vacuum=" + (autoVacuum ? 1 + random.nextInt(2) : 0));
      for (int i = 0; i < TABLES; i++) {
        create(connection, "t" + i);
      }
      connection.executeMultiple("PRAGMA journal_mode=WAL");
    }
    for (int i = 0; i < CONNECTIONS; i++) {
      clients.add(new Client(connect()));
    }
    try {
      for (step = 0; step < steps; step++) {
        act(clients.get(random.nextInt(CONNECTIONS)));
      }
      checkFile();
    } catch (LibsqlException | AssertionError | IllegalStateException e) {
      throw new AssertionError("seed " + seed + ", step " + step + ": " + e, e);
    } finally {
      clients.forEach(client -> client.connection.close());
    }
  }

  private void create(Connection connection, String name) {
    connection.execute("CREATE TABLE " + name + "(id INTEGER PRIMARY KEY, a, b)");
    connection.execute("CREATE INDEX i_" + name + " ON " + name + "(b, a)");
    committed.put(name, new TreeMap<>());
  }

  private void act(Client client) throws Exception {
    if (!client.open) {
      int kind = random.nextInt(20);
      if (kind == 0) {
        checkpoint(client);
      } else if (kind == 1) {
        client.connection.close();
        client.connection = connect();
      } else {
        begin(client);
      }
    } else if (random.nextInt(5) == 0) {
      end(client);
    } else {
      try {
        change(client);
      } catch (LibsqlException e) {
        if (client.concurrent && !autoVacuum || e.resultCode().primary() != ResultCode.BUSY) {
          throw e;
        }
      }
    }
  }

  private void checkpoint(Client client) {
    CheckpointMode[] modes = CheckpointMode.values();
    try {
      client.connection.wal().checkpoint(modes[random.nextInt(modes.length)]);
    } catch (LibsqlException e) {
      if (e.resultCode().primary() != ResultCode.BUSY) {
        throw e;
      }
    }
  }

  // ---- a transaction

  private void begin(Client client) {
    client.concurrent = random.nextInt(8) != 0;
    client.connection.execute(client.concurrent ? "BEGIN CONCURRENT" : "BEGIN");
    client.open = true;
    client.changesSchema = false;
    client.schemaChangedByOthers = false;
    client.othersCommitted = false;
    client.othersWrote = false;
    client.touched.clear();
    client.touchedByOthers.clear();
    client.savepoints.clear();
    client.found = copy(committed);
    client.seen = copy(committed);
    number(client.connection, "SELECT count(*) FROM sqlite_schema"); // Here the snapshot begins.
  }

  private void end(Client client) throws Exception {
    client.open = false;
    if (random.nextInt(6) == 0) {
      client.connection.rollback();
      return;
    }
    Rows reader = null;
    String read = "t" + random.nextInt(TABLES);
    TreeMap<Long, Row> rows = new TreeMap<>();
    if (random.nextInt(4) == 0) {
      client.touched.add(read);
      reader = client.connection.query("SELECT id, a, length(b) FROM " + read);
      for (int i = random.nextInt(20); i >= 0 && reader.next(); i--) {
        rows.put(reader.getLong(0), new Row((int) reader.getLong(1), (int) reader.getLong(2)));
      }
    }
    boolean wrote = !client.found.equals(client.seen);
    boolean won = commit(client);
    if (reader != null) {
      finish(reader, rows);
      if (wrote || !rows.equals(client.seen.get(read))) {
        same(rows, (won ? committed : client.seen).get(read), "query over commit of " + read);
      }
    }
    if (!won) {
      client.connection.rollback();
    }
    if (won && random.nextInt(3) == 0) {
      check(client.connection, committed);
    }
    if (random.nextInt(10) == 0) {
      checkFile();
    }
  }

  /**
   * A query that began before the commit sees the newest state behind it, unless nothing was
   * written.
   */
  private static void finish(Rows reader, TreeMap<Long, Row> rows) {
    while (reader.next()) {
      rows.put(reader.getLong(0), new Row((int) reader.getLong(1), (int) reader.getLong(2)));
    }
    reader.close();
  }

  private boolean commit(Client client) {
    boolean wrote = !client.found.equals(client.seen);
    try {
      client.connection.commit();
    } catch (LibsqlException e) {
      if (e.resultCode().primary() != ResultCode.BUSY) {
        throw e;
      }
      losses++;
      Set<String> common = new HashSet<>(client.touched);
      common.retainAll(client.touchedByOthers);
      boolean excuse =
          e.resultCode() == ResultCode.BUSY // An ordinary writer.
              || !common.isEmpty()
              || client.schemaChangedByOthers
              || (client.changesSchema && client.othersCommitted)
              || autoVacuum;
      if (!excuse) {
        throw new AssertionError("lost to nobody: " + client.touched, e);
      }
      return false;
    }
    wins++;
    if (wrote) {
      boolean otherTables = !client.found.keySet().equals(client.seen.keySet());
      if (otherTables && client.othersWrote) {
        throw new AssertionError("a change of the schema went through");
      }
      merge(client);
    }
    for (Client other : clients) {
      if (other != client && other.open) {
        other.touchedByOthers.addAll(client.touched);
        other.schemaChangedByOthers |= client.changesSchema;
        other.othersWrote |= wrote;
        other.othersCommitted |= !client.touched.isEmpty();
      }
    }
    return true;
  }

  private void merge(Client client) {
    for (String table : union(client.found.keySet(), client.seen.keySet())) {
      TreeMap<Long, Row> before = client.found.get(table);
      TreeMap<Long, Row> after = client.seen.get(table);
      if (after == null) {
        committed.remove(table);
      } else if (before == null) {
        committed.put(table, after);
      } else {
        mergeRows(table, before, after, committed.get(table));
      }
    }
  }

  private static <T extends Comparable<T>> Set<T> union(Set<T> a, Set<T> b) {
    Set<T> both = new HashSet<>(a);
    both.addAll(b);
    return both;
  }

  private static void mergeRows(
      String table, TreeMap<Long, Row> before, TreeMap<Long, Row> after, TreeMap<Long, Row> now) {
    for (Long id : union(before.keySet(), after.keySet())) {
      Row old = before.get(id);
      Row changed = after.get(id);
      if (old == null ? changed == null : old.equals(changed)) {
        continue;
      }
      Row present = now.get(id);
      if (old == null ? present != null : !old.equals(present)) {
        throw new AssertionError("lost update of " + table + " " + id);
      }
      if (changed == null) {
        now.remove(id);
      } else {
        now.put(id, changed);
      }
    }
  }

  // ---- changes

  private void change(Client client) {
    int kind = random.nextInt(30);
    if (kind == 0) {
      changeSchema(client);
      return;
    }
    if (kind < 6) {
      savepoint(client);
      return;
    }
    List<String> names = new ArrayList<>(client.seen.keySet());
    String table =
        names.get(random.nextInt(random.nextInt(4) == 0 ? names.size() : 2) % names.size());
    if (random.nextInt(3) == 0) {
      table = names.get(clients.indexOf(client) % names.size());
    }
    client.touched.add(table);
    TreeMap<Long, Row> rows = client.seen.get(table);
    if (kind < 15) {
      insert(client.connection, table, rows);
    } else if (kind < 17) {
      long first = rows.isEmpty() ? 1 : rows.lastKey() + 1;
      Row row = randomRow();
      client.connection.execute(
          "INSERT INTO " + table + "(a, b) VALUES(?, ?)", row.a(), row.blob());
      rows.put(first, row);
    } else if (kind < 22) {
      Long id = anyId(rows);
      Row row = randomRow();
      client.connection.execute(
          "UPDATE " + table + " SET a = ?, b = ? WHERE id = ?", row.a(), row.blob(), id);
      if (rows.containsKey(id)) {
        rows.put(id, row);
      }
    } else if (kind < 27) {
      Long id = anyId(rows);
      long to = id + (random.nextInt(3) == 0 ? 200 : 0);
      client.connection.execute("DELETE FROM " + table + " WHERE id BETWEEN ? AND ?", id, to);
      rows.subMap(id, true, to, true).clear();
    } else if (kind == 27) {
      client.connection.execute("DELETE FROM " + table);
      rows.clear();
    } else {
      same(read(client.connection, table), rows, "own " + table);
    }
  }

  private void insert(Connection connection, String table, TreeMap<Long, Row> rows) {
    for (int i = random.nextInt(4); i >= 0; i--) {
      long id = 1 + random.nextInt(1000);
      Row row = randomRow();
      connection.execute(
          "INSERT OR REPLACE INTO " + table + " VALUES(?, ?, ?)", id, row.a(), row.blob());
      rows.put(id, row);
    }
  }

  private Row randomRow() {
    int length =
        switch (random.nextInt(8)) {
          case 0 -> random.nextInt(12_000);
          case 1 -> random.nextInt(1_500);
          default -> random.nextInt(60);
        };
    return new Row(random.nextInt(100), length);
  }

  private Long anyId(TreeMap<Long, Row> rows) {
    Long id = rows.ceilingKey((long) random.nextInt(1000));
    return id != null ? id : random.nextInt(1000);
  }

  private void changeSchema(Client client) {
    List<String> names = new ArrayList<>(client.seen.keySet());
    String last = names.get(names.size() - 1);
    boolean drop = last.startsWith("x") && random.nextBoolean();
    String name = drop ? last : "x" + tablesMade++;
    client.touched.add(name);
    if (drop) {
      client.connection.execute("DROP TABLE " + name);
      client.seen.remove(name);
    } else {
      client.connection.execute("CREATE TABLE " + name + "(id INTEGER PRIMARY KEY, a, b)");
      client.connection.execute("CREATE INDEX i_" + name + " ON " + name + "(b, a)");
      client.seen.put(name, new TreeMap<>());
    }
    client.changesSchema = true;
  }

  private void savepoint(Client client) {
    int depth = client.savepoints.size();
    if (depth == 0 || random.nextInt(3) == 0) {
      client.connection.execute("SAVEPOINT s" + depth);
      client.savepoints.add(copy(client.seen));
      return;
    }
    int to = random.nextInt(depth);
    if (random.nextInt(3) == 0) {
      client.connection.execute("RELEASE s" + to);
      client.savepoints.subList(to, depth).clear();
    } else {
      client.connection.execute("ROLLBACK TO s" + to);
      client.savepoints.subList(to + 1, depth).clear();
      client.seen = copy(client.savepoints.get(to));
    }
  }

  private static Map<String, TreeMap<Long, Row>> copy(Map<String, TreeMap<Long, Row>> tables) {
    Map<String, TreeMap<Long, Row>> copy = new TreeMap<>();
    tables.forEach((name, rows) -> copy.put(name, new TreeMap<>(rows)));
    return copy;
  }

  // ---- checks

  private static long number(Connection connection, String sql) {
    try (Rows rows = connection.query(sql)) {
      rows.next();
      return rows.getLong(0);
    }
  }

  private static TreeMap<Long, Row> read(Connection connection, String table) {
    TreeMap<Long, Row> found = new TreeMap<>();
    try (Rows rows = connection.query("SELECT id, a, b FROM " + table)) {
      while (rows.next()) {
        Row row = new Row((int) rows.getLong(1), rows.getBlob(2).length);
        if (!Arrays.equals(row.blob(), rows.getBlob(2))) {
          throw new AssertionError("wrong bytes in " + table);
        }
        found.put(rows.getLong(0), row);
      }
    }
    return found;
  }

  private static void same(Object found, Object expected, String what) {
    if (!found.equals(expected)) {
      throw new AssertionError(what + ": found " + found + ", expected " + expected);
    }
  }

  private static void check(Connection connection, Map<String, TreeMap<Long, Row>> expected) {
    for (Map.Entry<String, TreeMap<Long, Row>> table : expected.entrySet()) {
      same(read(connection, table.getKey()), table.getValue(), table.getKey());
    }
    try (Rows rows = connection.query("PRAGMA integrity_check")) {
      rows.next();
      same(rows.getString(0), "ok", "integrity_check");
    }
  }

  /** A copy of the file and its log, looked at by the C library. */
  private void checkFile() throws IOException, SQLException {
    Path copy = file.resolveSibling("copy.db");
    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    if (Files.exists(log)) {
      Files.copy(log, file.resolveSibling("copy.db-wal"), StandardCopyOption.REPLACE_EXISTING);
    }
    try (java.sql.Connection real = DriverManager.getConnection("jdbc:sqlite:" + copy);
        java.sql.Statement statement = real.createStatement()) {
      try (ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
        rows.next();
        same(rows.getString(1), "ok", "integrity_check of the C library");
      }
      for (Map.Entry<String, TreeMap<Long, Row>> table : committed.entrySet()) {
        TreeMap<Long, Row> found = new TreeMap<>();
        try (ResultSet rows =
            statement.executeQuery("SELECT id, a, length(b) FROM " + table.getKey())) {
          while (rows.next()) {
            found.put(rows.getLong(1), new Row(rows.getInt(2), rows.getInt(3)));
          }
        }
        same(found, table.getValue(), "C library reads " + table.getKey());
      }
    } finally {
      Files.deleteIfExists(copy);
      Files.deleteIfExists(file.resolveSibling("copy.db-wal"));
      Files.deleteIfExists(file.resolveSibling("copy.db-shm"));
    }
  }

  /** Runs many seeds: first, how many, and how many steps each. */
  public static void main(String[] args) throws Exception {
    long first = Long.parseLong(args[0]);
    int failures = 0;
    int wins = 0;
    int losses = 0;
    for (long seed = first; seed < first + Long.parseLong(args[1]); seed++) {
      Path folder = Files.createTempDirectory("concurrent");
      ConcurrentModel model = new ConcurrentModel(folder.resolve("a.db"), seed);
      try {
        model.run(Integer.parseInt(args[2]));
      } catch (AssertionError e) {
        failures++;
        System.out.println(e.getMessage());
        if (failures < 4) {
          e.printStackTrace();
        }
      }
      wins += model.wins;
      losses += model.losses;
      try (var files = Files.list(folder)) {
        for (Path path : files.toList()) {
          Files.delete(path);
        }
      }
      Files.delete(folder);
    }
    System.out.println(wins + " won, " + losses + " lost, " + failures + " seeds failed");
  }
}

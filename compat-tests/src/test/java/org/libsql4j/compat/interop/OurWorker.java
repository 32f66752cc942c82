package org.libsql4j.compat.interop;

import java.io.IOException;
import java.util.Random;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.EncryptionConfig;
import org.libsql4j.Rows;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * A process of ours that moves money and looks at it until it is killed or its input ends.
 *
 * <p>Arguments: file, seed, key (empty if the file is not encrypted). It prints {@code w} after
 * each commit, {@code r} after each look, {@code busy}, and what went wrong before it gives up.
 */
final class OurWorker {
  private final Random random;
  private final Connection connection;

  private OurWorker(Connection connection, long seed) {
    this.connection = connection;
    this.random = new Random(seed);
  }

  public static void main(String[] args) throws IOException {
    System.out.println("start");
    try (Connection connection =
        Database.builder(args[0])
            .busyTimeoutMillis(20_000)
            .encryption(EncryptionConfig.aes256Cbc(args[2]))
            .build()
            .connect()) {
      OurWorker worker = new OurWorker(connection, Long.parseLong(args[1]));
      worker.settings();
      while (System.in.available() == 0) {
        worker.step();
      }
    }
    System.out.println("end");
  }

  private void settings() {
    try {
      connection.execute("PRAGMA synchronous = OFF");
      connection.execute("PRAGMA cache_size = " + (3 + random.nextInt(40)));
      connection.execute("PRAGMA wal_autocheckpoint = " + random.nextInt(300));
    } catch (LibsqlException e) {
      handle(e);
    }
  }

  private void step() {
    try {
      int choice = random.nextInt(20);
      if (choice < 9) {
        for (String sql : Bank.move(random)) {
          connection.execute(sql);
        }
        System.out.println("w");
      } else if (choice == 9) {
        connection.executeMultiple("PRAGMA wal_checkpoint(" + mode() + ")");
      } else {
        connection.begin();
        String first = look();
        String second = look();
        connection.commit();
        boolean isSound = first.startsWith(Bank.SOUND) && first.equals(second);
        System.out.println(isSound ? "r" : "seen: " + first + ", then " + second);
      }
    } catch (LibsqlException e) {
      handle(e);
    }
  }

  private String mode() {
    return new String[] {"PASSIVE", "FULL", "RESTART", "TRUNCATE"}[random.nextInt(4)];
  }

  private String look() {
    try (Rows rows = connection.query(Bank.CHECK)) {
      rows.next();
      return String.valueOf(rows.getString(0));
    }
  }

  private void handle(LibsqlException e) {
    if (e.resultCode().primary() != ResultCode.BUSY) {
      e.printStackTrace(System.out);
      System.exit(1);
    }
    System.out.println("busy");
    if (!connection.isAutoCommit()) {
      connection.rollback();
    }
  }
}

package org.sqlite;

import org.libsql4j.Connection;
import org.libsql4j.Database;

/** What programs ask for the library's version and kind. There is nothing to load. */
public class SQLiteJDBCLoader {
  private static final class Version {
    static final String TEXT = read();

    private static String read() {
      try (Connection connection = Database.inMemory().connect()) {
        return String.valueOf(connection.queryOne("SELECT sqlite_version()").getString(0));
      }
    }
  }

  private SQLiteJDBCLoader() {}

  /** True: the engine is always there. */
  public static boolean initialize() {
    return true;
  }

  /** False: it is Java all the way down. */
  public static boolean isNativeMode() {
    return false;
  }

  /** The first number of {@link #getVersion}. */
  public static int getMajorVersion() {
    return part(0);
  }

  /** The second number of {@link #getVersion}. */
  public static int getMinorVersion() {
    return part(1);
  }

  private static int part(int index) {
    return Integer.parseInt(getVersion().split("\\.", -1)[index]);
  }

  /** The version of SQLite that the engine is like. */
  public static String getVersion() {
    return Version.TEXT;
  }
}

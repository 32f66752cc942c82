package org.libsql4j.cli;

import java.sql.SQLException;

/** Which shell this is, and which SQLite's behaviour it has. */
public final class Version {
  private Version() {}

  /** The shell's own version. */
  static String own() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(development)" : version;
  }

  /** The versions of the shell and of the engine. */
  public static String describe(Database database) {
    String text = "libsql4j " + own();
    try {
      return text + " (SQLite " + database.column("SELECT sqlite_version()").get(0) + ")";
    } catch (SQLException e) {
      return text;
    }
  }
}

package org.sqlite;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.libsql4j.jdbc.DriverProfile;

/** What users of sqlite-jdbc are used to. */
final class SqliteProfile implements DriverProfile {
  static final SqliteProfile INSTANCE = new SqliteProfile();

  private SqliteProfile() {}

  @Override
  public String urlPrefix() {
    return JDBC.PREFIX;
  }

  @Override
  public String driverName() {
    return "SQLite JDBC";
  }

  @Override
  public Map<String, String> defaults() {
    Map<String, String> options = new HashMap<>();
    options.put("foreign_keys", "false");
    options.put("busy_timeout", String.valueOf(SQLiteConfig.DEFAULT_BUSY_TIMEOUT_MILLIS));
    return options;
  }

  @Override
  public boolean isLenient() {
    return true;
  }

  @Override
  public SQLException exception(SQLException standard) {
    return SQLiteException.of(standard);
  }

  /** sqlite-jdbc throws what the row has failed with; only plain statements tell of a batch. */
  @Override
  public SQLException batchException(BatchUpdateException standard, SQLException failure) {
    return failure instanceof SQLiteException ? failure : standard;
  }
}

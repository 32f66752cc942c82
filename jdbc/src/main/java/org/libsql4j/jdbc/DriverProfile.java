package org.libsql4j.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * In what a driver differs from the one for {@code jdbc:libsql:}; for drivers that are built on
 * this one, whose connections extend {@link LibsqlConnection}.
 */
public interface DriverProfile {
  /** The driver for {@code jdbc:libsql:}. */
  DriverProfile LIBSQL =
      new DriverProfile() {
        @Override
        public String urlPrefix() {
          return LibsqlDriver.PREFIX;
        }

        @Override
        public String driverName() {
          return "libsql4j";
        }
      };

  /** What URLs begin with, in lower case, up to the second colon. */
  String urlPrefix();

  /** What {@code DatabaseMetaData.getDriverName()} says, which some tools look at. */
  String driverName();

  /** Options that hold if neither the URL nor the properties say anything else. */
  default Map<String, String> defaults() {
    return new HashMap<>();
  }

  /**
   * Whether options that are not known, and passwords, are passed over, with a word in the log.
   * Otherwise they are errors.
   */
  default boolean isLenient() {
    return false;
  }

  /**
   * The exception to throw for a failure of the engine.
   *
   * @param standard the one of the driver for {@code jdbc:libsql:}, an {@link EngineFailure}
   */
  default SQLException exception(SQLException standard) {
    return standard;
  }

  /**
   * The exception to throw for a row of a prepared statement's batch that has failed.
   *
   * @param standard what JDBC asks for, which tells the rows before
   * @param failure of the row
   */
  default SQLException batchException(BatchUpdateException standard, SQLException failure) {
    return standard;
  }
}

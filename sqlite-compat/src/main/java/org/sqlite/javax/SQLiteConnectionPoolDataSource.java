package org.sqlite.javax;

import java.sql.SQLException;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;
import org.libsql4j.jdbc.LibsqlConnectionPoolDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Opens connections for a pool: those stay open when their user closes them, and are cleaned for
 * the next one.
 */
public class SQLiteConnectionPoolDataSource extends SQLiteDataSource
    implements ConnectionPoolDataSource {
  /** With every option as the driver has it unless it is set. */
  public SQLiteConnectionPoolDataSource() {}

  /** With options, which are not copied. */
  public SQLiteConnectionPoolDataSource(SQLiteConfig config) {
    super(config);
  }

  @Override
  public PooledConnection getPooledConnection() throws SQLException {
    return getPooledConnection(null, null);
  }

  @Override
  public PooledConnection getPooledConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return LibsqlConnectionPoolDataSource.pooled(getConnection(user, password));
  }
}

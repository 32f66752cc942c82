package org.libsql4j.jdbc;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a user of a pool has: everything goes to the connection in the pool, until it is closed.
 * Statements know the connection in the pool, not this.
 */
final class LogicalConnection implements Connection {
  private final LibsqlPooledConnection pooled;
  private @Nullable LibsqlConnection target;

  LogicalConnection(LibsqlPooledConnection pooled, LibsqlConnection target) {
    this.pooled = pooled;
    this.target = target;
  }

  private LibsqlConnection open() throws SQLException {
    LibsqlConnection present = target;
    if (present == null) {
      throw SqlErrors.connectionClosed();
    }
    return present;
  }

  /** Takes the connection away from its user. */
  void invalidate() {
    target = null;
  }

  /** Gives the connection back to the pool. */
  @Override
  public void close() throws SQLException {
    if (target != null) {
      target = null;
      pooled.handleClosed();
    }
  }

  @Override
  public boolean isClosed() {
    LibsqlConnection present = target;
    return present == null || present.isClosed();
  }

  @Override
  public boolean isValid(int timeoutSeconds) throws SQLException {
    LibsqlConnection present = target;
    return present != null && present.isValid(timeoutSeconds);
  }

  @Override
  public void abort(Executor executor) throws SQLException {
    LibsqlConnection present = target;
    if (present != null) {
      present.abort(executor);
      target = null;
      pooled.aborted();
    }
  }

  @Override
  public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
    openForClientInfo().setClientInfo(name, value);
  }

  @Override
  public void setClientInfo(Properties properties) throws SQLClientInfoException {
    openForClientInfo().setClientInfo(properties);
  }

  private LibsqlConnection openForClientInfo() throws SQLClientInfoException {
    LibsqlConnection present = target;
    if (present == null) {
      throw new SQLClientInfoException(
          "database connection closed", SqlErrors.CONNECTION_CLOSED, new HashMap<>());
    }
    return present;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return SqlErrors.required(type, "type").isInstance(this)
        ? type.cast(this)
        : open().unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return SqlErrors.required(type, "type").isInstance(this) || open().isWrapperFor(type);
  }

  // ---- what the connection does
  // --------------------------------------------------------------------

  @Override
  public void clearWarnings() throws SQLException {
    open().clearWarnings();
  }

  @Override
  public void commit() throws SQLException {
    open().commit();
  }

  @Override
  public Array createArrayOf(String typeName, Object[] elements) throws SQLException {
    return open().createArrayOf(typeName, elements);
  }

  @Override
  public Blob createBlob() throws SQLException {
    return open().createBlob();
  }

  @Override
  public Clob createClob() throws SQLException {
    return open().createClob();
  }

  @Override
  public NClob createNClob() throws SQLException {
    return open().createNClob();
  }

  @Override
  public SQLXML createSQLXML() throws SQLException {
    return open().createSQLXML();
  }

  @Override
  public Statement createStatement() throws SQLException {
    return open().createStatement();
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    return open().createStatement(type, concurrency);
  }

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    return open().createStatement(type, concurrency, holdability);
  }

  @Override
  public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
    return open().createStruct(typeName, attributes);
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    return open().getAutoCommit();
  }

  @Override
  public @Nullable String getCatalog() throws SQLException {
    return open().getCatalog();
  }

  @Override
  public Properties getClientInfo() throws SQLException {
    return open().getClientInfo();
  }

  @Override
  public @Nullable String getClientInfo(String name) throws SQLException {
    return open().getClientInfo(name);
  }

  @Override
  public int getHoldability() throws SQLException {
    return open().getHoldability();
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    return open().getMetaData();
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    return open().getNetworkTimeout();
  }

  @Override
  public @Nullable String getSchema() throws SQLException {
    return open().getSchema();
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    return open().getTransactionIsolation();
  }

  @Override
  public Map<String, Class<?>> getTypeMap() throws SQLException {
    return open().getTypeMap();
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    return open().getWarnings();
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return open().isReadOnly();
  }

  @Override
  public String nativeSQL(String sql) throws SQLException {
    return open().nativeSQL(sql);
  }

  @Override
  public CallableStatement prepareCall(String sql) throws SQLException {
    return open().prepareCall(sql);
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    return open().prepareCall(sql, type, concurrency);
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    return open().prepareCall(sql, type, concurrency, holdability);
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    return open().prepareStatement(sql);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
    return open().prepareStatement(sql, autoGeneratedKeys);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
    return open().prepareStatement(sql, columnIndexes);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
    return open().prepareStatement(sql, columnNames);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    return open().prepareStatement(sql, type, concurrency);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    return open().prepareStatement(sql, type, concurrency, holdability);
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    open().releaseSavepoint(savepoint);
  }

  @Override
  public void rollback() throws SQLException {
    open().rollback();
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    open().rollback(savepoint);
  }

  @Override
  public void setAutoCommit(boolean value) throws SQLException {
    open().setAutoCommit(value);
  }

  @Override
  public void setCatalog(@Nullable String catalog) throws SQLException {
    open().setCatalog(catalog);
  }

  @Override
  public void setHoldability(int holdability) throws SQLException {
    open().setHoldability(holdability);
  }

  @Override
  public void setNetworkTimeout(@Nullable Executor executor, int milliseconds) throws SQLException {
    open().setNetworkTimeout(executor, milliseconds);
  }

  @Override
  public void setReadOnly(boolean value) throws SQLException {
    open().setReadOnly(value);
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    return open().setSavepoint();
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    return open().setSavepoint(name);
  }

  @Override
  public void setSchema(@Nullable String schema) throws SQLException {
    open().setSchema(schema);
  }

  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    open().setTransactionIsolation(level);
  }

  @Override
  public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
    open().setTypeMap(map);
  }
}

package org.libsql4j.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import org.jspecify.annotations.Nullable;

/** What a result set that is read only refuses: changing rows. */
abstract class ReadOnlyResultSet implements ResultSet {
  private static SQLException readOnly() {
    return SqlErrors.unsupported("changing rows through a ResultSet");
  }

  /**
   * @throws SQLException if the result set is closed
   */
  abstract void checkOpen() throws SQLException;

  @Override
  public void updateBoolean(int column, boolean x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBoolean(String label, boolean x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateByte(int column, byte x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateByte(String label, byte x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateShort(int column, short x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateShort(String label, short x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateInt(int column, int x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateInt(String label, int x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateLong(int column, long x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateLong(String label, long x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateFloat(int column, float x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateFloat(String label, float x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateDouble(int column, double x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateDouble(String label, double x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBigDecimal(int column, @Nullable BigDecimal x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBigDecimal(String label, @Nullable BigDecimal x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateString(int column, @Nullable String x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateString(String label, @Nullable String x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateNString(int column, @Nullable String x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateNString(String label, @Nullable String x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBytes(int column, byte @Nullable [] x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBytes(String label, byte @Nullable [] x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateDate(int column, @Nullable Date x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateDate(String label, @Nullable Date x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateTime(int column, @Nullable Time x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateTime(String label, @Nullable Time x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateTimestamp(int column, @Nullable Timestamp x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateTimestamp(String label, @Nullable Timestamp x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateRef(int column, @Nullable Ref x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateRef(String label, @Nullable Ref x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBlob(int column, @Nullable Blob x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBlob(String label, @Nullable Blob x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateClob(int column, @Nullable Clob x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateClob(String label, @Nullable Clob x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateNClob(int column, @Nullable NClob x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateNClob(String label, @Nullable NClob x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateArray(int column, @Nullable Array x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateArray(String label, @Nullable Array x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateRowId(int column, @Nullable RowId x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateRowId(String label, @Nullable RowId x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateSQLXML(int column, @Nullable SQLXML x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateSQLXML(String label, @Nullable SQLXML x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateObject(int column, @Nullable Object x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateObject(String label, @Nullable Object x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateObject(int column, @Nullable Object x, int scaleOrLength) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateObject(String label, @Nullable Object x, int scaleOrLength)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateAsciiStream(int column, @Nullable InputStream x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateAsciiStream(String label, @Nullable InputStream x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateAsciiStream(int column, @Nullable InputStream x, int length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateAsciiStream(String label, @Nullable InputStream x, int length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateAsciiStream(int column, @Nullable InputStream x, long length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateAsciiStream(String label, @Nullable InputStream x, long length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBinaryStream(int column, @Nullable InputStream x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBinaryStream(String label, @Nullable InputStream x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBinaryStream(int column, @Nullable InputStream x, int length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBinaryStream(String label, @Nullable InputStream x, int length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBinaryStream(int column, @Nullable InputStream x, long length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBinaryStream(String label, @Nullable InputStream x, long length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateCharacterStream(int column, @Nullable Reader x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateCharacterStream(String label, @Nullable Reader x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateCharacterStream(int column, @Nullable Reader x, int length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateCharacterStream(String label, @Nullable Reader x, int length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateCharacterStream(int column, @Nullable Reader x, long length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateCharacterStream(String label, @Nullable Reader x, long length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateNCharacterStream(int column, @Nullable Reader x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateNCharacterStream(String label, @Nullable Reader x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBlob(int column, @Nullable InputStream x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBlob(String label, @Nullable InputStream x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateClob(int column, @Nullable Reader x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateClob(String label, @Nullable Reader x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateNClob(int column, @Nullable Reader x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateNClob(String label, @Nullable Reader x) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateNCharacterStream(int column, @Nullable Reader x, long length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateNCharacterStream(String label, @Nullable Reader x, long length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBlob(int column, @Nullable InputStream x, long length) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBlob(String label, @Nullable InputStream x, long length) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateClob(int column, @Nullable Reader x, long length) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateClob(String label, @Nullable Reader x, long length) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateNClob(int column, @Nullable Reader x, long length) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateNClob(String label, @Nullable Reader x, long length) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateNull(int column) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateNull(String label) throws SQLException {
    throw readOnly();
  }

  @Override
  public void insertRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void deleteRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void refreshRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void cancelRowUpdates() throws SQLException {
    throw readOnly();
  }

  @Override
  public void moveToInsertRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void moveToCurrentRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public boolean rowUpdated() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  public boolean rowInserted() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  public boolean rowDeleted() throws SQLException {
    checkOpen();
    return false;
  }
}

package org.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig.DateClass;
import org.sqlite.SQLiteConfig.DatePrecision;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * What of a configuration belongs to the driver, not to the engine. The one of a connection ({@link
 * SQLiteConnection#getConnectionConfig()}) has an effect on it.
 *
 * <p>Auto-commit and the isolation level are told, but are set on the connection itself.
 */
public class SQLiteConnectionConfig implements Cloneable {
  private static final int MILLIS_PER_SECOND = 1000;

  private DateClass dateClass;
  private DatePrecision datePrecision;
  private String dateStringFormat;
  private int transactionIsolation;
  private TransactionMode transactionMode;
  private boolean autoCommit;
  private boolean getGeneratedKeys;

  /** The connection that this has an effect on; null for none. */
  private @Nullable SQLiteConnection connection;

  /** Of no connection. */
  public SQLiteConnectionConfig(
      DateClass dateClass,
      DatePrecision datePrecision,
      String dateStringFormat,
      int transactionIsolation,
      TransactionMode transactionMode,
      boolean autoCommit,
      boolean getGeneratedKeys) {
    this.dateClass = dateClass;
    this.datePrecision = datePrecision;
    this.dateStringFormat = dateStringFormat;
    this.transactionIsolation = transactionIsolation;
    this.transactionMode = transactionMode;
    this.autoCommit = autoCommit;
    this.getGeneratedKeys = getGeneratedKeys;
  }

  /** Of properties, with the defaults for those that are not there. */
  public static SQLiteConnectionConfig fromPragmaTable(Properties properties) {
    return new SQLiteConnectionConfig(
        DateClass.getDateClass(get(properties, Pragma.DATE_CLASS, DateClass.INTEGER.name())),
        DatePrecision.getPrecision(
            get(properties, Pragma.DATE_PRECISION, DatePrecision.MILLISECONDS.name())),
        get(properties, Pragma.DATE_STRING_FORMAT, SQLiteConfig.DEFAULT_DATE_STRING_FORMAT),
        Connection.TRANSACTION_SERIALIZABLE,
        TransactionMode.getMode(
            get(properties, Pragma.TRANSACTION_MODE, TransactionMode.DEFERRED.name())),
        true,
        Boolean.parseBoolean(get(properties, Pragma.JDBC_GET_GENERATED_KEYS, "true")));
  }

  private static String get(Properties properties, Pragma pragma, String otherwise) {
    String value = properties.getProperty(pragma.getPragmaName());
    return value == null ? otherwise : value;
  }

  /** Gives this an effect on a connection, which has been set up alike. */
  SQLiteConnectionConfig of(SQLiteConnection owner) {
    connection = owner;
    return this;
  }

  /** The same, of no connection. */
  public SQLiteConnectionConfig copyConfig() {
    return new SQLiteConnectionConfig(
        dateClass,
        datePrecision,
        dateStringFormat,
        getTransactionIsolation(),
        transactionMode,
        isAutoCommit(),
        getGeneratedKeys);
  }

  // ---- dates

  /** By what a number of milliseconds is divided to be stored. */
  public long getDateMultiplier() {
    return datePrecision == DatePrecision.MILLISECONDS ? 1 : MILLIS_PER_SECOND;
  }

  /** How moments are stored. */
  public DateClass getDateClass() {
    return dateClass;
  }

  /** Sets how moments are stored, from the next parameter on. */
  public void setDateClass(DateClass dateClass) {
    this.dateClass = dateClass;
    applyDates();
  }

  /** What INTEGERs count. */
  public DatePrecision getDatePrecision() {
    return datePrecision;
  }

  /** Sets what INTEGERs count. */
  public void setDatePrecision(DatePrecision datePrecision) {
    this.datePrecision = datePrecision;
    applyDates();
  }

  /** What moments look like as texts. */
  public String getDateStringFormat() {
    return dateStringFormat;
  }

  /** Sets what moments look like as texts. */
  public void setDateStringFormat(String dateStringFormat) {
    this.dateStringFormat = dateStringFormat;
    applyDates();
  }

  private void applyDates() {
    SQLiteConnection owner = connection;
    if (owner != null) {
      owner.setDates(dateClass, datePrecision, dateStringFormat);
    }
  }

  // ---- transactions

  /** How transactions begin. */
  public TransactionMode getTransactionMode() {
    SQLiteConnection owner = connection;
    return owner == null ? transactionMode : owner.getCurrentTransactionMode();
  }

  /**
   * Sets how transactions begin: with auto-commit off, those after the next one, whose mode was
   * settled when auto-commit was turned off or the one before ended.
   */
  public void setTransactionMode(TransactionMode mode) {
    transactionMode = mode;
    SQLiteConnection owner = connection;
    if (owner != null) {
      owner.setLaterMode(mode);
    }
  }

  /** Whether every statement is a transaction of its own. */
  public boolean isAutoCommit() {
    SQLiteConnection owner = connection;
    try {
      return owner == null ? autoCommit : owner.getAutoCommit();
    } catch (SQLException e) {
      return autoCommit; // It is closed.
    }
  }

  /** Without effect on a connection. */
  public void setAutoCommit(boolean autoCommit) {
    this.autoCommit = autoCommit;
  }

  /** The isolation level, as {@link Connection} numbers them. */
  public int getTransactionIsolation() {
    return transactionIsolation;
  }

  /** Without effect on a connection. */
  public void setTransactionIsolation(int transactionIsolation) {
    this.transactionIsolation = transactionIsolation;
  }

  /** Whether generated keys are wanted. */
  public boolean isGetGeneratedKeys() {
    return getGeneratedKeys;
  }

  /** Without effect on a connection: they cost nothing unless they are asked for. */
  public void setGetGeneratedKeys(boolean getGeneratedKeys) {
    this.getGeneratedKeys = getGeneratedKeys;
  }
}

package org.libsql4j.connection;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.PageCodec;
import org.libsql4j.pager.Synchronous;
import org.libsql4j.schema.Schema;

/**
 * One database of a connection: the main database, the temporary one, or one that ATTACH added.
 *
 * <p>The temporary database has no file until something is stored in it.
 */
public final class AttachedDatabase {
  /** Index of the main database in a connection's list. */
  public static final int MAIN = 0;

  /** Index of the temporary database in a connection's list. */
  public static final int TEMP = 1;

  private final String name;
  private final Schema schema;
  private @Nullable Btree btree;
  private @Nullable Supplier<PageCodec> encryption;
  private boolean isUndecided;
  private @Nullable Supplier<PageCodec> possibleEncryption;
  private @Nullable PageCodec possibleCodec;

  /** What {@code PRAGMA synchronous} says of this database. */
  public Synchronous synchronous = Synchronous.FULL;

  /** A number beyond EXTRA that PRAGMA synchronous was set to and answers; else -1. */
  public int synchronousNumber = -1;

  /** Whether {@link #synchronous} was set by a pragma, so that a default must not replace it. */
  public boolean synchronousIsSet;

  /**
   * @param name the name in SQL: main, temp, or what ATTACH says
   * @param btree the open file, or null for a temporary database that is not open yet
   */
  public AttachedDatabase(String name, @Nullable Btree btree) {
    this.name = name;
    this.btree = btree;
    this.schema = new Schema();
  }

  /** Its name in SQL: main, temp, or what ATTACH says. */
  public String name() {
    return name;
  }

  /** What is loaded of its schema. */
  public Schema schema() {
    return schema;
  }

  /** The open file, or null if this is a temporary database that nothing was stored in. */
  public @Nullable Btree btreeOrNull() {
    return btree;
  }

  /**
   * The open file.
   *
   * @throws LibsqlException INTERNAL if it is not open
   */
  public Btree btree() {
    Btree open = btree;
    if (open == null) {
      throw new LibsqlException(ResultCode.INTERNAL, "database " + name + " is not open");
    }
    return open;
  }

  /** Gives it its file, or takes it away. */
  public void setBtree(@Nullable Btree btree) {
    this.btree = btree;
  }

  /** Makes codecs for its file, and for those that inherit its key; null if it is plain. */
  public @Nullable Supplier<PageCodec> encryption() {
    if (isUndecided && btree().pager().codec() == possibleCodec) {
      setEncryption(possibleEncryption);
    }
    return encryption;
  }

  /** Says how its file is encrypted; does not do it. */
  public void setEncryption(@Nullable Supplier<PageCodec> value) {
    encryption = value;
    isUndecided = false;
    possibleEncryption = null;
    possibleCodec = null;
  }

  /**
   * Says how its file may be encrypted instead, because changing that has failed at its end.
   *
   * @param codec what its pager goes over to if that is so
   */
  void setPossibleEncryption(@Nullable Supplier<PageCodec> value, @Nullable PageCodec codec) {
    isUndecided = true;
    possibleEncryption = value;
    possibleCodec = codec;
  }

  /** Whether a write transaction is open on it. */
  public boolean isInTransaction() {
    return btree != null && btree.isInTransaction();
  }
}

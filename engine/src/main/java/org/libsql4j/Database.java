package org.libsql4j;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.StatementCompiler;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.WriteAheadLogProvider;
import org.libsql4j.spi.RemoteSession;
import org.libsql4j.vfs.NioVfs;
import org.libsql4j.vfs.VfsRegistry;
import org.libsql4j.vfs.VirtualFileSystem;

/**
 * A database and how to open it; immutable and cheap. Nothing is opened before {@link #connect()}.
 *
 * <p>Safe for use by many threads.
 */
public final class Database {
  /** How long a connection waits for locks unless told otherwise. */
  public static final int DEFAULT_BUSY_TIMEOUT_MILLIS = 5_000;

  /** How many compiled statements a connection keeps unless told otherwise. */
  public static final int DEFAULT_STATEMENT_CACHE_SIZE = 128;

  private static final String MEMORY = ":memory:";

  private final Builder options;

  private Database(Builder options) {
    this.options = options;
  }

  /** A database in a file, which is created if it does not exist. */
  public static Database openLocal(String path) {
    return builder(path).build();
  }

  /** A database in a file, which is created if it does not exist. */
  public static Database openLocal(Path path) {
    return openLocal(path.toString());
  }

  /** A database in memory; every connection has its own, which goes with it. */
  public static Database inMemory() {
    return builder(MEMORY).build();
  }

  /**
   * A database in memory that begins with the content of a database file; every connection has its
   * own. It can grow; nothing is written anywhere.
   *
   * @param bytes copied when a connection is opened
   */
  public static Database ofBytes(byte[] bytes) {
    return builder(MEMORY).content(bytes).build();
  }

  /**
   * A database with options.
   *
   * @param path of the file; {@code :memory:} for a database in memory; empty for a temporary file
   */
  public static Builder builder(String path) {
    return new Builder(path);
  }

  /**
   * Opens a connection.
   *
   * @throws LibsqlException CANTOPEN and its extended codes
   */
  public Connection connect() {
    return new Connection(options);
  }

  /** The path that was given. */
  public String path() {
    return options.path;
  }

  /** Options of a database; each setter returns this object. */
  public static final class Builder {
    final String path;
    boolean readOnly;
    boolean create = true;
    boolean immutable;
    boolean readOnlySharedMemory;
    int busyTimeoutMillis = DEFAULT_BUSY_TIMEOUT_MILLIS;
    VirtualFileSystem vfs = NioVfs.instance();
    @Nullable WriteAheadLogProvider writeAheadLogProvider;
    boolean foreignKeys = true;
    boolean stat4 = true;
    int statementCacheSize = DEFAULT_STATEMENT_CACHE_SIZE;
    List<String> pragmas = new ArrayList<>();
    @Nullable Consumer<Connection> onConnect;
    byte @Nullable [] content;
    @Nullable StatementCompiler compiler;
    @Nullable Supplier<RemoteSession> session;

    private Builder(String path) {
      this.path = path;
    }

    private Builder(Builder other) {
      this.path = other.path;
      this.readOnly = other.readOnly;
      this.create = other.create;
      this.immutable = other.immutable;
      this.readOnlySharedMemory = other.readOnlySharedMemory;
      this.busyTimeoutMillis = other.busyTimeoutMillis;
      this.vfs = other.vfs;
      this.writeAheadLogProvider = other.writeAheadLogProvider;
      this.foreignKeys = other.foreignKeys;
      this.stat4 = other.stat4;
      this.statementCacheSize = other.statementCacheSize;
      this.pragmas = List.copyOf(other.pragmas);
      this.onConnect = other.onConnect;
      this.content = other.content;
      this.compiler = other.compiler;
      this.session = other.session;
    }

    /** Open for reading only; false unless set. */
    public Builder readOnly(boolean value) {
      readOnly = value;
      return this;
    }

    /** Create the file if it does not exist; true unless set. */
    public Builder create(boolean value) {
      create = value;
      return this;
    }

    /**
     * Let ANALYZE keep samples of indexes in the table sqlite_stat4, and let the planner use them:
     * SQLite's compile-time option SQLITE_ENABLE_STAT4. True unless set.
     */
    public Builder stat4(boolean value) {
      stat4 = value;
      return this;
    }

    /** Nobody changes the file while it is open: read without locks. False unless set. */
    public Builder immutable(boolean value) {
      immutable = value;
      return this;
    }

    /**
     * Neither create nor write the {@code -shm} file of a write-ahead log. The database can be read
     * only; without another process that writes, the log is looked through for each transaction.
     * False unless set.
     */
    public Builder readOnlySharedMemory(boolean value) {
      readOnlySharedMemory = value;
      return this;
    }

    /** How long to wait for locks of others; 0 gives up at once. 5,000 unless set. */
    public Builder busyTimeoutMillis(int value) {
      busyTimeoutMillis = value;
      return this;
    }

    /** How long to wait for locks of others; see {@link #busyTimeoutMillis}. */
    public Builder busyTimeout(Duration value) {
      return busyTimeoutMillis((int) Math.min(Integer.MAX_VALUE, Math.max(0, value.toMillis())));
    }

    /** Whether foreign keys are enforced; true unless set, as in libSQL and unlike in SQLite. */
    public Builder foreignKeys(boolean value) {
      foreignKeys = value;
      return this;
    }

    /**
     * A pragma that every connection runs when it is opened or reset, in the order of these calls.
     *
     * @param name for example {@code synchronous}
     * @param value a number, or a text
     */
    public Builder pragma(String name, Object value) {
      boolean bare = value instanceof Number || value instanceof Boolean;
      String text = bare ? value.toString() : Sql.literal(value.toString());
      pragmas.add("PRAGMA " + Sql.quote(name) + " = " + text);
      return this;
    }

    /** What else is done with every connection when it is opened or reset: functions, hooks. */
    public Builder onConnect(Consumer<Connection> value) {
      onConnect = value;
      return this;
    }

    /** How many compiled statements a connection keeps; 0 for none. 128 unless set. */
    public Builder statementCacheSize(int value) {
      statementCacheSize = value;
      return this;
    }

    /**
     * Where the file is: a file system that was registered.
     *
     * @throws LibsqlException ERROR "no such vfs: x"
     */
    public Builder vfs(String name) {
      VirtualFileSystem found = VfsRegistry.find(name);
      if (found == null) {
        throw new LibsqlException(ResultCode.ERROR, "no such vfs: " + name);
      }
      return vfs(found);
    }

    /** Where the file is, and what time and chance are. */
    public Builder vfs(VirtualFileSystem value) {
      vfs = value;
      return this;
    }

    /** A write-ahead log of another kind than SQLite's. */
    public Builder writeAheadLogProvider(WriteAheadLogProvider value) {
      writeAheadLogProvider = value;
      return this;
    }

    /** What a database in memory begins with: the bytes of a database file. */
    public Builder content(byte[] value) {
      content = value.clone();
      return this;
    }

    /**
     * Has statements run on a server, as the sessions say; each connection gets its own. For
     * implementations of remote databases.
     */
    public Builder remote(Supplier<RemoteSession> value) {
      session = value;
      return this;
    }

    /** Replaces the compiler; for tests of what is below it. */
    Builder compiler(StatementCompiler value) {
      compiler = value;
      return this;
    }

    public Database build() {
      return new Database(new Builder(this));
    }
  }
}

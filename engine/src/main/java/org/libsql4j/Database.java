package org.libsql4j;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.StatementCompiler;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.observe.EngineListener;
import org.libsql4j.observe.EngineListeners;
import org.libsql4j.pager.WriteAheadLogProvider;
import org.libsql4j.spi.OpenReplica;
import org.libsql4j.spi.RemoteSession;
import org.libsql4j.spi.ReplicaProvider;
import org.libsql4j.vfs.NioVfs;
import org.libsql4j.vfs.VfsRegistry;
import org.libsql4j.vfs.VirtualFileSystem;

/**
 * A database and how to open it; immutable and cheap. Nothing is opened before {@link #connect()},
 * and there is nothing to close, but for replicas.
 *
 * <p>A replica is open from the moment it is built to {@link #close()}.
 *
 * <p>Safe for use by many threads.
 */
public final class Database implements AutoCloseable {
  /** How long a connection waits for locks unless told otherwise. */
  public static final int DEFAULT_BUSY_TIMEOUT_MILLIS = 5_000;

  /** How many compiled statements a connection keeps unless told otherwise. */
  public static final int DEFAULT_STATEMENT_CACHE_SIZE = 128;

  private static final String MEMORY = ":memory:";

  private final Builder options;

  /** Keeps the file in step with a server; null if nothing does. */
  private final @Nullable OpenReplica replica;

  private Database(Builder options) {
    this.options = options;
    if (options.replica == null) {
      this.replica = null;
      return;
    }
    ReplicaOptions follows = options.replica.withListeners(options.ownListeners);
    if (options.encryption == null) {
      options.encryption = follows.encryption();
    } else {
      follows.encryption(options.encryption);
    }
    Path file = Paths.get(options.path);
    ReplicaProvider provider = ReplicaProvider.find();
    if (options.sharesReplica) {
      this.replica = null;
      options.session = () -> provider.newSession(file, follows);
    } else {
      OpenReplica opened = provider.open(file, follows);
      this.replica = opened;
      options.session = opened::newSession;
    }
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
   * A file that follows a primary: reads are done here, writes there. Nothing is fetched before the
   * first {@link #sync()} or write.
   *
   * @param url with the scheme {@code libsql}, {@code https} or {@code http}
   * @param authToken empty for none
   * @throws LibsqlException if the file exists and is no replica
   */
  public static Database openRemoteReplica(String path, String url, String authToken) {
    return builder(path).replica(ReplicaOptions.of(url).authToken(authToken)).build();
  }

  /** A replica whose frames the application brings, with {@link #syncFrames}. */
  public static Database openLocalReplica(String path) {
    return builder(path).replica(ReplicaOptions.localReplica()).build();
  }

  /**
   * A file that is read and written here, online or not; {@link #sync()} sends and fetches changes.
   *
   * @param url of a server that speaks version 2 of the protocol
   * @param authToken empty for none
   */
  public static Database openSynced(String path, String url, String authToken) {
    return builder(path).replica(ReplicaOptions.syncedDatabase(url).authToken(authToken)).build();
  }

  /**
   * A database on a server.
   *
   * @param url with the scheme {@code libsql}, {@code https}, {@code http}, {@code wss} or {@code
   *     ws}
   * @param authToken what proves the right to it; empty for none
   * @throws LibsqlException MISUSE if the URL makes no sense; ERROR without the module
   *     libsql4j-replication
   */
  public static Database openRemote(String url, String authToken) {
    return remoteBuilder(url).authToken(authToken).build();
  }

  /**
   * A database on a server, with options.
   *
   * @param url as {@link #openRemote} takes it
   */
  public static RemoteBuilder remoteBuilder(String url) {
    return new RemoteBuilder(url);
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

  /** The path that was given; the URL of a remote database, without what is secret in it. */
  public String path() {
    return options.name.isEmpty() ? options.path : options.name;
  }

  // ---- replicas

  /**
   * What keeps the file in step with a server.
   *
   * @throws LibsqlException MISUSE if the database is no replica
   */
  public ReplicaControl replica() {
    return replica("Sync");
  }

  private OpenReplica replica(String what) {
    OpenReplica found = replica;
    if (found == null) {
      String kind = options.path.equals(MEMORY) ? "Memory" : "File";
      throw new LibsqlException(
          ResultCode.MISUSE, what + " is not supported in databases opened in " + kind + " mode.");
    }
    return found;
  }

  /** See {@link ReplicaControl#sync()}. */
  public SyncResult sync() {
    return replica().sync();
  }

  /** See {@link ReplicaControl#syncUntil}. */
  public SyncResult syncUntil(long frameNumber) {
    return replica().syncUntil(frameNumber);
  }

  /** See {@link ReplicaControl#syncFrames}. */
  public SyncResult syncFrames(List<byte[]> frames) {
    return replica().syncFrames(frames);
  }

  /** See {@link ReplicaControl#flushReplicator()}. */
  public OptionalLong flushReplicator() {
    return replica().flushReplicator();
  }

  /** See {@link ReplicaControl#replicationIndex()}. */
  public OptionalLong replicationIndex() {
    return replica().replicationIndex();
  }

  /** See {@link ReplicaControl#maxWriteReplicationIndex()}. */
  public OptionalLong maxWriteReplicationIndex() {
    return replica().maxWriteReplicationIndex();
  }

  /**
   * Makes a replica an ordinary database: it is closed, and what is returned reads and writes the
   * same file. Its state file stays: whoever changes the file must not open it as a replica again.
   *
   * @throws LibsqlException MISUSE if the database is no replica, or a synced one
   */
  public Database freeze() {
    OpenReplica open = replica("Freeze");
    if (!open.canFreeze()) {
      throw new LibsqlException(
          ResultCode.MISUSE, "Freeze is not supported in databases opened in Offline mode.");
    }
    open.close();
    Builder plain = new Builder(options);
    plain.replica = null;
    plain.session = null;
    return plain.build();
  }

  /** Ends the syncing of a replica; open connections can go on reading. */
  @Override
  public void close() {
    OpenReplica open = replica;
    if (open != null) {
      open.close();
    }
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
    String name = "";
    int statementCacheSize = DEFAULT_STATEMENT_CACHE_SIZE;
    List<String> pragmas = new ArrayList<>();
    @Nullable Consumer<Connection> onConnect;
    byte @Nullable [] content;
    boolean installedListeners = true;
    final List<EngineListener> ownListeners;
    @Nullable EngineListener listeners;
    @Nullable StatementCompiler compiler;
    @Nullable Supplier<RemoteSession> session;
    @Nullable ReplicaOptions replica;
    boolean sharesReplica;
    @Nullable EncryptionConfig encryption;

    private Builder(String path) {
      this.path = path;
      this.ownListeners = new ArrayList<>();
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
      this.name = other.name;
      this.statementCacheSize = other.statementCacheSize;
      this.pragmas = List.copyOf(other.pragmas);
      this.onConnect = other.onConnect;
      this.content = other.content;
      this.installedListeners = other.installedListeners;
      this.ownListeners = List.copyOf(other.ownListeners);
      this.compiler = other.compiler;
      this.session = other.session;
      this.replica = other.replica;
      this.sharesReplica = other.sharesReplica;
      this.encryption = other.encryption;
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

    /**
     * Told what the connections do, beside the listeners that are services. May be called several
     * times: every listener is told.
     */
    public Builder listener(EngineListener value) {
      ownListeners.add(value);
      return this;
    }

    /**
     * Whether the listeners that are services are told what the connections do; true unless set.
     */
    public Builder installedListeners(boolean value) {
      installedListeners = value;
      return this;
    }

    /**
     * How many compiled statements a connection keeps; 128 unless set. With 0 each text is compiled
     * each time, even if another connection of the process has the same.
     */
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

    /**
     * How the file is encrypted, also that of a replica; not at all unless set. Databases in memory
     * are not.
     */
    public Builder encryption(@Nullable EncryptionConfig value) {
      encryption = value;
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

    /**
     * Makes the file a replica, which is opened by {@link #build()}; needs the module {@code
     * libsql4j-replication}.
     */
    public Builder replica(ReplicaOptions value) {
      replica = value;
      return this;
    }

    /**
     * Makes the file a replica that all databases of this process with the same file and options
     * share: it is opened and synced with the first connection and closed with the last.
     */
    public Builder sharedReplica(ReplicaOptions value) {
      sharesReplica = true;
      return replica(value);
    }

    /** Replaces the compiler; for tests of what is below it. */
    Builder compiler(StatementCompiler value) {
      compiler = value;
      return this;
    }

    /** The database with the options set so far; the builder can go on being used. */
    public Database build() {
      Builder copy = new Builder(this);
      copy.listeners = EngineListeners.of(installedListeners, copy.ownListeners);
      return new Database(copy);
    }
  }
}

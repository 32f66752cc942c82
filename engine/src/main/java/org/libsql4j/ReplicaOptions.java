package org.libsql4j;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.observe.EngineListener;
import org.libsql4j.vfs.VfsEnvironment;

/**
 * What a local file is a replica of, and how it keeps in step. Each setter returns this object.
 *
 * <p>Names are those of libSQL's own clients where they have such an option.
 */
public final class ReplicaOptions {
  /** What is done with writes, and where frames come from. */
  public enum Kind {
    /** Frames come from a primary, which does the writes too. */
    REMOTE_REPLICA,
    /** The application brings the frames; writes go to a primary if there is a URL. */
    LOCAL_REPLICA,
    /** Writes are done here and sent to the server by the next sync. */
    SYNCED_DATABASE
  }

  /** How to talk to the server about frames. */
  public enum Protocol {
    /** The server is asked which one it speaks. */
    AUTO,
    /** gRPC-web: what servers of libSQL speak. */
    V1,
    /** Frames of write-ahead logs over HTTP. */
    V2
  }

  private final Kind kind;
  private final @Nullable String url;
  private final List<String> failoverUrls = new ArrayList<>();
  private Supplier<String> authToken = new FixedToken("");
  private @Nullable String namespace;
  private Protocol protocol = Protocol.AUTO;
  private Duration connectTimeout = Duration.ofSeconds(10);
  private Duration readTimeout = Duration.ofSeconds(30);
  private Duration lockTimeout = Duration.ofSeconds(30);
  private Duration syncTimeout = Duration.ofSeconds(60);
  private int retryAttempts = 3;
  private Duration firstRetryDelay = Duration.ofMillis(200);
  private Duration longestRetryDelay = Duration.ofSeconds(5);
  private int circuitFailures = 5;
  private Duration circuitPause = Duration.ofSeconds(10);
  private boolean degradeToLocalReads = true;
  private boolean verifyChecksums = true;
  private boolean readYourWrites = true;
  private boolean remoteWrites;
  private Duration syncInterval = Duration.ZERO;
  private int pushBatchFrames = 128;
  private @Nullable String remoteEncryptionKey;
  private @Nullable EncryptionConfig encryption;
  private Consumer<RuntimeException> syncFailureListener = e -> {};
  private final List<EngineListener> listeners = new ArrayList<>();
  private @Nullable SSLSocketFactory socketFactory;
  private @Nullable X509TrustManager trustManager;
  private VfsEnvironment environment = VfsEnvironment.system();

  /** A token that stays: two with the same text are equal. */
  private record FixedToken(String text) implements Supplier<String> {
    @Override
    public String get() {
      return text;
    }

    @Override
    public String toString() {
      return "FixedToken";
    }
  }

  private ReplicaOptions(Kind kind, @Nullable String url) {
    this.kind = kind;
    this.url = url;
  }

  /**
   * Reads here, writes there: the file follows a primary.
   *
   * @param url of the primary, with the scheme {@code libsql}, {@code https} or {@code http}
   */
  public static ReplicaOptions of(String url) {
    return new ReplicaOptions(Kind.REMOTE_REPLICA, url);
  }

  /** The application brings the frames; there are no writes. */
  public static ReplicaOptions localReplica() {
    return new ReplicaOptions(Kind.LOCAL_REPLICA, null);
  }

  /**
   * The application brings the frames; a primary does the writes.
   *
   * @param writeUrl of the primary
   */
  public static ReplicaOptions localReplica(String writeUrl) {
    return new ReplicaOptions(Kind.LOCAL_REPLICA, writeUrl);
  }

  /**
   * Reads and writes here, online or not; syncs exchange changes with a server that speaks {@link
   * Protocol#V2}.
   *
   * @param url of the server
   */
  public static ReplicaOptions syncedDatabase(String url) {
    return new ReplicaOptions(Kind.SYNCED_DATABASE, url).syncProtocol(Protocol.V2);
  }

  /** What kind of replica it is. */
  public Kind kind() {
    return kind;
  }

  /** Of the primary; null if there is none. */
  public @Nullable String url() {
    return url;
  }

  /**
   * Servers that have the same log, such as replicas of the primary. They are asked in this order
   * for frames, and for statements that did not reach the primary, while it is away.
   */
  public ReplicaOptions failoverUrls(List<String> values) {
    failoverUrls.clear();
    failoverUrls.addAll(values);
    return this;
  }

  /** What its setter was given, or the default. */
  public List<String> failoverUrls() {
    return List.copyOf(failoverUrls);
  }

  /** The token that proves the right to the database; none unless set. */
  public ReplicaOptions authToken(String value) {
    authToken = new FixedToken(value);
    return this;
  }

  /** Asked for the token at each call, so that it can be renewed. */
  public ReplicaOptions authToken(Supplier<String> value) {
    authToken = value;
    return this;
  }

  /** What its setter was given, or the default. */
  public Supplier<String> authToken() {
    return authToken;
  }

  /** The database on the server; the first label of the host's name unless set. */
  public ReplicaOptions namespace(String value) {
    namespace = value;
    return this;
  }

  /** What its setter was given, or the default. */
  public @Nullable String namespace() {
    return namespace;
  }

  /** How to talk to the server; it is asked unless set. */
  public ReplicaOptions syncProtocol(Protocol value) {
    protocol = value;
    return this;
  }

  /** What its setter was given, or the default. */
  public Protocol syncProtocol() {
    return protocol;
  }

  /** How long connecting may take; 10 s unless set. */
  public ReplicaOptions connectTimeout(Duration value) {
    connectTimeout = value;
    return this;
  }

  /** What its setter was given, or the default. */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /** How long the server may be silent within an answer; 30 s unless set. */
  public ReplicaOptions readTimeout(Duration value) {
    readTimeout = value;
    return this;
  }

  /** What its setter was given, or the default. */
  public Duration readTimeout() {
    return readTimeout;
  }

  /** How long to wait for another process that syncs the same file; 30 s unless set. */
  public ReplicaOptions lockTimeout(Duration value) {
    lockTimeout = value;
    return this;
  }

  /** What its setter was given, or the default. */
  public Duration lockTimeout() {
    return lockTimeout;
  }

  /** How long {@code syncUntil} waits for the server to reach a frame; 60 s unless set. */
  public ReplicaOptions syncTimeout(Duration value) {
    syncTimeout = value;
    return this;
  }

  /** What its setter was given, or the default. */
  public Duration syncTimeout() {
    return syncTimeout;
  }

  /**
   * How often a request is tried that did not reach the server, or that it could not answer for the
   * time being; at least 1, 3 unless set. A statement that may have been executed is not sent
   * again.
   */
  public ReplicaOptions retryAttempts(int value) {
    retryAttempts = value;
    return this;
  }

  /** What its setter was given, or the default. */
  public int retryAttempts() {
    return retryAttempts;
  }

  /**
   * The times between attempts: 200 ms and 5 s unless set. Each is up to twice as long as the one
   * before, and between half and the whole of that by chance.
   */
  public ReplicaOptions retryDelays(Duration first, Duration longest) {
    firstRetryDelay = first;
    longestRetryDelay = longest;
    return this;
  }

  /** What its setter was given, or the default. */
  public Duration firstRetryDelay() {
    return firstRetryDelay;
  }

  /** What its setter was given, or the default. */
  public Duration longestRetryDelay() {
    return longestRetryDelay;
  }

  /**
   * When a server is left alone: after so many failures one after another nothing is sent to it for
   * a while, and then a single request tries how it is. 5 failures and 10 s unless set.
   *
   * @param failures 0 for never
   */
  public ReplicaOptions circuitBreaker(int failures, Duration pause) {
    circuitFailures = failures;
    circuitPause = pause;
    return this;
  }

  /** What its setter was given, or the default. */
  public int circuitFailures() {
    return circuitFailures;
  }

  /** What its setter was given, or the default. */
  public Duration circuitPause() {
    return circuitPause;
  }

  /**
   * Whether a replica is opened while its server is away, and whether a write that was done stays a
   * success if the sync after it fails: reads then show an older state. True unless set.
   */
  public ReplicaOptions degradeToLocalReads(boolean value) {
    degradeToLocalReads = value;
    return this;
  }

  /** What its setter was given, or the default. */
  public boolean degradeToLocalReads() {
    return degradeToLocalReads;
  }

  /** Whether checksums of frames are looked at; true unless set. */
  public ReplicaOptions verifyChecksums(boolean value) {
    verifyChecksums = value;
    return this;
  }

  /** What its setter was given, or the default. */
  public boolean verifyChecksums() {
    return verifyChecksums;
  }

  /** Whether a write is visible here as soon as it returns; true unless set. */
  public ReplicaOptions readYourWrites(boolean value) {
    readYourWrites = value;
    return this;
  }

  /** What its setter was given, or the default. */
  public boolean readYourWrites() {
    return readYourWrites;
  }

  /** Whether a synced database has its writes done by the server; false unless set. */
  public ReplicaOptions remoteWrites(boolean value) {
    remoteWrites = value;
    return this;
  }

  /** What its setter was given, or the default. */
  public boolean remoteWrites() {
    return remoteWrites;
  }

  /** Syncs by itself so often; zero, which is the default, means never. */
  public ReplicaOptions syncInterval(Duration value) {
    syncInterval = value;
    return this;
  }

  /** What its setter was given, or the default. */
  public Duration syncInterval() {
    return syncInterval;
  }

  /** How many frames of a synced database are sent at once; 128 unless set. */
  public ReplicaOptions pushBatchSize(int value) {
    if (value < 1) {
      throw new LibsqlException(ResultCode.RANGE, "a batch of " + value + " frames");
    }
    pushBatchFrames = value;
    return this;
  }

  /** What its setter was given, or the default. */
  public int pushBatchSize() {
    return pushBatchFrames;
  }

  /** With it the server opens its own file, which is encrypted; in base64. */
  public ReplicaOptions remoteEncryptionKey(String value) {
    remoteEncryptionKey = value;
    return this;
  }

  /** What its setter was given, or the default. */
  public @Nullable String remoteEncryptionKey() {
    return remoteEncryptionKey;
  }

  /**
   * How the local file is encrypted; not at all unless set. What is exchanged with servers is not
   * concerned.
   */
  public ReplicaOptions encryption(@Nullable EncryptionConfig value) {
    encryption = value;
    return this;
  }

  /** Encrypts the local file with libSQL's cipher; an empty key does not. */
  public ReplicaOptions encryptionKey(String value) {
    return encryption(value.isEmpty() ? null : EncryptionConfig.aes256Cbc(value));
  }

  /** What its setter was given, or the default. */
  public @Nullable EncryptionConfig encryption() {
    return encryption;
  }

  /** Told when a sync of the interval fails; the next one is tried all the same. */
  public ReplicaOptions syncFailureListener(Consumer<RuntimeException> value) {
    syncFailureListener = value;
    return this;
  }

  /** What its setter was given, or the default. */
  public Consumer<RuntimeException> syncFailureListener() {
    return syncFailureListener;
  }

  /** Told of syncs, and of what connections do, beside the listeners that are services. */
  public ReplicaOptions listener(EngineListener value) {
    listeners.add(value);
    return this;
  }

  /** What its setter was given, or the default. */
  public List<EngineListener> listeners() {
    return List.copyOf(listeners);
  }

  /** Trust and client certificates of TLS; those of the platform unless set. */
  public ReplicaOptions tls(SSLSocketFactory factory, X509TrustManager trust) {
    socketFactory = factory;
    trustManager = trust;
    return this;
  }

  /** What its setter was given, or the default. */
  public @Nullable SSLSocketFactory socketFactory() {
    return socketFactory;
  }

  /** What its setter was given, or the default. */
  public @Nullable X509TrustManager trustManager() {
    return trustManager;
  }

  /** What time and chance are; the system's unless set. */
  public ReplicaOptions environment(VfsEnvironment value) {
    environment = value;
    return this;
  }

  /** What its setter was given, or the default. */
  public VfsEnvironment environment() {
    return environment;
  }

  /** Equal for options that say the same about the same objects. */
  public List<Object> identity() {
    List<Object> parts = new ArrayList<>();
    parts.add(kind);
    parts.add(String.valueOf(url));
    parts.add(failoverUrls());
    parts.add(authToken);
    parts.add(String.valueOf(namespace));
    parts.add(protocol);
    parts.add(List.of(connectTimeout, readTimeout, lockTimeout, syncTimeout, syncInterval));
    parts.add(List.of(retryAttempts, firstRetryDelay, longestRetryDelay));
    parts.add(List.of(circuitFailures, circuitPause, pushBatchFrames));
    parts.add(List.of(degradeToLocalReads, verifyChecksums, readYourWrites, remoteWrites));
    parts.add(String.valueOf(remoteEncryptionKey));
    parts.add(Optional.ofNullable(encryption));
    parts.add(listeners());
    return parts;
  }

  /** The same options, with more listeners. */
  ReplicaOptions withListeners(List<EngineListener> more) {
    ReplicaOptions copy = new ReplicaOptions(kind, url);
    copy.failoverUrls.addAll(failoverUrls);
    copy.listeners.addAll(listeners);
    copy.listeners.addAll(more);
    copy.authToken = authToken;
    copy.namespace = namespace;
    copy.protocol = protocol;
    copy.connectTimeout = connectTimeout;
    copy.readTimeout = readTimeout;
    copy.lockTimeout = lockTimeout;
    copy.syncTimeout = syncTimeout;
    copy.retryAttempts = retryAttempts;
    copy.firstRetryDelay = firstRetryDelay;
    copy.longestRetryDelay = longestRetryDelay;
    copy.circuitFailures = circuitFailures;
    copy.circuitPause = circuitPause;
    copy.degradeToLocalReads = degradeToLocalReads;
    copy.verifyChecksums = verifyChecksums;
    copy.readYourWrites = readYourWrites;
    copy.remoteWrites = remoteWrites;
    copy.syncInterval = syncInterval;
    copy.pushBatchFrames = pushBatchFrames;
    copy.remoteEncryptionKey = remoteEncryptionKey;
    copy.encryption = encryption;
    copy.syncFailureListener = syncFailureListener;
    copy.socketFactory = socketFactory;
    copy.trustManager = trustManager;
    copy.environment = environment;
    return copy;
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "ReplicaOptions[" + kind + " " + url + "]";
  }
}

package org.libsql4j.replication;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.libsql4j.observe.EngineListener;
import org.libsql4j.observe.EngineListeners;

/** How a replica talks to its primary. Each setter returns this object. */
public final class ReplicaOptions {
  final String url;
  Supplier<String> token = () -> "";
  @Nullable String namespace;
  Duration connectTimeout = Duration.ofSeconds(10);
  Duration readTimeout = Duration.ofSeconds(30);
  int handshakeAttempts = 3;
  Duration handshakeDelay = Duration.ofSeconds(1);
  Duration lockTimeout = Duration.ofSeconds(30);
  boolean verifyChecksums = true;
  boolean readYourWrites = true;
  Duration syncInterval = Duration.ZERO;
  Consumer<RuntimeException> syncFailureListener = e -> {};
  private final List<EngineListener> listeners = new ArrayList<>();
  @Nullable SSLSocketFactory socketFactory;
  @Nullable X509TrustManager trustManager;

  private ReplicaOptions(String url) {
    this.url = url;
  }

  /**
   * @param url of the primary, with the scheme {@code libsql}, {@code https} or {@code http}
   */
  public static ReplicaOptions of(String url) {
    return new ReplicaOptions(url);
  }

  /** The token that proves the right to the database; none unless set. */
  public ReplicaOptions authToken(String value) {
    token = () -> value;
    return this;
  }

  /** Asked for the token at each call, so that it can be renewed. */
  public ReplicaOptions authToken(Supplier<String> value) {
    token = value;
    return this;
  }

  /** The database on the server; the first label of the host's name unless set. */
  public ReplicaOptions namespace(String value) {
    namespace = value;
    return this;
  }

  /** How long connecting may take; 10 s unless set. */
  public ReplicaOptions connectTimeout(Duration value) {
    connectTimeout = value;
    return this;
  }

  /** How long the server may be silent within an answer; 30 s unless set. */
  public ReplicaOptions readTimeout(Duration value) {
    readTimeout = value;
    return this;
  }

  /** How often a handshake is tried when the server is not reached; 3 unless set. */
  public ReplicaOptions handshakeAttempts(int value) {
    handshakeAttempts = value;
    return this;
  }

  /** The time between two attempts; 1 s unless set. */
  public ReplicaOptions handshakeDelay(Duration value) {
    handshakeDelay = value;
    return this;
  }

  /** How long to wait for another process that syncs the same file; 30 s unless set. */
  public ReplicaOptions lockTimeout(Duration value) {
    lockTimeout = value;
    return this;
  }

  /** Whether checksums of frames are looked at; true unless set. */
  public ReplicaOptions verifyChecksums(boolean value) {
    verifyChecksums = value;
    return this;
  }

  /** Whether a write is visible here as soon as it returns; true unless set. */
  public ReplicaOptions readYourWrites(boolean value) {
    readYourWrites = value;
    return this;
  }

  /** Syncs by itself so often; zero, which is the default, means never. */
  public ReplicaOptions syncInterval(Duration value) {
    syncInterval = value;
    return this;
  }

  /** Told when a sync of the interval fails; the next one is tried all the same. */
  public ReplicaOptions syncFailureListener(Consumer<RuntimeException> value) {
    syncFailureListener = value;
    return this;
  }

  /** Told of syncs, and of what connections do, beside the listeners that are services. */
  public ReplicaOptions listener(EngineListener value) {
    listeners.add(value);
    return this;
  }

  List<EngineListener> listeners() {
    return listeners;
  }

  /** All that are to be told of a sync as one; null if there is none. */
  @Nullable EngineListener listener() {
    return EngineListeners.installedAnd(listeners);
  }

  /** Trust and client certificates of TLS; those of the platform unless set. */
  public ReplicaOptions tls(SSLSocketFactory factory, X509TrustManager trust) {
    socketFactory = factory;
    trustManager = trust;
    return this;
  }
}

package org.libsql4j.replication;

import okhttp3.OkHttpClient;
import org.libsql4j.ReplicaHealth;
import org.libsql4j.ReplicaOptions;

/** One server: where it is, how it has been, and the session with its log. */
final class Endpoint {
  private final ServerAddress address;
  private final CircuitBreaker breaker;
  private final GrpcWebClient client;
  private final LogClient log;

  Endpoint(ServerAddress address, OkHttpClient http, ReplicaOptions options) {
    this.address = address;
    this.breaker =
        new CircuitBreaker(
            options.circuitFailures(), options.circuitPause(), options.environment().clock());
    this.client = new GrpcWebClient(http, address.url());
    this.log = new LogClient(new GrpcWebClient(http, address.url()), address);
  }

  ServerAddress address() {
    return address;
  }

  GrpcWebClient client() {
    return client;
  }

  /** For one sync at a time. */
  LogClient log() {
    return log;
  }

  CircuitBreaker breaker() {
    return breaker;
  }

  ReplicaHealth.Server health() {
    return breaker.health(address.url().toString());
  }
}

package org.libsql4j.remote;

import java.time.Duration;

/** Streams over HTTP, which have nothing in common. */
final class HttpTransport implements HranaTransport {
  private final RemoteClient shared;
  private final int version;
  private volatile RemoteClient client;

  HttpTransport(RemoteClient client, int version) {
    this.shared = client;
    this.client = client;
    this.version = version;
  }

  /** As patient as the session is at the moment. */
  RemoteClient client() {
    return client;
  }

  @Override
  public void limitRequests(Duration limit) {
    client = shared.limitedTo(limit);
  }

  @Override
  public int version() {
    return version;
  }

  @Override
  public HranaStream newStream() {
    return new HttpStream(this);
  }

  @Override
  public void close() {}
}

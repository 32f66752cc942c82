package org.libsql4j.remote;

/** Streams over HTTP, which have nothing in common. */
final class HttpTransport implements HranaTransport {
  private final RemoteClient client;
  private final int version;

  HttpTransport(RemoteClient client, int version) {
    this.client = client;
    this.version = version;
  }

  @Override
  public int version() {
    return version;
  }

  @Override
  public HranaStream newStream() {
    return new HttpStream(client, version);
  }

  @Override
  public void close() {}
}

package org.libsql4j.remote;

/** Streams over a WebSocket. */
final class WebSocketTransport implements HranaTransport {
  private WebSocketTransport() {}

  static HranaTransport connect(RemoteClient client) {
    throw RemoteException.protocol("WebSocket is not supported yet " + client.base());
  }

  @Override
  public int version() {
    return 3;
  }

  @Override
  public HranaStream newStream() {
    throw new IllegalStateException();
  }

  @Override
  public void close() {}
}

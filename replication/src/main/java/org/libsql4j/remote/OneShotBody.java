package org.libsql4j.remote;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** The body of a request. It is sent once only: the server may have acted on the first time. */
public final class OneShotBody extends RequestBody {
  private final MediaType type;
  private final byte[] bytes;
  private volatile boolean sent;

  /**
   * @param bytes all of it; not to be changed afterwards
   */
  public OneShotBody(MediaType type, byte[] bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  /** Whether the server may have got it. */
  public boolean isSent() {
    return sent;
  }

  @Override
  public MediaType contentType() {
    return type;
  }

  @Override
  public long contentLength() {
    return bytes.length;
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sent = true;
    sink.write(bytes);
  }
}

package org.libsql4j.remote;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** The body of a request. It is sent once only: the server may have acted on the first time. */
final class JsonBody extends RequestBody {
  private static final MediaType JSON = MediaType.get("application/json");

  /** Writes the fields of the outermost object. */
  interface Fields {
    void write(JsonGenerator out) throws IOException;
  }

  private final byte[] bytes;
  private volatile boolean sent;

  JsonBody(Fields fields) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JsonRequests.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    }
    bytes = out.toByteArray();
  }

  /** Whether the server may have got it. */
  boolean isSent() {
    return sent;
  }

  @Override
  public MediaType contentType() {
    return JSON;
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

package org.libsql4j.remote;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import okhttp3.MediaType;

/** Makes the bodies of requests: a JSON object each. */
final class JsonBody {
  private static final MediaType JSON = MediaType.get("application/json");

  /** Writes the fields of the outermost object. */
  interface Fields {
    void write(JsonGenerator out) throws IOException;
  }

  private JsonBody() {}

  static OneShotBody of(Fields fields) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JsonRequests.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    }
    return new OneShotBody(JSON, out.toByteArray());
  }
}

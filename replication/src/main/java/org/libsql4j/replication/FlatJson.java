package org.libsql4j.replication;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** JSON objects of numbers and texts, which is all that the protocol has. */
final class FlatJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private FlatJson() {}

  /**
   * The numbers, as Long, and texts of an object; everything else in it is passed over.
   *
   * @throws IOException if it is no object
   */
  static Map<String, Object> parse(String text) throws IOException {
    Map<String, Object> fields = new HashMap<>();
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      for (JsonToken token = parser.nextToken();
          token == JsonToken.FIELD_NAME;
          token = parser.nextToken()) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_NUMBER_INT) {
          fields.put(name, parser.getLongValue());
        } else if (value == JsonToken.VALUE_STRING) {
          fields.put(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
    }
    return fields;
  }

  /** A field that is a number; -1 if there is no such field. */
  static long number(Map<String, Object> fields, String name) {
    return fields.get(name) instanceof Long number ? number : -1;
  }
}

package org.libsql4j.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON token by token, with checks of what comes. Methods that read a value stand before it
 * when they are called, and behind it when they return.
 */
final class JsonInput implements Closeable {
  /** The greatest value that SQLite allows, as Base64. */
  private static final int MAX_TEXT = 1_400_000_000;

  private static final int MAX_DEPTH = 64;
  private static final int SHOWN = 100;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(MAX_TEXT)
                  .maxNestingDepth(MAX_DEPTH)
                  .build())
          .build();

  private final JsonParser parser;

  private JsonInput(JsonParser parser) {
    this.parser = parser;
  }

  static JsonInput of(InputStream in) throws IOException {
    return new JsonInput(FACTORY.createParser(in));
  }

  static JsonInput of(String text) throws IOException {
    return new JsonInput(FACTORY.createParser(text));
  }

  /** Goes to the next value at the outermost level; false at the end of the input. */
  boolean nextRoot() throws IOException {
    return parser.nextToken() != null;
  }

  /** How many characters were read. */
  long position() {
    return parser.currentLocation().getCharOffset();
  }

  /** After {@link #nextRoot}: begins the object that starts there. */
  void enterRootObject() {
    expect(parser.currentToken(), JsonToken.START_OBJECT);
  }

  void enterObject() throws IOException {
    expect(parser.nextToken(), JsonToken.START_OBJECT);
  }

  /** The name of the next field; null at the end of the object. */
  @Nullable String nextField() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.END_OBJECT) {
      return null;
    }
    expect(token, JsonToken.FIELD_NAME);
    return parser.currentName();
  }

  void enterArray() throws IOException {
    expect(parser.nextToken(), JsonToken.START_ARRAY);
  }

  /**
   * Whether an array has one more element; false is behind its end. The element is one of objects,
   * arrays or null and is read with {@link #startedObject}, {@link #startedArray}.
   */
  boolean nextElement() throws IOException {
    return parser.nextToken() != JsonToken.END_ARRAY;
  }

  /** The element that {@link #nextElement} went to is an object, which begins here. */
  void startedObject() {
    expect(parser.currentToken(), JsonToken.START_OBJECT);
  }

  /** The element that {@link #nextElement} went to is an array, which begins here. */
  void startedArray() {
    expect(parser.currentToken(), JsonToken.START_ARRAY);
  }

  /** Whether the element that {@link #nextElement} went to is null. */
  boolean isNullElement() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** Skips the element that {@link #nextElement} went to. */
  void skipElement() throws IOException {
    parser.skipChildren();
  }

  /** Skips a value of any kind. */
  void skip() throws IOException {
    parser.nextToken();
    parser.skipChildren();
  }

  /** A text or null. */
  @Nullable String textOrNull() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    expect(token, JsonToken.VALUE_STRING);
    return parser.getText();
  }

  String text() throws IOException {
    String text = textOrNull();
    if (text == null) {
      throw unexpected("null", "a text");
    }
    return text;
  }

  /** The text of a text or number, or null. */
  @Nullable String scalar() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token == null || !token.isScalarValue()) {
      throw unexpected(token, "a value");
    }
    return parser.getText();
  }

  boolean bool() throws IOException {
    JsonToken token = parser.nextToken();
    if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
      throw unexpected(token, "true or false");
    }
    return token == JsonToken.VALUE_TRUE;
  }

  /** A whole number, perhaps as text; null for null. */
  @Nullable Long integerOrNull() throws IOException {
    String text = scalar();
    return text == null ? null : parseLong(text);
  }

  long integer() throws IOException {
    Long value = integerOrNull();
    if (value == null) {
      throw unexpected("null", "a whole number");
    }
    return value;
  }

  static long parseLong(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw unexpected(text, "a whole number of 64 bits");
    }
  }

  private static void expect(@Nullable JsonToken token, JsonToken wanted) {
    if (token != wanted) {
      throw unexpected(token, String.valueOf(wanted));
    }
  }

  static RemoteException unexpected(@Nullable Object found, String wanted) {
    String text = String.valueOf(found);
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return RemoteException.protocol("the server sent " + shown + " instead of " + wanted);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}

package org.libsql4j.func.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.func.FunctionContext;
import org.libsql4j.func.FunctionDefinition;
import org.libsql4j.func.TextBuilder;
import org.libsql4j.record.Mem;
import org.libsql4j.record.TextEncoding;
import org.libsql4j.vtab.VirtualCursor;

/**
 * Walks over the elements of a JSON document.
 *
 * <p>The document is one JSONB element; a row is an index into it. What is around the current
 * element is a stack of containers in parallel arrays, so that a step allocates nothing and the
 * texts of paths are only made when they are asked for.
 */
final class JsonTableCursor implements VirtualCursor {
  private static final FunctionDefinition NO_FUNCTION =
      FunctionDefinition.scalar("json_each", 0, Set.of(), (context, arguments) -> {});

  private static final byte[] DOLLAR = {'$'};

  private final boolean recursive;
  private final boolean binary;
  private final FunctionContext context;
  private final JsonInput input = new JsonInput();
  private final JsonPath lookup = new JsonPath(input.json);
  private final TextBuilder path = new TextBuilder(Integer.MAX_VALUE);

  /** The document as it was given. */
  private final Mem document = new Mem();

  /** The path given, or a dollar sign. */
  private byte[] root = DOLLAR;

  private int rootLength;

  /** Index of the current element, or of its label if it is a member of an object. */
  private int at;

  /** Index after the last element. */
  private int end;

  /** Whether {@link #at} is a label. */
  private boolean labelled;

  private long row;

  // ---- the containers around the current element, the outermost first

  private int depth;

  /** Index of the container, or of its label. */
  private int[] containerAt = new int[8];

  private int[] containerEnd = new int[8];
  private boolean[] containerIsObject = new boolean[8];

  /** Number of the current element in the container. */
  private int[] index = new int[8];

  JsonTableCursor(ConnectionState connection, boolean recursive, boolean binary) {
    this.recursive = recursive;
    this.binary = binary;
    this.context = new FunctionContext(connection, NO_FUNCTION);
  }

  // ---- moving
  // -------------------------------------------------------------------------------------

  @Override
  public void filter(int indexNumber, @Nullable String indexText, Mem[] arguments) {
    at = 0;
    end = 0;
    row = 0;
    depth = 0;
    labelled = false;
    rootLength = 1;
    root = DOLLAR;
    if (indexNumber == 0 || arguments[0].isNull()) {
      return;
    }
    document.copyFrom(arguments[0]);
    document.subtype = 0;
    if (!input.tryLoad(context, arguments[0], 0)) {
      throw Jsonb.malformed();
    }
    int start = 0;
    if (indexNumber == JsonTableModule.DOCUMENT_AND_ROOT) {
      start = findRoot(arguments[1]);
      if (start < 0) {
        return;
      }
    }
    enter(start);
  }

  /** Index of what the path leads to; negative if there is none. */
  private int findRoot(Mem given) {
    if (given.isNull()) {
      return JsonPath.NOT_FOUND;
    }
    Mem text = context.utf8(given, 1);
    int textEnd = JsonFunctions.endOfPath(text);
    int found =
        JsonFunctions.isPath(text, textEnd)
            ? lookup.find(text.bytes, text.offset + 1, textEnd)
            : JsonPath.BAD_PATH;
    if (found == JsonPath.BAD_PATH) {
      throw JsonFunctions.badPath(context, text, textEnd);
    }
    rootLength = textEnd - text.offset;
    root = Arrays.copyOfRange(text.bytes, text.offset, textEnd);
    return found;
  }

  private void enter(int element) {
    byte[] json = input.json.bytes;
    end = Jsonb.end(json, element, input.json.length);
    int type = Jsonb.type(json, element);
    boolean container = type == Jsonb.ARRAY || type == Jsonb.OBJECT;
    if (container && !recursive) {
      push(element, end, type == Jsonb.OBJECT);
      index[0] = 0;
      at = Jsonb.payload(json, element);
      labelled = type == Jsonb.OBJECT;
      return;
    }
    labelled = rootLength > 1 && lookup.foundLabel >= 0;
    at = labelled ? lookup.foundLabel : element;
  }

  private void push(int container, int containerLimit, boolean isObject) {
    if (depth == containerAt.length) {
      if (depth > Jsonb.MOST_DEPTH) {
        throw Jsonb.malformed();
      }
      containerAt = Arrays.copyOf(containerAt, depth * 2);
      containerEnd = Arrays.copyOf(containerEnd, depth * 2);
      containerIsObject = Arrays.copyOf(containerIsObject, depth * 2);
      index = Arrays.copyOf(index, depth * 2);
    }
    containerAt[depth] = container;
    containerEnd[depth] = containerLimit;
    containerIsObject[depth] = isObject;
    index[depth] = -1;
    depth++;
  }

  @Override
  public void next() {
    byte[] json = input.json.bytes;
    int value = value();
    int limit = limit();
    int type = Jsonb.type(json, value);
    int valueEnd = Jsonb.end(json, value, limit);
    if (recursive && (type == Jsonb.ARRAY || type == Jsonb.OBJECT)) {
      push(at, valueEnd, type == Jsonb.OBJECT);
      at = Jsonb.payload(json, value);
    } else {
      at = valueEnd;
    }
    if (recursive) {
      while (depth > 0 && at >= containerEnd[depth - 1]) {
        depth--;
      }
      labelled = depth > 0 && containerIsObject[depth - 1];
    }
    if (depth > 0) {
      index[depth - 1]++;
    }
    row++;
  }

  @Override
  public boolean isAtEnd() {
    return at >= end;
  }

  /** Index of the current element itself. */
  private int value() {
    if (!labelled) {
      return at;
    }
    int limit = limit();
    int value = Jsonb.end(input.json.bytes, at, limit);
    if (value >= limit) {
      throw Jsonb.malformed();
    }
    return value;
  }

  private int limit() {
    return depth == 0 ? end : containerEnd[depth - 1];
  }

  @Override
  public long rowid() {
    return row;
  }

  // ---- columns
  // ------------------------------------------------------------------------------------

  @Override
  public void column(int column, Mem result) {
    byte[] json = input.json.bytes;
    switch (column) {
      case JsonTableModule.KEY -> key(result);
      case JsonTableModule.VALUE -> sqlValue(value(), result);
      case JsonTableModule.TYPE -> result.setText(JsonValues.typeName(Jsonb.type(json, value())));
      case JsonTableModule.ATOM -> {
        int value = value();
        if (Jsonb.type(json, value) < Jsonb.ARRAY) {
          sqlValue(value, result);
        }
      }
      case JsonTableModule.ID -> result.setInteger(at);
      case JsonTableModule.PARENT -> {
        if (recursive && depth > 0) {
          result.setInteger(containerAt[depth - 1]);
        }
      }
      case JsonTableModule.FULLKEY -> {
        buildPath(depth);
        path.into(result);
      }
      case JsonTableModule.PATH -> {
        if (depth == 0) {
          result.setText(root, 0, rootParentLength(), TextEncoding.UTF8);
        } else {
          buildPath(depth - 1);
          path.into(result);
        }
      }
      case JsonTableModule.JSON -> result.copyFrom(document);
      case JsonTableModule.ROOT -> result.setText(root, 0, rootLength, TextEncoding.UTF8);
      default -> throw new LibsqlException(ResultCode.INTERNAL, "no such column: " + column);
    }
  }

  private void sqlValue(int element, Mem result) {
    Mem value = context.result();
    value.setNull();
    JsonValues.resultValue(context, input.json.bytes, element, limit(), binary);
    result.moveFrom(value);
  }

  private void key(Mem result) {
    if (depth > 0) {
      if (labelled) {
        sqlValue(at, result);
      } else {
        result.setInteger(index[depth - 1]);
      }
      return;
    }
    int from = rootParentLength();
    if (from >= rootLength) {
      return;
    }
    if (root[from] == '[') {
      result.setInteger(leadingNumber(from + 1));
    } else if (from + 1 < rootLength && root[from + 1] == '"') {
      result.setText(root, from + 2, Math.max(rootLength - from - 3, 0), TextEncoding.UTF8);
    } else {
      result.setText(root, from + 1, rootLength - from - 1, TextEncoding.UTF8);
    }
  }

  private long leadingNumber(int from) {
    long number = 0;
    for (int i = from; i < rootLength && JsonSpace.isDigit(root[i]); i++) {
      number = Math.min(number * 10 + root[i] - '0', Integer.MAX_VALUE);
    }
    return number;
  }

  /**
   * How much of the path given leads to what is around the row that it leads to.
   *
   * <p>As in SQLite this is found out by looking where shorter paths lead, and only works for the
   * first element of a container; for others all of the path counts as one key.
   */
  private int rootParentLength() {
    if (row != 0 || !recursive || rootLength < 2) {
      return rootLength;
    }
    int length = rootLength;
    while (length > 1) {
      length--;
      if (root[length] != '[' && root[length] != '.') {
        continue;
      }
      int container = lookup.find(root, 1, length);
      if (container >= 0 && Jsonb.payload(input.json.bytes, container) == at) {
        break;
      }
    }
    return length;
  }

  // ---- paths
  // --------------------------------------------------------------------------------------

  /** Builds the path that leads through so many of the containers. */
  private void buildPath(int steps) {
    path.clear(Integer.MAX_VALUE);
    path.append(root, 0, rootLength);
    for (int i = 0; i < steps; i++) {
      int element = i + 1 < depth ? containerAt[i + 1] : at;
      if (containerIsObject[i]) {
        appendLabel(element, containerEnd[i]);
      } else {
        path.append('[');
        path.appendPadded(index[i], 1);
        path.append(']');
      }
    }
  }

  private void appendLabel(int label, int limit) {
    byte[] json = input.json.bytes;
    int from = Jsonb.payload(json, label);
    int to = Jsonb.end(json, label, limit);
    boolean plain = isPlain(json, from, to);
    path.append('.');
    if (!plain) {
      path.append('"');
    }
    path.append(json, from, to - from);
    if (!plain) {
      path.append('"');
    }
  }

  /** Whether a label can stand in a path without quotes: a letter, then letters and digits. */
  private static boolean isPlain(byte[] json, int from, int to) {
    if (from == to || !isLetter(json[from])) {
      return false;
    }
    for (int i = from + 1; i < to; i++) {
      if (!isLetter(json[i]) && !JsonSpace.isDigit(json[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(int c) {
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  @Override
  public String toString() {
    return new String(root, 0, rootLength, StandardCharsets.UTF_8) + "@" + at;
  }
}

package org.libsql4j.func.json;

import org.jspecify.annotations.Nullable;

/**
 * Finds and edits the element that a path such as {@code $.a[2]."b c"[#-1]} means.
 *
 * <p>Edits go down recursively and correct the sizes of the containers on the way back.
 */
final class JsonPath {
  /** The path leads nowhere. */
  static final int NOT_FOUND = -1;

  /** The path is no path. */
  static final int BAD_PATH = -2;

  /** The path leads to the member of an object where an element of an array is wanted. */
  static final int NOT_ELEMENT = -3;

  /** What to do with what the path leads to. */
  enum Edit {
    /** Only look. */
    NONE,
    REMOVE,
    REPLACE,
    /** Make it if it is not there. */
    INSERT,
    /** Replace or make. */
    SET,
    /** Put before an element of an array. */
    INSERT_BEFORE
  }

  private final JsonBuffer json;
  private byte[] path = new byte[0];
  private int pathEnd;
  private Edit edit = Edit.NONE;
  private @Nullable JsonBuffer value;

  /** Index of the label of what was found last, -1 if it has none. */
  int foundLabel = -1;

  /** By how many bytes the edit made everything inside the current container longer. */
  private int delta;

  JsonPath(JsonBuffer json) {
    this.json = json;
  }

  /**
   * Looks for what the path leads to.
   *
   * @param from index after the dollar sign
   * @return index of the element, {@link #NOT_FOUND} or {@link #BAD_PATH}
   */
  int find(byte[] pathText, int from, int end) {
    edit = Edit.NONE;
    return start(pathText, from, end);
  }

  /** Applies an edit; the result is as of {@link #find}, and not negative if it was done. */
  int edit(byte[] pathText, int from, int end, Edit kind, @Nullable JsonBuffer newValue) {
    edit = kind;
    value = newValue;
    return start(pathText, from, end);
  }

  private int start(byte[] pathText, int from, int end) {
    path = pathText;
    pathEnd = end;
    delta = 0;
    return step(0, json.length, from, -1, 0);
  }

  private int at(int i) {
    return i < pathEnd ? path[i] : 0;
  }

  /**
   * @param node the element that the path up to here leads to
   * @param p index into the path
   * @param label index of the element's label, -1 if it has none
   */
  private int step(int node, int limit, int p, int label, int depth) {
    if (p >= pathEnd) {
      return apply(node, limit, label);
    }
    if (depth > Jsonb.MOST_DEPTH) {
      throw Jsonb.malformed();
    }
    int c = path[p];
    if (c == '.') {
      return member(node, limit, p + 1, depth);
    }
    return c == '[' ? element(node, limit, p, depth) : BAD_PATH;
  }

  private int apply(int node, int limit, int label) {
    foundLabel = label;
    if (edit == Edit.NONE || edit == Edit.INSERT) {
      return node;
    }
    int end = Jsonb.end(json.bytes, node, limit);
    if (edit == Edit.REMOVE) {
      int from = label >= 0 ? label : node;
      json.splice(from, end, json.bytes, 0, 0);
      delta = from - end;
    } else if (edit == Edit.INSERT_BEFORE) {
      if (label >= 0) {
        return NOT_ELEMENT;
      }
      insert(node, value());
    } else {
      JsonBuffer replacement = value();
      delta = json.replace(node, end, replacement.bytes, 0, replacement.length);
    }
    return node;
  }

  private JsonBuffer value() {
    JsonBuffer current = value;
    if (current == null) {
      throw new IllegalStateException("edit without value");
    }
    return current;
  }

  private void insert(int at, JsonBuffer inserted) {
    json.splice(at, at, inserted.bytes, 0, inserted.length);
    delta = inserted.length;
  }

  private boolean mayInsert() {
    return edit == Edit.INSERT || edit == Edit.SET || edit == Edit.INSERT_BEFORE;
  }

  /** Corrects the size of a container after an edit within it. */
  private int corrected(int container, int payloadBytes, int found) {
    if (delta == 0 || found < 0) {
      return found;
    }
    delta += json.adjustSize(container, payloadBytes, delta);
    return found;
  }

  // ---- objects ---------------------------------------------------------------------------------

  private int member(int node, int limit, int p, int depth) {
    int keyStart = p;
    int keyEnd;
    int rest;
    boolean raw = true;
    if (at(p) == '"') {
      keyStart = p + 1;
      keyEnd = keyStart;
      while (keyEnd < pathEnd && path[keyEnd] != '"') {
        if (path[keyEnd] == '\\' && keyEnd + 1 < pathEnd) {
          raw = false;
          keyEnd++;
        }
        keyEnd++;
      }
      if (keyEnd >= pathEnd) {
        return BAD_PATH;
      }
      rest = keyEnd + 1;
    } else {
      keyEnd = p;
      while (keyEnd < pathEnd && path[keyEnd] != '.' && path[keyEnd] != '[') {
        keyEnd++;
      }
      if (keyEnd == p) {
        return BAD_PATH;
      }
      rest = keyEnd;
    }
    int end = Jsonb.end(json.bytes, node, limit);
    if (Jsonb.type(json.bytes, node) != Jsonb.OBJECT) {
      return NOT_FOUND;
    }
    int payload = Jsonb.payload(json.bytes, node);
    int size = end - payload;
    int i = payload;
    while (i < end) {
      int labelEnd = Jsonb.end(json.bytes, i, end);
      int valueEnd = Jsonb.end(json.bytes, labelEnd, end);
      if (isLabel(i, labelEnd, keyStart, keyEnd, raw)) {
        return corrected(node, size, step(labelEnd, end, rest, i, depth + 1));
      }
      i = valueEnd;
    }
    if (!mayInsert()) {
      return NOT_FOUND;
    }
    if (edit == Edit.INSERT_BEFORE && at(pathEnd - 1) != ']') {
      return NOT_ELEMENT;
    }
    JsonBuffer made = substructure(rest);
    if (made == null) {
      return substructureFailure;
    }
    JsonBuffer pair = new JsonBuffer();
    pair.appendNode(raw ? Jsonb.TEXTRAW : Jsonb.TEXT5, path, keyStart, keyEnd - keyStart);
    pair.append(made);
    insert(end, pair);
    return corrected(node, size, end);
  }

  private boolean isLabel(int at, int end, int keyStart, int keyEnd, boolean rawKey) {
    int type = Jsonb.type(json.bytes, at);
    if (!Jsonb.isText(type)) {
      throw Jsonb.malformed();
    }
    boolean rawLabel = type == Jsonb.TEXT || type == Jsonb.TEXTRAW;
    int from = Jsonb.payload(json.bytes, at);
    return JsonStrings.equal(path, keyStart, keyEnd, rawKey, json.bytes, from, end, rawLabel);
  }

  // ---- arrays ----------------------------------------------------------------------------------

  private int element(int node, int limit, int p, int depth) {
    int end = Jsonb.end(json.bytes, node, limit);
    if (Jsonb.type(json.bytes, node) != Jsonb.ARRAY) {
      return NOT_FOUND;
    }
    int payload = Jsonb.payload(json.bytes, node);
    int size = end - payload;
    long index = 0;
    int i = p + 1;
    if (JsonSpace.isDigit(at(i))) {
      while (JsonSpace.isDigit(at(i))) {
        index = Math.min(index * 10 + path[i++] - '0', Integer.MAX_VALUE);
      }
    } else if (at(i) == '#') {
      i++;
      index = count(payload, end);
      if (at(i) == '-' && JsonSpace.isDigit(at(i + 1))) {
        i++;
        long back = 0;
        while (JsonSpace.isDigit(at(i))) {
          back = Math.min(back * 10 + path[i++] - '0', Integer.MAX_VALUE);
        }
        if (back > index) {
          return NOT_FOUND;
        }
        index -= back;
      }
    } else {
      return BAD_PATH;
    }
    if (at(i) != ']') {
      return BAD_PATH;
    }
    int element = payload;
    for (; index > 0 && element < end; index--) {
      element = Jsonb.end(json.bytes, element, end);
    }
    if (element < end) {
      return corrected(node, size, step(element, end, i + 1, -1, depth + 1));
    }
    if (index > 0 || !mayInsert()) {
      return NOT_FOUND;
    }
    JsonBuffer made = substructure(i + 1);
    if (made == null) {
      return substructureFailure;
    }
    insert(end, made);
    return corrected(node, size, end);
  }

  private int count(int from, int end) {
    int n = 0;
    for (int i = from; i < end; i = Jsonb.end(json.bytes, i, end)) {
      n++;
    }
    return n;
  }

  // ---- making what is not there ----------------------------------------------------------------

  private int substructureFailure;

  /** The value, wrapped in the containers that the rest of the path asks for; null on failure. */
  private @Nullable JsonBuffer substructure(int rest) {
    if (rest >= pathEnd) {
      return value();
    }
    JsonBuffer container = new JsonBuffer();
    container.appendEmpty(path[rest] == '.' ? Jsonb.OBJECT : Jsonb.ARRAY);
    int result = new JsonPath(container).edit(path, rest, pathEnd, edit, value);
    if (result < 0) {
      substructureFailure = result;
      return null;
    }
    return container;
  }
}

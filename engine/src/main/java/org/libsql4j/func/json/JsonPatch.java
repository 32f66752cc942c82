package org.libsql4j.func.json;

/** Merges a patch into a document as RFC 7396 says. */
final class JsonPatch {
  private final JsonBuffer target;
  private final byte[] patch;

  private JsonPatch(JsonBuffer target, JsonBuffer patch) {
    this.target = target;
    this.patch = patch.bytes;
  }

  /** Changes the target. */
  static void merge(JsonBuffer target, JsonBuffer patch) {
    new JsonPatch(target, patch).merge(0, target.length, 0, patch.length, 0);
  }

  /** Merges one element into another and returns by how many bytes the latter grew. */
  private int merge(int at, int limit, int patchAt, int patchLimit, int depth) {
    if (depth > Jsonb.MOST_DEPTH) {
      throw Jsonb.malformed();
    }
    int before = target.length;
    int end = Jsonb.end(target.bytes, at, limit);
    int patchEnd = Jsonb.end(patch, patchAt, patchLimit);
    if (Jsonb.type(patch, patchAt) != Jsonb.OBJECT) {
      return target.replace(at, end, patch, patchAt, patchEnd - patchAt);
    }
    if (Jsonb.type(target.bytes, at) != Jsonb.OBJECT) {
      byte[] empty = {Jsonb.OBJECT};
      target.splice(at, end, empty, 0, 1);
      end = at + 1;
    }
    int label = Jsonb.payload(patch, patchAt);
    while (label < patchEnd) {
      int value = Jsonb.end(patch, label, patchEnd);
      int next = Jsonb.end(patch, value, patchEnd);
      if (!Jsonb.isText(Jsonb.type(patch, label))) {
        throw Jsonb.malformed();
      }
      int payload = Jsonb.payload(target.bytes, at);
      int delta = mergeMember(payload, end, label, value, next, depth);
      if (delta != 0) {
        int growth = target.adjustSize(at, end - payload, delta);
        end += delta + growth;
      }
      label = next;
    }
    return target.length - before;
  }

  private int mergeMember(int from, int end, int label, int value, int valueEnd, int depth) {
    boolean remove = Jsonb.type(patch, value) == Jsonb.NULL;
    int i = from;
    while (i < end) {
      int memberValue = Jsonb.end(target.bytes, i, end);
      int memberEnd = Jsonb.end(target.bytes, memberValue, end);
      if (isSameLabel(i, memberValue, label, value)) {
        if (!remove) {
          return merge(memberValue, end, value, valueEnd, depth + 1);
        }
        target.splice(i, memberEnd, patch, 0, 0);
        return i - memberEnd;
      }
      i = memberEnd;
    }
    if (remove) {
      return 0;
    }
    int before = target.length;
    target.splice(end, end, patch, label, value - label);
    int added = end + value - label;
    byte[] empty = {Jsonb.NULL};
    target.splice(added, added, empty, 0, 1);
    merge(added, added + 1, value, valueEnd, depth + 1);
    return target.length - before;
  }

  private boolean isSameLabel(int at, int end, int patchLabel, int patchLabelEnd) {
    int type = Jsonb.type(target.bytes, at);
    if (!Jsonb.isText(type)) {
      throw Jsonb.malformed();
    }
    int patchType = Jsonb.type(patch, patchLabel);
    return JsonStrings.equal(
        target.bytes,
        Jsonb.payload(target.bytes, at),
        end,
        type == Jsonb.TEXT || type == Jsonb.TEXTRAW,
        patch,
        Jsonb.payload(patch, patchLabel),
        patchLabelEnd,
        patchType == Jsonb.TEXT || patchType == Jsonb.TEXTRAW);
  }
}

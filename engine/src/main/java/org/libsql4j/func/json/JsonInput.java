package org.libsql4j.func.json;

import java.util.Arrays;
import org.libsql4j.func.FunctionContext;
import org.libsql4j.record.Bytes;
import org.libsql4j.record.Mem;

/**
 * A JSON argument as JSONB, parsed from text or taken from a blob.
 *
 * <p>One per argument and call site. The text parsed last is remembered, so that the same document
 * is not parsed again for each row. What edits the JSONB has to {@link #forget} it.
 */
public final class JsonInput {
  public final JsonBuffer json = new JsonBuffer();
  private final JsonParser parser = new JsonParser(json);
  private byte[] lastText = Bytes.EMPTY;
  private int lastLength = -1;
  private boolean lastValid;

  /** How many documents in a row were other than the one before. */
  private int changes;

  /** The next document is parsed even if it is the same. */
  void forget() {
    lastLength = -1;
  }

  /**
   * Reads the argument.
   *
   * @return false for NULL
   * @throws org.libsql4j.error.LibsqlException if it is not JSON
   */
  public boolean load(FunctionContext context, Mem argument, int slot) {
    if (argument.type == Mem.NULL) {
      return false;
    }
    if (!tryLoad(context, argument, slot)) {
      throw Jsonb.malformed();
    }
    return true;
  }

  /** Reads an argument that is not NULL; false if it is not JSON. */
  boolean tryLoad(FunctionContext context, Mem argument, int slot) {
    if (isBinary(argument)) {
      lastLength = -1;
      json.set(argument.bytes, argument.offset, argument.length);
      return true;
    }
    Mem text = context.utf8(argument, slot);
    boolean known =
        text.length == lastLength
            && Bytes.equal(lastText, 0, lastLength, text.bytes, text.offset, text.length);
    if (known) {
      changes = 0;
    } else {
      changes++;
      if (changes <= CHANGES_BEFORE_FORGETTING || changes % REMEMBERED_ONE_IN == 0) {
        remember(text);
      } else {
        lastLength = -1;
      }
      lastValid = parser.parse(text.bytes, text.offset, text.offset + text.length);
    }
    return lastValid;
  }

  /** If so many differ, few of those that follow are remembered: each is most likely new. */
  private static final int CHANGES_BEFORE_FORGETTING = 16;

  private static final int REMEMBERED_ONE_IN = 8;

  /** Documents above this size are not remembered. */
  private static final int LARGEST_REMEMBERED = 1 << 16;

  private void remember(Mem text) {
    if (text.length > LARGEST_REMEMBERED) {
      lastLength = -1;
      return;
    }
    if (lastText.length < text.length) {
      lastText = Arrays.copyOf(lastText, Math.max(text.length, lastText.length * 2));
    }
    System.arraycopy(text.bytes, text.offset, lastText, 0, text.length);
    lastLength = text.length;
  }

  /** Whether the argument is a blob that looks like JSONB. */
  static boolean isBinary(Mem argument) {
    return argument.type == Mem.BLOB
        && Jsonb.looksValid(argument.bytes, argument.offset, argument.offset + argument.length);
  }

  /** Whether the text parsed last was JSON without extensions. */
  boolean isStandard() {
    return parser.isStandard();
  }

  /** Offset in bytes of the error in the text parsed last. */
  int errorAt() {
    return parser.errorAt();
  }
}

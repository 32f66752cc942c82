package org.libsql4j.func;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Bytes;
import org.libsql4j.record.Mem;

/**
 * A compiled LIKE or GLOB pattern. Immutable.
 *
 * <p>Patterns of literal text and {@code %} alone, nearly all there are, become a list of literals
 * that are compared and searched as bytes ({@link LiteralRun}); the others are matched character by
 * character, going back to the last {@code %} on a mismatch, so that matching takes at most pattern
 * length times text length.
 */
public final class TextPattern {
  /** One character of any kind ({@code _} or {@code ?}). */
  private static final int ONE = -1;

  /** Any number of characters ({@code %} or {@code *}). */
  private static final int MANY = -2;

  /** No text matches: an escape character or a set without its end. */
  private static final int NEVER = -3;

  /** A set of characters: {@code SET - n} is the set with index n. */
  private static final int SET = -4;

  private final byte[] source;
  private final boolean glob;
  private final int escape;
  private final boolean foldCase;
  private int[] code = new int[8];
  private int codeLength;
  private final List<CharacterSet> sets = new ArrayList<>();
  private LiteralRun @Nullable [] runs;

  /** Whether the runs end with {@link #MANY}, so that the end of the text does not matter. */
  private boolean openEnded;

  private TextPattern(byte[] source, boolean glob, int escape, boolean foldCase) {
    this.source = source;
    this.glob = glob;
    this.escape = escape;
    this.foldCase = foldCase;
  }

  /**
   * @param source UTF-8; not copied
   * @param escape escape character, 0 for none
   */
  static TextPattern like(byte[] source, int escape, boolean caseSensitive) {
    TextPattern pattern = new TextPattern(source, false, escape, !caseSensitive);
    pattern.compileLike();
    pattern.findRuns();
    return pattern;
  }

  static TextPattern glob(byte[] source) {
    TextPattern pattern = new TextPattern(source, true, 0, false);
    pattern.compileGlob();
    pattern.findRuns();
    return pattern;
  }

  /** Whether the pattern was made from this text. */
  boolean isOf(Mem text) {
    return Bytes.equal(source, 0, source.length, text.bytes, text.offset, text.length);
  }

  boolean isLike(int escapeCharacter, boolean caseSensitive) {
    return !glob && escape == escapeCharacter && foldCase == !caseSensitive;
  }

  /** Whether it is what a call with two arguments makes of its source. */
  boolean isUsual(boolean caseSensitive) {
    return glob || isLike(0, caseSensitive);
  }

  // ---- compiling -------------------------------------------------------------------------------

  private void emit(int value) {
    if (value == MANY && codeLength > 0 && code[codeLength - 1] == MANY) {
      return;
    }
    if (codeLength == code.length) {
      code = Arrays.copyOf(code, codeLength * 2);
    }
    code[codeLength++] = value;
  }

  private void emitLiteral(int c) {
    emit(foldCase && c >= 'A' && c <= 'Z' ? c + 32 : c);
  }

  private void compileLike() {
    int end = Characters.zeroOrEnd(source, 0, source.length);
    int i = 0;
    while (i < end) {
      int c = Characters.codePoint(source, i, end);
      i = Characters.next(source, i, end);
      if (c == escape && escape != 0) {
        if (i >= end) {
          emit(NEVER);
          return;
        }
        emitLiteral(Characters.codePoint(source, i, end));
        i = Characters.next(source, i, end);
      } else if (c == '%') {
        emit(MANY);
      } else if (c == '_') {
        emit(ONE);
      } else {
        emitLiteral(c);
      }
    }
  }

  private void compileGlob() {
    int end = Characters.zeroOrEnd(source, 0, source.length);
    int i = 0;
    while (i < end) {
      int c = Characters.codePoint(source, i, end);
      i = Characters.next(source, i, end);
      switch (c) {
        case '*' -> emit(MANY);
        case '?' -> emit(ONE);
        case '[' -> {
          CharacterSet set = new CharacterSet();
          i = set.parse(source, i, end);
          if (i < 0) {
            emit(NEVER);
            return;
          }
          emit(SET - sets.size());
          sets.add(set);
        }
        default -> emitLiteral(c);
      }
    }
  }

  /**
   * Splits the pattern at its {@link #MANY} if there is nothing but literals between them, all well
   * formed: what is not decodes to the same character as other bytes do.
   */
  private void findRuns() {
    for (int i = 0; i < codeLength; i++) {
      boolean malformed = (code[i] >= 0x80 && code[i] < 0xc0) || code[i] == 0xfffd;
      if ((code[i] < 0 && code[i] != MANY) || malformed) {
        return;
      }
    }
    List<LiteralRun> found = new ArrayList<>();
    byte[] literal = new byte[codeLength * 4];
    int length = 0;
    for (int i = 0; i <= codeLength; i++) {
      if (i == codeLength || code[i] == MANY) {
        found.add(new LiteralRun(Arrays.copyOf(literal, length), foldCase));
        length = 0;
      } else {
        length += Characters.write(code[i], literal, length);
      }
    }
    runs = found.toArray(new LiteralRun[0]);
    openEnded = found.size() > 1 && found.get(found.size() - 1).length() == 0;
  }

  // ---- matching --------------------------------------------------------------------------------

  /** Whether the whole text (up to a zero byte) matches. */
  public boolean matches(byte[] text, int from, int to) {
    LiteralRun[] literals = runs;
    if (literals != null) {
      if (openEnded) {
        int end = endOfRuns(literals, text, from, to);
        return end >= 0 && Characters.zeroOrEnd(text, from, end) == end;
      }
      int end = Characters.zeroOrEnd(text, from, to);
      return matchesRuns(literals, text, from, end);
    }
    return matchesCode(text, from, Characters.zeroOrEnd(text, from, to));
  }

  private static boolean matchesRuns(LiteralRun[] runs, byte[] text, int from, int end) {
    LiteralRun suffix = runs[runs.length - 1];
    if (runs.length == 1) {
      return end - from == suffix.length() && suffix.isAt(text, from);
    }
    int suffixStart = end - suffix.length();
    return suffixStart >= from
        && suffix.isAt(text, suffixStart)
        && endOfRuns(runs, text, from, suffixStart) >= 0;
  }

  /** Where all literals but the last are found one after the other, or -1. */
  private static int endOfRuns(LiteralRun[] runs, byte[] text, int from, int end) {
    LiteralRun prefix = runs[0];
    int position = from + prefix.length();
    if (position > end || !prefix.isAt(text, from)) {
      return -1;
    }
    for (int i = 1; i < runs.length - 1; i++) {
      int at = runs[i].find(text, position, end);
      if (at < 0) {
        return -1;
      }
      position = at + runs[i].length();
    }
    return position;
  }

  private boolean matchesCode(byte[] text, int from, int end) {
    int i = from;
    int pc = 0;
    int retryCode = -1;
    int retryText = -1;
    while (true) {
      if (pc < codeLength && code[pc] == MANY) {
        retryCode = ++pc;
        retryText = i;
        if (pc == codeLength) {
          return true;
        }
        continue;
      }
      if (pc == codeLength ? i == end : i < end && accepts(code[pc], text, i, end)) {
        if (pc == codeLength) {
          return true;
        }
        i = Characters.next(text, i, end);
        pc++;
        continue;
      }
      if (retryCode < 0 || retryText >= end) {
        return false;
      }
      retryText = Characters.next(text, retryText, end);
      i = retryText;
      pc = retryCode;
    }
  }

  private boolean accepts(int expected, byte[] text, int i, int end) {
    if (expected == ONE) {
      return true;
    }
    int c = Characters.codePoint(text, i, end);
    if (expected >= 0) {
      return c == expected || (foldCase && c >= 'A' && c <= 'Z' && c + 32 == expected);
    }
    return expected <= SET && sets.get(SET - expected).contains(c);
  }
}

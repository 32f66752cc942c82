package org.libsql4j.sql;

/**
 * Finds the tokens of a text, one at a time, anywhere in it. A NUL character ends the text.
 *
 * <p>SQLite's rules, with this difference in units: it reads UTF-8 bytes and treats each byte from
 * 0x80 on as part of a name, we read UTF-16 code units from 0x80 on likewise, which comes to the
 * same.
 *
 * <p>Characters are read from an array, which is several times faster than {@link String#charAt} as
 * long as code is interpreted. The array holds a part of the text, the window; where a token comes
 * close to its end, the window grows and the token is read again. Positions are those of the text
 * outside of this class, and places in the window inside of it.
 */
final class Lexer {
  private static final char END = 0;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** So many characters more than those of a token are looked at. */
  private static final int LOOKAHEAD = 3;

  private static final int FIRST_WINDOW = 512;

  /** So many digits always fit into a long. */
  private static final int SHORT_DECIMAL = 18;

  /** What an ASCII character may be; bits of {@link #CLASSES}. */
  private static final int ID_START = 1;

  private static final int ID_PART = 2;
  private static final int DIGIT = 4;
  private static final int SPACE = 8;
  private static final int HEX_DIGIT = 16;

  private static final int ASCII = 0x80;
  private static final byte[] CLASSES = classes();

  /** Where the last token found starts, in the text. */
  int start;

  /** Where the last token found ends in the text, exclusive. */
  int end;

  private final String text;

  /** Where the window starts in the text. */
  private final int origin;

  /** The window, with {@link #END} behind. */
  private char[] chars;

  /** How many characters of the text are in the window. */
  private int windowLength;

  /** Where the last token ends in the window. */
  private int stop;

  /**
   * @param from no token is asked for that starts before this position
   */
  Lexer(String text, int from) {
    this.text = text;
    this.origin = from;
    this.windowLength = Math.min(text.length() - from, FIRST_WINDOW);
    this.chars = window();
  }

  private char[] window() {
    char[] window = new char[windowLength + LOOKAHEAD];
    text.getChars(origin, origin + windowLength, window, 0);
    return window;
  }

  private static byte[] classes() {
    byte[] classes = new byte[ASCII];
    for (char c = 0; c < ASCII; c++) {
      char lower = (char) (c | 0x20);
      boolean letter = lower >= 'a' && lower <= 'z';
      boolean digit = c >= '0' && c <= '9';
      int bits = letter || c == '_' ? ID_START | ID_PART : 0;
      bits |= digit ? ID_PART | DIGIT | HEX_DIGIT : 0;
      bits |= c == '$' ? ID_PART : 0;
      bits |= letter && lower <= 'f' ? HEX_DIGIT : 0;
      bits |= c == ' ' || (c >= '\t' && c <= '\r') ? SPACE : 0;
      classes[c] = (byte) bits;
    }
    return classes;
  }

  /** Finds the first token at or after a position, past spaces and comments. */
  TokenType next(int position) {
    while (true) {
      int p = skipSpacesAndComments(position - origin);
      TokenType type = scan(p);
      if (stop + LOOKAHEAD <= windowLength || origin + windowLength == text.length()) {
        start = p + origin;
        end = stop + origin;
        return type;
      }
      windowLength = Math.min(text.length() - origin, 2 * windowLength);
      chars = window();
    }
  }

  /** Where the first token at or after a position starts. */
  int firstTokenFrom(int position) {
    next(position);
    return start;
  }

  /** The character behind the last token found. */
  char following() {
    return chars[stop];
  }

  /** The value of a part of the window if it is of at most 18 decimal digits; -1 if not. */
  long shortDecimal(int from, int to) {
    if (to - from > SHORT_DECIMAL) {
      return -1;
    }
    long value = 0;
    for (int i = from - origin; i < to - origin; i++) {
      int digit = chars[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private int skipSpacesAndComments(int position) {
    char[] s = chars;
    int p = position;
    while (true) {
      char c = s[p];
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') {
        do {
          c = s[++p];
        } while (c == ' ' || (c <= '\r' && c >= '\t'));
      } else if (c == '-' && s[p + 1] == '-') {
        p += 2;
        while (s[p] != END && s[p] != '\n') {
          p++;
        }
      } else if (c == '/' && s[p + 1] == '*' && s[p + 2] != END) {
        p = commentEnd(p + 2);
      } else if (c == BYTE_ORDER_MARK) {
        p++;
      } else {
        return p;
      }
    }
  }

  private int commentEnd(int inside) {
    char[] s = chars;
    int q = inside;
    while (s[q] != END && !(s[q] == '*' && s[q + 1] == '/')) {
      q++;
    }
    return s[q] == END ? q : q + 2;
  }

  private TokenType scan(int p) {
    char c = chars[p];
    int bits = c < ASCII ? CLASSES[c] : ID_START;
    if ((bits & ID_START) != 0) {
      return (c == 'x' || c == 'X') && chars[p + 1] == '\'' ? blob(p) : name(p);
    }
    if ((bits & DIGIT) != 0) {
      return number(p);
    }
    switch (c) {
      case END:
        stop = p;
        return TokenType.EOF;
      case '\'', '"', '`':
        return quoted(p, c);
      case '[':
        return bracketed(p);
      case '.':
        return isDigit(chars[p + 1]) ? number(p) : token(TokenType.DOT, p, 1);
      case '?':
        return numberedVariable(p);
      case '$', '@', '#', ':':
        return namedVariable(p);
      default:
        return operator(p, c);
    }
  }

  private TokenType operator(int p, char c) {
    char d = chars[p + 1];
    return switch (c) {
      case '-' ->
          d == '>'
              ? token(TokenType.PTR, p, chars[p + 2] == '>' ? 3 : 2)
              : token(TokenType.MINUS, p, 1);
      case '(' -> token(TokenType.LP, p, 1);
      case ')' -> token(TokenType.RP, p, 1);
      case ';' -> token(TokenType.SEMI, p, 1);
      case '+' -> token(TokenType.PLUS, p, 1);
      case '*' -> token(TokenType.STAR, p, 1);
      case '/' -> token(TokenType.SLASH, p, 1);
      case '%' -> token(TokenType.REM, p, 1);
      case ',' -> token(TokenType.COMMA, p, 1);
      case '&' -> token(TokenType.BITAND, p, 1);
      case '~' -> token(TokenType.BITNOT, p, 1);
      case '=' -> token(TokenType.EQ, p, d == '=' ? 2 : 1);
      case '|' -> d == '|' ? token(TokenType.CONCAT, p, 2) : token(TokenType.BITOR, p, 1);
      case '!' -> d == '=' ? token(TokenType.NE, p, 2) : token(TokenType.ILLEGAL, p, 1);
      case '<' -> less(p, d);
      case '>' -> greater(p, d);
      default -> token(TokenType.ILLEGAL, p, 1);
    };
  }

  private TokenType less(int p, char next) {
    return switch (next) {
      case '=' -> token(TokenType.LE, p, 2);
      case '>' -> token(TokenType.NE, p, 2);
      case '<' -> token(TokenType.LSHIFT, p, 2);
      default -> token(TokenType.LT, p, 1);
    };
  }

  private TokenType greater(int p, char next) {
    return switch (next) {
      case '=' -> token(TokenType.GE, p, 2);
      case '>' -> token(TokenType.RSHIFT, p, 2);
      default -> token(TokenType.GT, p, 1);
    };
  }

  private TokenType token(TokenType type, int p, int length) {
    stop = p + length;
    return type;
  }

  private TokenType name(int p) {
    char[] s = chars;
    int q = p;
    char c;
    do {
      c = s[++q];
    } while (c >= ASCII || (CLASSES[c] & ID_PART) != 0);
    stop = q;
    return Keywords.tokenOf(s, p, q);
  }

  /** {@code x'0aff'}; without closing quote or with half a byte it is illegal up to that point. */
  private TokenType blob(int p) {
    int q = p + 2;
    while (isHexDigit(chars[q])) {
      q++;
    }
    boolean legal = chars[q] == '\'' && (q - p) % 2 == 0;
    while (chars[q] != END && chars[q] != '\'') {
      q++;
    }
    stop = chars[q] == END ? q : q + 1;
    return legal ? TokenType.BLOB : TokenType.ILLEGAL;
  }

  private TokenType quoted(int p, char quote) {
    int q = p + 1;
    while (chars[q] != END) {
      if (chars[q] == quote) {
        if (chars[q + 1] != quote) {
          stop = q + 1;
          return quote == '\'' ? TokenType.STRING : TokenType.ID;
        }
        q++;
      }
      q++;
    }
    stop = q;
    return TokenType.ILLEGAL;
  }

  private TokenType bracketed(int p) {
    int q = p + 1;
    while (chars[q] != END && chars[q] != ']') {
      q++;
    }
    boolean legal = chars[q] == ']';
    stop = legal ? q + 1 : q;
    return legal ? TokenType.ID : TokenType.ILLEGAL;
  }

  private TokenType numberedVariable(int p) {
    int q = p + 1;
    while (isDigit(chars[q])) {
      q++;
    }
    stop = q;
    return TokenType.VARIABLE;
  }

  /** {@code :name}, {@code $name::space(suffix)}: the parenthesised part ends at a space. */
  private TokenType namedVariable(int p) {
    int q = p + 1;
    int nameLength = 0;
    boolean legal = true;
    while (true) {
      char c = chars[q];
      if (isIdentifierPart(c)) {
        nameLength++;
        q++;
      } else if (c == ':' && chars[q + 1] == ':') {
        q += 2;
      } else if (c == '(' && nameLength > 0) {
        do {
          q++;
        } while (chars[q] != END && !isSpace(chars[q]) && chars[q] != ')');
        legal = chars[q] == ')';
        q += legal ? 1 : 0;
        break;
      } else {
        break;
      }
    }
    stop = q;
    return legal && nameLength > 0 ? TokenType.VARIABLE : TokenType.ILLEGAL;
  }

  private TokenType number(int p) {
    int plain = p;
    while (isDigit(chars[plain])) {
      plain++;
    }
    char behind = chars[plain];
    if (plain > p && behind != '.' && !isIdentifierPart(behind)) {
      stop = plain;
      return TokenType.INTEGER;
    }
    return unusualNumber(p);
  }

  /** A number with other characters than digits. */
  private TokenType unusualNumber(int p) {
    int q;
    boolean real = false;
    if (chars[p] == '0' && (chars[p + 1] | 0x20) == 'x' && isHexDigit(chars[p + 2])) {
      q = p + 3;
      while (isHexDigit(chars[q]) || chars[q] == '_') {
        q++;
      }
    } else {
      q = digits(p);
      if (chars[q] == '.') {
        real = true;
        q = digits(q + 1);
      }
      if ((chars[q] | 0x20) == 'e' && exponentFollows(q + 1)) {
        real = true;
        q = digits(q + 2);
      }
    }
    if (isIdentifierPart(chars[q])) {
      while (isIdentifierPart(chars[q])) {
        q++;
      }
      stop = q;
      return TokenType.ILLEGAL;
    }
    stop = q;
    for (int i = p; i < q; i++) {
      if (chars[i] == '_') {
        return TokenType.QNUMBER;
      }
    }
    return real ? TokenType.FLOAT : TokenType.INTEGER;
  }

  private int digits(int p) {
    int q = p;
    while (isDigit(chars[q]) || chars[q] == '_') {
      q++;
    }
    return q;
  }

  private boolean exponentFollows(int p) {
    char c = chars[p];
    return isDigit(c) || ((c == '+' || c == '-') && isDigit(chars[p + 1]));
  }

  /**
   * Whether SQLite's {@code isspace} holds, which differs from what may start a run of spaces by
   * VT.
   */
  static boolean isSpace(char c) {
    return c < ASCII && (CLASSES[c] & SPACE) != 0;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isHexDigit(char c) {
    return c < ASCII && (CLASSES[c] & HEX_DIGIT) != 0;
  }

  /** Whether a bare name can contain it. */
  static boolean isIdentifierPart(char c) {
    return c >= ASCII || (CLASSES[c] & ID_PART) != 0;
  }
}

package org.libsql4j.sql;

/**
 * Finds the tokens of a text, one at a time, anywhere in it. A NUL character ends the text.
 *
 * <p>SQLite's rules, with this difference in units: it reads UTF-8 bytes and treats each byte from
 * 0x80 on as part of a name, we read UTF-16 code units from 0x80 on likewise, which comes to the
 * same.
 */
final class Lexer {
  private static final char END = 0;

  private final String text;
  private int start;
  private int end;

  Lexer(String text) {
    this.text = text;
  }

  /** Where the last token found starts. */
  int start() {
    return start;
  }

  /** Where the last token found ends, exclusive. */
  int end() {
    return end;
  }

  /** Finds the first token at or after a position, past spaces and comments. */
  TokenType next(int position) {
    int p = position;
    while (true) {
      int q = skipSpaceOrComment(p);
      if (q == p) {
        break;
      }
      p = q;
    }
    start = p;
    return scan(p);
  }

  /** Where the first token at or after a position starts. */
  int firstTokenFrom(int position) {
    next(position);
    return start;
  }

  private char at(int position) {
    return position < text.length() ? text.charAt(position) : END;
  }

  /** The position after one run of spaces or one comment, or the same position if there is none. */
  private int skipSpaceOrComment(int p) {
    char c = at(p);
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') {
      int q = p + 1;
      while (isSpace(at(q))) {
        q++;
      }
      return q;
    }
    if (c == '-' && at(p + 1) == '-') {
      int q = p + 2;
      while (at(q) != END && at(q) != '\n') {
        q++;
      }
      return q;
    }
    if (c == '/' && at(p + 1) == '*' && at(p + 2) != END) {
      int q = p + 2;
      while (at(q) != END && !(at(q) == '*' && at(q + 1) == '/')) {
        q++;
      }
      return at(q) == END ? q : q + 2;
    }
    return c == '\uFEFF' ? p + 1 : p;
  }

  private TokenType scan(int p) {
    char c = at(p);
    if (isIdentifierStart(c)) {
      return c == 'x' || c == 'X' ? blobOrName(p) : name(p);
    }
    if (isDigit(c)) {
      return number(p);
    }
    switch (c) {
      case END:
        end = p;
        return TokenType.EOF;
      case '\'', '"', '`':
        return quoted(p, c);
      case '[':
        return bracketed(p);
      case '.':
        return isDigit(at(p + 1)) ? number(p) : token(TokenType.DOT, p, 1);
      case '?':
        return numberedVariable(p);
      case '$', '@', '#', ':':
        return namedVariable(p);
      default:
        return operator(p, c);
    }
  }

  private TokenType operator(int p, char c) {
    char d = at(p + 1);
    return switch (c) {
      case '-' ->
          d == '>'
              ? token(TokenType.PTR, p, at(p + 2) == '>' ? 3 : 2)
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
    end = p + length;
    return type;
  }

  private TokenType name(int p) {
    int q = p + 1;
    while (isIdentifierPart(at(q))) {
      q++;
    }
    end = q;
    return Keywords.tokenOf(text, p, q);
  }

  /** {@code x'0aff'}; without closing quote or with half a byte it is illegal up to that point. */
  private TokenType blobOrName(int p) {
    if (at(p + 1) != '\'') {
      return name(p);
    }
    int q = p + 2;
    while (isHexDigit(at(q))) {
      q++;
    }
    boolean legal = at(q) == '\'' && (q - p) % 2 == 0;
    while (at(q) != END && at(q) != '\'') {
      q++;
    }
    end = at(q) == END ? q : q + 1;
    return legal ? TokenType.BLOB : TokenType.ILLEGAL;
  }

  private TokenType quoted(int p, char quote) {
    int q = p + 1;
    while (at(q) != END) {
      if (at(q) == quote) {
        if (at(q + 1) != quote) {
          end = q + 1;
          return quote == '\'' ? TokenType.STRING : TokenType.ID;
        }
        q++;
      }
      q++;
    }
    end = q;
    return TokenType.ILLEGAL;
  }

  private TokenType bracketed(int p) {
    int q = p + 1;
    while (at(q) != END && at(q) != ']') {
      q++;
    }
    boolean legal = at(q) == ']';
    end = legal ? q + 1 : q;
    return legal ? TokenType.ID : TokenType.ILLEGAL;
  }

  private TokenType numberedVariable(int p) {
    int q = p + 1;
    while (isDigit(at(q))) {
      q++;
    }
    end = q;
    return TokenType.VARIABLE;
  }

  /** {@code :name}, {@code $name::space(suffix)}: the parenthesised part ends at a space. */
  private TokenType namedVariable(int p) {
    int q = p + 1;
    int nameLength = 0;
    boolean legal = true;
    while (true) {
      char c = at(q);
      if (isIdentifierPart(c)) {
        nameLength++;
        q++;
      } else if (c == ':' && at(q + 1) == ':') {
        q += 2;
      } else if (c == '(' && nameLength > 0) {
        do {
          q++;
        } while (at(q) != END && !isSpace(at(q)) && at(q) != ')');
        legal = at(q) == ')';
        q += legal ? 1 : 0;
        break;
      } else {
        break;
      }
    }
    end = q;
    return legal && nameLength > 0 ? TokenType.VARIABLE : TokenType.ILLEGAL;
  }

  private TokenType number(int p) {
    int q;
    boolean real = false;
    if (at(p) == '0' && (at(p + 1) | 0x20) == 'x' && isHexDigit(at(p + 2))) {
      q = p + 3;
      while (isHexDigit(at(q)) || at(q) == '_') {
        q++;
      }
    } else {
      q = digits(p);
      if (at(q) == '.') {
        real = true;
        q = digits(q + 1);
      }
      if ((at(q) | 0x20) == 'e' && exponentFollows(q + 1)) {
        real = true;
        q = digits(q + 2);
      }
    }
    if (isIdentifierPart(at(q))) {
      while (isIdentifierPart(at(q))) {
        q++;
      }
      end = q;
      return TokenType.ILLEGAL;
    }
    end = q;
    if (text.substring(p, q).indexOf('_') >= 0) {
      return TokenType.QNUMBER;
    }
    return real ? TokenType.FLOAT : TokenType.INTEGER;
  }

  private int digits(int p) {
    int q = p;
    while (isDigit(at(q)) || at(q) == '_') {
      q++;
    }
    return q;
  }

  private boolean exponentFollows(int p) {
    char c = at(p);
    return isDigit(c) || ((c == '+' || c == '-') && isDigit(at(p + 1)));
  }

  /**
   * Whether SQLite's {@code isspace} holds, which differs from what may start a run of spaces by
   * VT.
   */
  static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isHexDigit(char c) {
    char lower = (char) (c | 0x20);
    return isDigit(c) || (lower >= 'a' && lower <= 'f' && c >= 'A');
  }

  /** Whether a bare name can start with it. */
  static boolean isIdentifierStart(char c) {
    char lower = (char) (c | 0x20);
    return (lower >= 'a' && lower <= 'z' && c < 0x80) || c == '_' || c >= 0x80;
  }

  /** Whether a bare name can contain it. */
  static boolean isIdentifierPart(char c) {
    return isIdentifierStart(c) || isDigit(c) || c == '$';
  }
}

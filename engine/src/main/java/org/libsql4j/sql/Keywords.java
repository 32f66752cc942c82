package org.libsql4j.sql;

import org.jspecify.annotations.Nullable;

/** The one table of keywords. */
public final class Keywords {
  /** Bits of a join type; the combination decides what {@code LEFT OUTER} and the like mean. */
  static final int JOIN_INNER = 1;

  static final int JOIN_CROSS = 2;
  static final int JOIN_NATURAL = 4;
  static final int JOIN_LEFT = 8;
  static final int JOIN_RIGHT = 16;
  static final int JOIN_OUTER = 32;

  /** Longest and shortest keyword. */
  private static final int MAX_LENGTH = 17;

  private static final int MIN_LENGTH = 2;

  /** Makes a letter upper case, and nothing else a letter or an underscore. */
  private static final int UPPER = ~0x20;

  private static final Keyword[] TABLE = {
    new Keyword("ABORT", TokenType.ABORT),
    new Keyword("ACTION", TokenType.ACTION),
    new Keyword("ADD", TokenType.ADD),
    new Keyword("AFTER", TokenType.AFTER),
    new Keyword("ALL", TokenType.ALL),
    new Keyword("ALTER", TokenType.ALTER),
    new Keyword("ALWAYS", TokenType.ALWAYS),
    new Keyword("ANALYZE", TokenType.ANALYZE),
    new Keyword("AND", TokenType.AND),
    new Keyword("AS", TokenType.AS),
    new Keyword("ASC", TokenType.ASC),
    new Keyword("ATTACH", TokenType.ATTACH),
    new Keyword("AUTOINCREMENT", TokenType.AUTOINCR),
    new Keyword("BEFORE", TokenType.BEFORE),
    new Keyword("BEGIN", TokenType.BEGIN),
    new Keyword("BETWEEN", TokenType.BETWEEN),
    new Keyword("BY", TokenType.BY),
    new Keyword("CASCADE", TokenType.CASCADE),
    new Keyword("CASE", TokenType.CASE),
    new Keyword("CAST", TokenType.CAST),
    new Keyword("CHECK", TokenType.CHECK),
    new Keyword("COLLATE", TokenType.COLLATE),
    new Keyword("COLUMN", TokenType.COLUMN),
    new Keyword("COMMIT", TokenType.COMMIT),
    new Keyword("CONFLICT", TokenType.CONFLICT),
    new Keyword("CONSTRAINT", TokenType.CONSTRAINT),
    new Keyword("CREATE", TokenType.CREATE),
    new Keyword("CROSS", TokenType.JOIN_KW),
    new Keyword("CURRENT", TokenType.CURRENT),
    new Keyword("CURRENT_DATE", TokenType.CTIME_KW),
    new Keyword("CURRENT_TIME", TokenType.CTIME_KW),
    new Keyword("CURRENT_TIMESTAMP", TokenType.CTIME_KW),
    new Keyword("DATABASE", TokenType.DATABASE),
    new Keyword("DEFAULT", TokenType.DEFAULT),
    new Keyword("DEFERRABLE", TokenType.DEFERRABLE),
    new Keyword("DEFERRED", TokenType.DEFERRED),
    new Keyword("DELETE", TokenType.DELETE),
    new Keyword("DESC", TokenType.DESC),
    new Keyword("DETACH", TokenType.DETACH),
    new Keyword("DISTINCT", TokenType.DISTINCT),
    new Keyword("DO", TokenType.DO),
    new Keyword("DROP", TokenType.DROP),
    new Keyword("EACH", TokenType.EACH),
    new Keyword("ELSE", TokenType.ELSE),
    new Keyword("END", TokenType.END),
    new Keyword("ESCAPE", TokenType.ESCAPE),
    new Keyword("EXCEPT", TokenType.EXCEPT),
    new Keyword("EXCLUDE", TokenType.EXCLUDE),
    new Keyword("EXCLUSIVE", TokenType.EXCLUSIVE),
    new Keyword("EXISTS", TokenType.EXISTS),
    new Keyword("EXPLAIN", TokenType.EXPLAIN),
    new Keyword("FAIL", TokenType.FAIL),
    new Keyword("FILTER", TokenType.FILTER),
    new Keyword("FIRST", TokenType.FIRST),
    new Keyword("FOLLOWING", TokenType.FOLLOWING),
    new Keyword("FOR", TokenType.FOR),
    new Keyword("FOREIGN", TokenType.FOREIGN),
    new Keyword("FROM", TokenType.FROM),
    new Keyword("FULL", TokenType.JOIN_KW),
    new Keyword("FUNCTION", TokenType.FUNCTION),
    new Keyword("GENERATED", TokenType.GENERATED),
    new Keyword("GLOB", TokenType.LIKE_KW),
    new Keyword("GROUP", TokenType.GROUP),
    new Keyword("GROUPS", TokenType.GROUPS),
    new Keyword("HAVING", TokenType.HAVING),
    new Keyword("IF", TokenType.IF),
    new Keyword("IGNORE", TokenType.IGNORE),
    new Keyword("IMMEDIATE", TokenType.IMMEDIATE),
    new Keyword("IN", TokenType.IN),
    new Keyword("INDEX", TokenType.INDEX),
    new Keyword("INDEXED", TokenType.INDEXED),
    new Keyword("INITIALLY", TokenType.INITIALLY),
    new Keyword("INNER", TokenType.JOIN_KW),
    new Keyword("INSERT", TokenType.INSERT),
    new Keyword("INSTEAD", TokenType.INSTEAD),
    new Keyword("INTERSECT", TokenType.INTERSECT),
    new Keyword("INTO", TokenType.INTO),
    new Keyword("IS", TokenType.IS),
    new Keyword("ISNULL", TokenType.ISNULL),
    new Keyword("JOIN", TokenType.JOIN),
    new Keyword("KEY", TokenType.KEY),
    new Keyword("LANGUAGE", TokenType.LANGUAGE),
    new Keyword("LAST", TokenType.LAST),
    new Keyword("LEFT", TokenType.JOIN_KW),
    new Keyword("LIKE", TokenType.LIKE_KW),
    new Keyword("LIMIT", TokenType.LIMIT),
    new Keyword("MATCH", TokenType.MATCH),
    new Keyword("MATERIALIZED", TokenType.MATERIALIZED),
    new Keyword("NATURAL", TokenType.JOIN_KW),
    new Keyword("NO", TokenType.NO),
    new Keyword("NOT", TokenType.NOT),
    new Keyword("NOTHING", TokenType.NOTHING),
    new Keyword("NOTNULL", TokenType.NOTNULL),
    new Keyword("NULL", TokenType.NULL),
    new Keyword("NULLS", TokenType.NULLS),
    new Keyword("OF", TokenType.OF),
    new Keyword("OFFSET", TokenType.OFFSET),
    new Keyword("ON", TokenType.ON),
    new Keyword("OR", TokenType.OR),
    new Keyword("ORDER", TokenType.ORDER),
    new Keyword("OTHERS", TokenType.OTHERS),
    new Keyword("OUTER", TokenType.JOIN_KW),
    new Keyword("OVER", TokenType.OVER),
    new Keyword("PARTITION", TokenType.PARTITION),
    new Keyword("PLAN", TokenType.PLAN),
    new Keyword("PRAGMA", TokenType.PRAGMA),
    new Keyword("PRECEDING", TokenType.PRECEDING),
    new Keyword("PRIMARY", TokenType.PRIMARY),
    new Keyword("QUERY", TokenType.QUERY),
    new Keyword("RAISE", TokenType.RAISE),
    new Keyword("RANDOM", TokenType.RANDOM),
    new Keyword("RANGE", TokenType.RANGE),
    new Keyword("READONLY", TokenType.READONLY),
    new Keyword("RECURSIVE", TokenType.RECURSIVE),
    new Keyword("REFERENCES", TokenType.REFERENCES),
    new Keyword("REGEXP", TokenType.LIKE_KW),
    new Keyword("REINDEX", TokenType.REINDEX),
    new Keyword("RELEASE", TokenType.RELEASE),
    new Keyword("RENAME", TokenType.RENAME),
    new Keyword("REPLACE", TokenType.REPLACE),
    new Keyword("RESTRICT", TokenType.RESTRICT),
    new Keyword("RETURNING", TokenType.RETURNING),
    new Keyword("RIGHT", TokenType.JOIN_KW),
    new Keyword("ROLLBACK", TokenType.ROLLBACK),
    new Keyword("ROW", TokenType.ROW),
    new Keyword("ROWS", TokenType.ROWS),
    new Keyword("SAVEPOINT", TokenType.SAVEPOINT),
    new Keyword("SELECT", TokenType.SELECT),
    new Keyword("SET", TokenType.SET),
    new Keyword("TABLE", TokenType.TABLE),
    new Keyword("TEMP", TokenType.TEMP),
    new Keyword("TEMPORARY", TokenType.TEMP),
    new Keyword("THEN", TokenType.THEN),
    new Keyword("TIES", TokenType.TIES),
    new Keyword("TO", TokenType.TO),
    new Keyword("TRANSACTION", TokenType.TRANSACTION),
    new Keyword("TRIGGER", TokenType.TRIGGER),
    new Keyword("UNBOUNDED", TokenType.UNBOUNDED),
    new Keyword("UNION", TokenType.UNION),
    new Keyword("UNIQUE", TokenType.UNIQUE),
    new Keyword("UPDATE", TokenType.UPDATE),
    new Keyword("USING", TokenType.USING),
    new Keyword("VACUUM", TokenType.VACUUM),
    new Keyword("VALUES", TokenType.VALUES),
    new Keyword("VIEW", TokenType.VIEW),
    new Keyword("VIRTUAL", TokenType.VIRTUAL),
    new Keyword("WHEN", TokenType.WHEN),
    new Keyword("WHERE", TokenType.WHERE),
    new Keyword("WINDOW", TokenType.WINDOW),
    new Keyword("WITH", TokenType.WITH),
    new Keyword("WITHOUT", TokenType.WITHOUT)
  };

  /** Open addressing by {@link #hash}; a power of two, less than half full. */
  private static final @Nullable Keyword[] BUCKETS = new @Nullable Keyword[512];

  static {
    for (Keyword keyword : TABLE) {
      int bucket = hash(keyword.letters, 0, keyword.letters.length);
      while (BUCKETS[bucket] != null) {
        bucket = (bucket + 1) & (BUCKETS.length - 1);
      }
      BUCKETS[bucket] = keyword;
    }
  }

  private Keywords() {}

  private static final class Keyword {
    final String name;
    final TokenType token;
    final char[] letters;

    Keyword(String name, TokenType token) {
      this.name = name;
      this.token = token;
      this.letters = name.toCharArray();
    }
  }

  /**
   * Whether the word is a keyword of any kind, in any letter case: what {@code
   * sqlite3_keyword_check()} answers.
   */
  public static boolean isKeyword(String word) {
    return tokenOf(word) != TokenType.ID;
  }

  /** Whether the word cannot be used as the name of a table or column without quotes. */
  public static boolean isReservedKeyword(String word) {
    return !tokenOf(word).isColumnName();
  }

  /** How many keywords there are. */
  public static int count() {
    return TABLE.length;
  }

  /**
   * A keyword in upper case.
   *
   * @param index 0 to {@link #count()} - 1
   */
  public static String name(int index) {
    return TABLE[index].name;
  }

  /** The keyword's token, or {@link TokenType#ID} if the word is none. */
  static TokenType tokenOf(String word) {
    return tokenOf(word.toCharArray(), 0, word.length());
  }

  /** The keyword's token, or {@link TokenType#ID} if the part of the text is none. */
  static TokenType tokenOf(char[] text, int start, int end) {
    int length = end - start;
    if (length < MIN_LENGTH || length > MAX_LENGTH) {
      return TokenType.ID;
    }
    int bucket = hash(text, start, end);
    for (Keyword k = BUCKETS[bucket]; k != null; k = BUCKETS[bucket]) {
      char[] letters = k.letters;
      if (letters.length == length) {
        int i = 0;
        while (i < length && (text[start + i] & UPPER) == letters[i]) {
          i++;
        }
        if (i == length) {
          return k.token;
        }
      }
      bucket = (bucket + 1) & (BUCKETS.length - 1);
    }
    return TokenType.ID;
  }

  /** The join bits of a word, 0 if it is no join keyword. */
  static int joinFlags(String word) {
    if (tokenOf(word) != TokenType.JOIN_KW) {
      return 0;
    }
    return switch (word.charAt(0)) {
      case 'n', 'N' -> JOIN_NATURAL;
      case 'l', 'L' -> JOIN_LEFT | JOIN_OUTER;
      case 'r', 'R' -> JOIN_RIGHT | JOIN_OUTER;
      case 'f', 'F' -> JOIN_LEFT | JOIN_RIGHT | JOIN_OUTER;
      case 'o', 'O' -> JOIN_OUTER;
      case 'c', 'C' -> JOIN_INNER | JOIN_CROSS;
      default -> JOIN_INNER;
    };
  }

  /** A bucket, from the length and the letters at both ends. */
  private static int hash(char[] text, int start, int end) {
    int ends = (text[start] & UPPER) * 37 + (text[end - 1] & UPPER) * 5 + (text[start + 1] & UPPER);
    return (ends + (end - start) * 11) & (BUCKETS.length - 1);
  }
}

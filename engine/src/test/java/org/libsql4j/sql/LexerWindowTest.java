package org.libsql4j.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tokens are the same wherever they stand in a text, also across the end of what is read of it. */
class LexerWindowTest {
  private static final String[] TEXTS = {
    "SELECT a.b, x'0aff', 1.5e10, 0x1F, 12_000 FROM \"t\"\"x\" WHERE a->>'b' <= ?12 -- end",
    "/* comment */ select 'it''s' || [b c] << 3 >= :name::x(y) != 9223372036854775808;",
    "x'0' 1e+ 12ab 'open"
  };

  @Test
  void tokensDoNotDependOnTheirPlace() {
    for (String text : TEXTS) {
      List<String> expected = tokens(text, 0, 0);
      for (int before = 400; before < 1100; before++) {
        String spaces = " ".repeat(before);
        assertThat(tokens(spaces + text, 0, before)).as("after %d", before).isEqualTo(expected);
        assertThat(tokens(spaces + text, before, before)).isEqualTo(expected);
      }
    }
  }

  @Test
  void longTokensAreOne() {
    for (int length : new int[] {508, 509, 510, 511, 512, 513, 1023, 1024, 5000}) {
      String word = "y".repeat(length);
      assertThat(tokens(word + "+'" + word + "'/*" + word + "*/--" + word + "\n1", 0, 0))
          .containsExactly(
              "ID 0 " + length,
              "PLUS " + length + " " + (length + 1),
              "STRING " + (length + 1) + " " + (2 * length + 3),
              "INTEGER " + (4 * length + 10) + " " + (4 * length + 11),
              "EOF " + (4 * length + 11) + " " + (4 * length + 11));
    }
  }

  private static List<String> tokens(String text, int from, int base) {
    Lexer lexer = new Lexer(text, from);
    List<String> out = new ArrayList<>();
    TokenType type;
    int position = from;
    do {
      type = lexer.next(position);
      out.add(type + " " + (lexer.start - base) + " " + (lexer.end - base));
      position = lexer.end;
    } while (type != TokenType.EOF);
    return out;
  }
}

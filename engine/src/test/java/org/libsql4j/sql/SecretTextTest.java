package org.libsql4j.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is told of statements does not see keys. */
class SecretTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PRAGMA key = 'a'|PRAGMA key = '***'",
        "pragma KEY='a'|pragma KEY='***'",
        "explain query plan PrAgMa main.rekey('a b')|explain query plan PrAgMa main.rekey('***'",
        "select 1;pragma hexkey = 'a'|select 1;pragma hexkey = '***'",
        "ATTACH 'g' AS h KEY 'secret'|ATTACH 'g' AS h KEY '***'",
        "attach 'f' as \"pragma\" key x'01'; SELECT 1|"
            + "attach 'f' as \"pragma\" key '***'; SELECT 1",
      })
  void keysAreHidden(String sql, String shown) {
    assertThat(SecretText.hide(sql)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "g",
        "h",
        "agma",
        "ttach",
        "select 'pragma key = 1', attach",
        "PRAGMA user_version = 3",
        "select g, hh from attached where pragm = 'gh'",
        "attach 'x' as y",
        "pragm"
      })
  void otherTextsAreLeftAlone(String sql) {
    assertThat(SecretText.hide(sql)).isSameAs(sql);
  }
}

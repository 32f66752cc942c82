package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.sql.Connection;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** setObject with a type: what is stored, and what is refused. */
class SetObjectTest {
  private Connection connection;
  private PreparedStatement statement;

  @BeforeEach
  void open() throws SQLException {
    connection = TestDatabases.ours();
    statement = connection.prepareStatement("SELECT typeof(?1) || ' ' || quote(?1)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private String stored() throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getString(1);
    }
  }

  private String stored(Object value, int type) throws SQLException {
    statement.setObject(1, value, type);
    return stored();
  }

  private void refuses(Object value, int type, String state) {
    assertThatThrownBy(() -> statement.setObject(1, value, type))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
  }

  @Test
  void integers() throws SQLException {
    for (int type : new int[] {Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT}) {
      assertThat(stored(7L, type)).isEqualTo("integer 7");
      assertThat(stored((byte) 7, type)).isEqualTo("integer 7");
      assertThat(stored(" 7 ", type)).isEqualTo("integer 7");
      assertThat(stored(7.9, type)).isEqualTo("integer 7");
      assertThat(stored(new BigDecimal("-7.9"), type)).isEqualTo("integer -7");
      assertThat(stored(true, type)).isEqualTo("integer 1");
      assertThat(stored(new BigDecimal("1e-999999999"), type)).isEqualTo("integer 0");
      assertThat(stored(null, type)).isEqualTo("null NULL");
      refuses(1e300, type, "22003");
      refuses(new BigDecimal("1e999999999"), type, "22003");
      refuses(BigInteger.ONE.shiftLeft(63), type, "22003");
      refuses("seven", type, "22018");
      refuses(Double.NaN, type, "22018");
    }
    assertThat(stored(BigInteger.valueOf(Long.MIN_VALUE), Types.BIGINT))
        .isEqualTo("integer -9223372036854775808");
  }

  @Test
  void realsAndTruth() throws SQLException {
    for (int type : new int[] {Types.REAL, Types.FLOAT, Types.DOUBLE}) {
      assertThat(stored(7, type)).isEqualTo("real 7.0");
      assertThat(stored("7.5", type)).isEqualTo("real 7.5");
      assertThat(stored(true, type)).isEqualTo("real 1.0");
      refuses("x", type, "22018");
    }
    for (int type : new int[] {Types.BOOLEAN, Types.BIT}) {
      for (Object truth : new Object[] {true, 1, 0.5, "true", "T", "yes", "on", "1", "2.0"}) {
        assertThat(stored(truth, type)).isEqualTo("integer 1");
      }
      for (Object truth : new Object[] {false, 0, 0.0, "false", "f", "No", "off", "0"}) {
        assertThat(stored(truth, type)).isEqualTo("integer 0");
      }
      refuses("maybe", type, "22018");
    }
  }

  @Test
  void decimalsAndTheirScale() throws SQLException {
    for (int type : new int[] {Types.DECIMAL, Types.NUMERIC}) {
      statement.setObject(1, new BigDecimal("1.255"), type, 2);
      assertThat(stored()).isEqualTo("text '1.26'");
      statement.setObject(1, "1", type, 2);
      assertThat(stored()).isEqualTo("text '1.00'");
      statement.setObject(1, 2.5, type, 0);
      assertThat(stored()).isEqualTo("text '3'");
      assertThat(stored("1.50", type)).isEqualTo("text '1.50'");
      assertThat(stored(3, type)).isEqualTo("integer 3");
      refuses("x", type, "22018");
      assertThatThrownBy(() -> statement.setObject(1, 1, type, -1))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void theLengthOfStreams() throws SQLException {
    statement.setObject(1, new ByteArrayInputStream(new byte[] {1, 2, 3}), Types.BLOB, 2);
    assertThat(stored()).isEqualTo("blob X'0102'");
    statement.setObject(1, new StringReader("abc"), Types.CLOB, 2);
    assertThat(stored()).isEqualTo("text 'ab'");
  }

  @Test
  void typesAsObjects() throws SQLException {
    statement.setObject(1, "7", JDBCType.INTEGER);
    assertThat(stored()).isEqualTo("integer 7");
    statement.setObject(1, new BigDecimal("1.255"), JDBCType.DECIMAL, 1);
    assertThat(stored()).isEqualTo("text '1.3'");
    SQLType own =
        new SQLType() {
          @Override
          public String getName() {
            return "own";
          }

          @Override
          public String getVendor() {
            return "nobody";
          }

          @Override
          public Integer getVendorTypeNumber() {
            return null;
          }
        };
    statement.setObject(1, "7", own);
    assertThat(stored()).isEqualTo("text '7'");
    for (JDBCType type : JDBCType.values()) {
      statement.setObject(1, null, type);
      assertThat(stored()).isEqualTo("null NULL");
    }
    assertThatThrownBy(() -> statement.setObject(1, "7", (SQLType) null))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void numbersOfHugeExponentsTakeNoMemory() throws Exception {
    try (PreparedStatement query = connection.prepareStatement("SELECT ?, 'https://a.b/c'")) {
      for (String text : new String[] {"1e999999999", "1e-999999999"}) {
        query.setString(1, text);
        try (ResultSet rows = query.executeQuery()) {
          rows.next();
          assertThat(rows.getBigDecimal(1)).isEqualTo(new BigDecimal(text));
          if (text.contains("-")) {
            assertThat(rows.getObject(1, BigInteger.class)).isZero();
            assertThat(rows.getBigDecimal(1, 2)).isEqualTo(new BigDecimal("0.00"));
          } else {
            assertThatThrownBy(() -> rows.getObject(1, BigInteger.class))
                .hasMessageContaining("out of range");
            assertThatThrownBy(() -> rows.getBigDecimal(1, 2)).hasMessageContaining("out of range");
          }
          assertThat(rows.getObject(2, URL.class)).isEqualTo(new URL("https://a.b/c"));
        }
      }
    }
  }
}

package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The getters give what the C library through its JDBC driver gives. */
class GettersDifferentialTest {
  private static final String[] VALUES = {
    "NULL",
    "0",
    "1",
    "-1",
    "2147483647",
    "9223372036854775807",
    "-9223372036854775808",
    "0.0",
    "1.5",
    "-1.5",
    "1e10",
    "1e-10",
    "123456789.123456789",
    "0.1",
    "1e300",
    "3.0",
    "''",
    "'abc'",
    "'12'",
    "'12abc'",
    "' 12'",
    "'1.5'",
    "'1e3'",
    "'häß 漢字 😀'",
    "'2020-01-02'",
    "x''",
    "x'00'",
    "x'61626364'",
    "x'31'",
  };

  @FunctionalInterface
  private interface Getter {
    Object get(ResultSet rows) throws SQLException;
  }

  @Test
  void plainGettersAgree() throws SQLException {
    check("getString", rows -> rows.getString(1));
    check("getLong", rows -> rows.getDouble(1) < 1e19 ? rows.getLong(1) : "large");
    check("getDouble", rows -> rows.getDouble(1));
    check("getFloat", rows -> rows.getFloat(1));
    check("getObject", rows -> text(rows.getObject(1)));
    check("getBytes", rows -> Arrays.toString(rows.getBytes(1)));
    check("getBoolean", rows -> isSmallInteger(rows) ? rows.getBoolean(1) : "other");
    check(
        "wasNull",
        rows -> {
          rows.getObject(1);
          return rows.wasNull();
        });
  }

  @Test
  void smallIntegersAgree() throws SQLException {
    check("getInt", rows -> Math.abs(rows.getDouble(1)) < 0x1p31 ? rows.getInt(1) : "large");
    check("getShort", rows -> Math.abs(rows.getDouble(1)) < 0x1p15 ? rows.getShort(1) : "large");
  }

  /** Of others the C library's driver looks at the low 32 bits of the integer part alone. */
  private static boolean isSmallInteger(ResultSet rows) throws SQLException {
    double value = rows.getDouble(1);
    return value == Math.rint(value) && Math.abs(value) < 0x1p31;
  }

  private static Object text(Object value) {
    return value instanceof byte[] bytes
        ? Arrays.toString(bytes)
        : value == null ? null : value.getClass().getSimpleName() + " " + value;
  }

  private static void check(String what, Getter getter) throws SQLException {
    try (Connection ours = TestDatabases.ours();
        Connection theirs = TestDatabases.theirs()) {
      for (String value : VALUES) {
        assertThat(get(ours, value, getter))
            .as(what + " of " + value)
            .isEqualTo(get(theirs, value, getter));
      }
    }
  }

  private static Object get(Connection connection, String value, Getter getter)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + value)) {
      assertThat(rows.next()).isTrue();
      return getter.get(rows);
    }
  }
}

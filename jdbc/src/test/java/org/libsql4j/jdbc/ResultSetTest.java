package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResultSetTest {
  private Connection connection;
  private Statement statement;

  @BeforeEach
  void open() throws SQLException {
    connection = TestDatabases.ours();
    statement = connection.createStatement();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  /** At the row of a query that has one. */
  private ResultSet row(String sql) throws SQLException {
    ResultSet rows = statement.executeQuery(sql);
    assertThat(rows.next()).isTrue();
    return rows;
  }

  /** It was the number that the text begins with, or 0. */
  @Test
  void textsThatAreNoNumbersAreNotTakenForOnes() throws SQLException {
    for (Class<?> type :
        List.of(Integer.class, Long.class, Short.class, Byte.class, Double.class)) {
      assertThat(((Number) row("SELECT ' 7 '").getObject(1, type)).intValue()).isEqualTo(7);
      for (String none : List.of("'x'", "'7x'", "''", "x'01'")) {
        assertThatThrownBy(() -> row("SELECT " + none).getObject(1, type))
            .as(none)
            .isInstanceOf(SQLDataException.class)
            .hasMessageStartingWith("Bad value for type " + type.getSimpleName());
      }
    }
  }

  @Test
  void knowsWhereItIs() throws SQLException {
    ResultSet rows = statement.executeQuery("SELECT 1 UNION ALL SELECT 2");
    assertThat(rows.isBeforeFirst()).isTrue();
    assertThat(rows.getRow()).isZero();
    assertThatThrownBy(() -> rows.getInt(1)).isInstanceOf(SQLException.class);
    assertThat(rows.next()).isTrue();
    assertThat(rows.isFirst()).isTrue();
    assertThat(rows.getRow()).isEqualTo(1);
    assertThat(rows.next()).isTrue();
    assertThat(rows.getRow()).isEqualTo(2);
    assertThat(rows.next()).isFalse();
    assertThat(rows.isAfterLast()).isTrue();
    assertThat(rows.next()).isFalse();
    assertThatThrownBy(() -> rows.getInt(1)).isInstanceOf(SQLException.class);
    assertThat(rows.getMetaData().getColumnCount()).isEqualTo(1);
    rows.close();
    rows.close();
    assertThatThrownBy(rows::next).hasMessage("ResultSet closed");
    assertThatThrownBy(rows::previous).hasMessage("ResultSet closed");
  }

  @Test
  void hasNoPositionWithoutRows() throws SQLException {
    ResultSet rows = statement.executeQuery("SELECT 1 WHERE 0");
    assertThat(rows.isBeforeFirst()).isFalse();
    assertThat(rows.next()).isFalse();
    assertThat(rows.isAfterLast()).isFalse();
  }

  @Test
  void findsColumnsByLabel() throws SQLException {
    ResultSet rows = row("SELECT 1 AS a, 2 AS B, 3 AS b, 4 AS \"c d\"");
    assertThat(rows.getInt("A")).isEqualTo(1);
    assertThat(rows.getInt("b")).isEqualTo(3);
    assertThat(rows.getInt("B")).isEqualTo(2);
    assertThat(rows.findColumn("C D")).isEqualTo(4);
    assertThatThrownBy(() -> rows.getInt("nosuch")).hasMessage("no such column: 'nosuch'");
    assertThatThrownBy(() -> rows.getInt(5)).isInstanceOf(SQLDataException.class);
    assertThatThrownBy(() -> rows.getInt(0)).isInstanceOf(SQLDataException.class);
  }

  @Test
  void tellsNullFromZero() throws SQLException {
    ResultSet rows = row("SELECT NULL, 0");
    assertThat(rows.getLong(1)).isZero();
    assertThat(rows.wasNull()).isTrue();
    assertThat(rows.getLong(2)).isZero();
    assertThat(rows.wasNull()).isFalse();
    assertThat(rows.getString(1)).isNull();
    assertThat(rows.getBytes(1)).isNull();
    assertThat(rows.getTimestamp(1)).isNull();
    assertThat(rows.getObject(1)).isNull();
    assertThat(rows.getObject(1, Integer.class)).isNull();
    assertThat(rows.getBigDecimal(1)).isNull();
    assertThat(rows.wasNull()).isTrue();
  }

  @Test
  void neverCutsNumbers() throws SQLException {
    ResultSet rows = row("SELECT 4294967296, 300, 1e30, 70000");
    assertThatThrownBy(() -> rows.getInt(1)).isInstanceOf(SQLDataException.class);
    assertThatThrownBy(() -> rows.getByte(2)).isInstanceOf(SQLDataException.class);
    assertThatThrownBy(() -> rows.getLong(3)).isInstanceOf(SQLDataException.class);
    assertThatThrownBy(() -> rows.getShort(4)).isInstanceOf(SQLDataException.class);
    assertThat(rows.getShort(2)).isEqualTo((short) 300);
  }

  @Test
  void readsDatesFromTexts() throws SQLException {
    Object[][] cases = {
      {"2020-01-02", LocalDateTime.of(2020, 1, 2, 0, 0)},
      {"2020-01-02 03:04", LocalDateTime.of(2020, 1, 2, 3, 4)},
      {"2020-01-02T03:04:05", LocalDateTime.of(2020, 1, 2, 3, 4, 5)},
      {"2020-01-02 03:04:05.6", LocalDateTime.of(2020, 1, 2, 3, 4, 5, 600_000_000)},
      {"2020-01-02 03:04:05.123456789", LocalDateTime.of(2020, 1, 2, 3, 4, 5, 123_456_789)},
    };
    for (Object[] c : cases) {
      LocalDateTime expected = (LocalDateTime) c[1];
      ResultSet rows = row("SELECT '" + c[0] + "'");
      assertThat(rows.getTimestamp(1)).isEqualTo(Timestamp.valueOf(expected));
      assertThat(rows.getObject(1, LocalDateTime.class)).isEqualTo(expected);
      assertThat(rows.getObject(1, LocalDate.class)).isEqualTo(expected.toLocalDate());
      assertThat(rows.getObject(1, LocalTime.class)).isEqualTo(expected.toLocalTime());
      assertThat(rows.getDate(1).toLocalDate()).isEqualTo(expected.toLocalDate());
    }
    assertThat(row("SELECT '13:14:15'").getTime(1)).isEqualTo(Time.valueOf("13:14:15"));
    assertThat(row("SELECT '2020-01-02'").getDate(1)).isEqualTo(Date.valueOf("2020-01-02"));
  }

  @Test
  void readsMomentsWithOffsets() throws SQLException {
    Instant expected = Instant.parse("2020-01-02T01:04:05Z");
    for (String text :
        new String[] {
          "2020-01-02T01:04:05Z",
          "2020-01-02 03:04:05+02:00",
          "2020-01-02 03:04:05 +0200",
          "2020-01-02T03:04:05+02"
        }) {
      ResultSet rows = row("SELECT '" + text + "'");
      assertThat(rows.getTimestamp(1).toInstant()).isEqualTo(expected);
      assertThat(rows.getObject(1, Instant.class)).isEqualTo(expected);
    }
    assertThat(row("SELECT '2020-01-02T03:04:05+02:00'").getObject(1, OffsetDateTime.class))
        .isEqualTo(OffsetDateTime.of(2020, 1, 2, 3, 4, 5, 0, ZoneOffset.ofHours(2)));
    Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
    assertThat(row("SELECT '2020-01-02 10:04:05'").getTimestamp(1, tokyo).toInstant())
        .isEqualTo(expected);
  }

  @Test
  void readsDatesFromNumbers() throws SQLException {
    assertThat(row("SELECT 1234567").getTimestamp(1)).isEqualTo(new Timestamp(1234567));
    assertThat(row("SELECT 2440587.5").getTimestamp(1)).isEqualTo(new Timestamp(0));
    assertThat(row("SELECT 0").getObject(1, Instant.class)).isEqualTo(Instant.EPOCH);
  }

  @Test
  void isStrictAboutDates() throws SQLException {
    for (String text :
        new String[] {
          "",
          "2020",
          "2020-13-01",
          "2020-02-30",
          "2020-1-2",
          "2020-01-02 25:00",
          "2020-01-02x03:04",
          "2020-01-02 03:04:05.",
          "2020-01-02 03:04:05 tomorrow",
          "yesterday"
        }) {
      ResultSet rows = row("SELECT '" + text + "'");
      assertThatThrownBy(() -> rows.getTimestamp(1))
          .as(text)
          .isInstanceOf(SQLDataException.class)
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("22007"));
    }
    ResultSet rows = row("SELECT x'00'");
    assertThatThrownBy(() -> rows.getDate(1)).isInstanceOf(SQLDataException.class);
  }

  @Test
  void givesObjectsOfManyTypes() throws SQLException {
    ResultSet rows = row("SELECT 5, 5000000000, 2.5, 'x', x'01', '12.50', 'true'");
    assertThat(rows.getObject(1)).isEqualTo(5);
    assertThat(rows.getObject(2)).isEqualTo(5_000_000_000L);
    assertThat(rows.getObject(3)).isEqualTo(2.5);
    assertThat(rows.getObject(4)).isEqualTo("x");
    assertThat((byte[]) rows.getObject(5)).containsExactly(1);
    assertThat(rows.getObject(1, Long.class)).isEqualTo(5L);
    assertThat(rows.getObject(1, Short.class)).isEqualTo((short) 5);
    assertThat(rows.getObject(1, BigInteger.class)).isEqualTo(BigInteger.valueOf(5));
    assertThat(rows.getObject(6, BigDecimal.class)).isEqualTo(new BigDecimal("12.50"));
    assertThat(rows.getObject(7, Boolean.class)).isTrue();
    assertThat(rows.getBoolean(7)).isTrue();
    assertThat(rows.getObject(1, String.class)).isEqualTo("5");
    assertThatThrownBy(() -> rows.getObject(4, BigDecimal.class))
        .isInstanceOf(SQLDataException.class);
    assertThatThrownBy(() -> rows.getObject(4, Thread.class))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    UUID uuid = UUID.randomUUID();
    assertThat(row("SELECT '" + uuid + "'").getObject(1, UUID.class)).isEqualTo(uuid);
    String hex = uuid.toString().replace("-", "");
    assertThat(row("SELECT x'" + hex + "'").getObject(1, UUID.class)).isEqualTo(uuid);
  }

  @Test
  void streamsTextsAndBlobs() throws Exception {
    ResultSet rows = row("SELECT 'häß', x'010203'");
    char[] chars = new char[3];
    assertThat(rows.getCharacterStream(1).read(chars)).isEqualTo(3);
    assertThat(new String(chars)).isEqualTo("häß");
    byte[] bytes = new byte[3];
    assertThat(rows.getBinaryStream(2).read(bytes)).isEqualTo(3);
    assertThat(rows.getBytes(1)).isEqualTo("häß".getBytes(StandardCharsets.UTF_8));
    Blob blob = rows.getBlob(2);
    assertThat(blob.length()).isEqualTo(3);
    assertThat(blob.getBytes(2, 5)).containsExactly(2, 3);
    assertThat(blob.position(new byte[] {3}, 1)).isEqualTo(3);
    assertThat(rows.getClob(1).getSubString(2, 2)).isEqualTo("äß");
  }

  @Test
  void cannotBeChanged() throws SQLException {
    ResultSet rows = row("SELECT 1");
    assertThatThrownBy(() -> rows.updateInt(1, 2))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThatThrownBy(rows::insertRow).isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThatThrownBy(() -> rows.absolute(1)).isInstanceOf(SQLFeatureNotSupportedException.class);
  }
}

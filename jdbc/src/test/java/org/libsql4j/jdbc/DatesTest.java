package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates of other zones, of long ago and far ahead, and of every way to store them. */
class DatesTest {
  private static final String[] ZONES = {
    "UTC",
    "Europe/Berlin",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "America/Sao_Paulo"
  };

  private final TimeZone before = TimeZone.getDefault();

  @AfterEach
  void restore() {
    TimeZone.setDefault(before);
  }

  private static Connection connect(String options) throws SQLException {
    return DriverManager.getConnection("jdbc:libsql::memory:" + options);
  }

  private static ResultSet row(Connection connection, String sql) throws SQLException {
    ResultSet rows = connection.createStatement().executeQuery(sql);
    assertThat(rows.next()).isTrue();
    return rows;
  }

  /** What is stored comes back, and the classes of java.sql print texts as they are. */
  @ParameterizedTest
  @ValueSource(strings = {"?date_class=TEXT", "?date_class=INTEGER", "?date_class=REAL"})
  void thereAndBack(String options) throws SQLException {
    String[] moments = {
      "0001-01-01 00:00:00.0",
      "1066-10-14 09:00:00.0",
      "1500-01-01 12:34:56.7",
      "1582-10-04 23:59:59.0",
      "1582-10-15 00:00:00.0",
      "1850-06-01 00:00:00.0",
      "1899-12-31 23:00:00.0",
      "1969-12-31 23:59:59.999",
      "1970-01-01 00:00:00.0",
      "2011-12-29 12:00:00.0",
      "2020-02-29 23:59:59.999",
      "9999-12-31 23:59:59.0"
    };
    for (String zone : ZONES) {
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      try (Connection connection = connect(options);
          PreparedStatement statement = connection.prepareStatement("SELECT ?, ?")) {
        for (String moment : moments) {
          Timestamp timestamp = Timestamp.valueOf(moment);
          statement.setTimestamp(1, timestamp);
          statement.setObject(2, timestamp);
          try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            String what = zone + " " + moment;
            assertThat(rows.getTimestamp(1)).as(what).isEqualTo(timestamp);
            assertThat(rows.getTimestamp(2)).as(what).isEqualTo(timestamp);
            assertThat(rows.getTimestamp(1)).as(what).hasToString(moment);
            assertThat(rows.getDate(1)).as(what).hasToString(moment.substring(0, 10));
            assertThat(rows.getTime(1)).as(what).hasToString(moment.substring(11, 19));
            if (options.contains("TEXT")) {
              assertThat(rows.getString(1)).startsWith(moment);
            }
          }
        }
      }
    }
  }

  @Test
  void textsOfLongAgo() throws SQLException {
    for (String zone : ZONES) {
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      try (Connection connection = connect("")) {
        for (String day : new String[] {"0001-01-01", "1500-03-01", "1582-10-15", "1850-06-01"}) {
          ResultSet rows = row(connection, "SELECT '" + day + "'");
          assertThat(rows.getDate(1)).isEqualTo(Date.valueOf(day)).hasToString(day);
          assertThat(rows.getObject(1, LocalDate.class)).hasToString(day);
          assertThat(rows.getTimestamp(1)).isEqualTo(Timestamp.valueOf(day + " 00:00:00"));
          assertThat(rows.getObject(1, LocalDateTime.class)).hasToString(day + "T00:00");
        }
      }
    }
  }

  @Test
  void aDateHasNoTimeAndATimeNoDate() throws SQLException {
    for (String zone : ZONES) {
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      try (Connection connection = connect("")) {
        ResultSet rows =
            row(
                connection,
                "SELECT '2018-11-04 13:14:15.678', "
                    + Timestamp.valueOf("2018-11-04 13:14:15.678").getTime());
        for (int column = 1; column <= 2; column++) {
          Date day = Date.valueOf("2018-11-04");
          assertThat(rows.getDate(column)).as(zone).isEqualTo(day);
          assertThat(rows.getObject(column, Date.class)).isEqualTo(day);
          long time = Time.valueOf("13:14:15").getTime() + 678;
          assertThat(rows.getTime(column).getTime()).as(zone).isEqualTo(time);
          assertThat(rows.getObject(column, Time.class).getTime()).isEqualTo(time);
          assertThat(rows.getObject(column, LocalTime.class)).hasToString("13:14:15.678");
        }
      }
    }
  }

  @Test
  void calendarsSayWhichZone() throws SQLException {
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
    Calendar copy = (Calendar) tokyo.clone();
    try (Connection connection = connect("?date_class=TEXT");
        PreparedStatement statement = connection.prepareStatement("SELECT ?, ?, ?")) {
      Timestamp moment = Timestamp.from(Instant.parse("2020-01-01T20:30:00Z"));
      statement.setTimestamp(1, moment, tokyo);
      statement.setDate(2, new Date(moment.getTime()), tokyo);
      statement.setTime(3, new Time(moment.getTime()), tokyo);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("2020-01-02 05:30:00.000");
        assertThat(rows.getTimestamp(1, tokyo)).isEqualTo(moment);
        assertThat(rows.getTimestamp(1)).isEqualTo(Timestamp.valueOf("2020-01-02 05:30:00"));
        assertThat(Instant.ofEpochMilli(rows.getDate(2, tokyo).getTime()).toString())
            .isEqualTo("2020-01-01T15:00:00Z");
        assertThat(rows.getTime(3, tokyo).getTime()).isEqualTo(-(9 * 60 - 5 * 60 - 30) * 60_000L);
      }
      assertThat(tokyo).isEqualTo(copy);
    }
  }

  @Test
  void yearsBeyondFourDigits() throws SQLException {
    try (Connection connection = connect("?date_class=TEXT");
        PreparedStatement statement = connection.prepareStatement("SELECT ?, ?")) {
      for (int year : new int[] {-44, 0, 10_000, 123_456}) {
        LocalDateTime moment = LocalDateTime.of(year, 3, 15, 1, 2, 3);
        statement.setObject(1, moment);
        statement.setTimestamp(2, new Timestamp(moment.toInstant(ZoneOffset.UTC).toEpochMilli()));
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
          assertThat(rows.getObject(1, LocalDateTime.class)).isEqualTo(moment);
          assertThat(rows.getObject(1, LocalDate.class)).isEqualTo(moment.toLocalDate());
          assertThat(rows.getTimestamp(2).getTime())
              .isEqualTo(moment.toInstant(ZoneOffset.UTC).toEpochMilli());
        }
      }
      for (String text :
          new String[] {"+999-01-01", "-1-01-01", "12020-01-01", "+1234567890-01-01"}) {
        ResultSet rows = row(connection, "SELECT '" + text + "'");
        assertThatThrownBy(() -> rows.getDate(1)).as(text).isInstanceOf(SQLDataException.class);
      }
    }
  }

  @Test
  void numbersThatAreNoDates() throws SQLException {
    try (Connection connection = connect("?date_precision=SECONDS")) {
      for (String number : new String[] {"9223372036854775807", "-9223372036854775808", "1e300"}) {
        ResultSet rows = row(connection, "SELECT " + number);
        for (Class<?> type :
            new Class<?>[] {
              Timestamp.class, Date.class, LocalDateTime.class, Instant.class, OffsetDateTime.class
            }) {
          assertThatThrownBy(() -> rows.getObject(1, type))
              .as(number + " " + type)
              .isInstanceOf(SQLDataException.class);
        }
      }
    }
    try (Connection connection = connect("")) {
      ResultSet rows = row(connection, "SELECT 9223372036854775807, -9223372036854775808");
      assertThat(rows.getTimestamp(1).getTime()).isEqualTo(Long.MAX_VALUE);
      assertThat(rows.getTimestamp(2).getTime()).isEqualTo(Long.MIN_VALUE);
      assertThat(rows.getObject(1, LocalDateTime.class).getYear()).isEqualTo(292_278_994);
      rows.getDate(1);
      rows.getTime(2);
    }
  }

  @Test
  void nanosecondsOfOwnPatterns() throws SQLException {
    String pattern = "yyyy-MM-dd HH:mm:ss.SSSSSSSSS".replace(" ", "%20");
    try (Connection connection = connect("?date_class=TEXT&date_string_format=" + pattern);
        PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
      Timestamp moment = Timestamp.valueOf("2020-01-02 03:04:05.123456789");
      statement.setTimestamp(1, moment);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("2020-01-02 03:04:05.123456789");
        assertThat(rows.getTimestamp(1)).isEqualTo(moment);
      }
    }
  }
}

package org.libsql4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long texts of tables, of which only what is asked for is read; and short ones. */
class ClobTest {
  private static final String[] LETTERS = {"a", "é", "中", "😀", "z"};

  private static String randomText(int letters, long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < letters; i++) {
      text.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return text.toString();
  }

  private static Connection withText(String encoding, Object text) throws SQLException {
    Connection connection =
        DriverManager.getConnection("jdbc:libsql::memory:?encoding=" + encoding);
    TestDatabases.execute(connection, "CREATE TABLE t(a)");
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
      insert.setObject(1, text);
      insert.executeUpdate();
    }
    return connection;
  }

  private static ResultSet row(Connection connection) throws SQLException {
    Statement statement = connection.createStatement();
    ResultSet rows = statement.executeQuery("SELECT a FROM t");
    assertThat(rows.next()).isTrue();
    return rows;
  }

  private static String all(Reader reader) throws IOException {
    StringWriter text = new StringWriter();
    reader.transferTo(text);
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16le", "UTF-16be"})
  void partsAreWhatTheyAreOfTheWholeText(String encoding) throws Exception {
    String text = randomText(700_000, 3);
    try (Connection connection = withText(encoding, text);
        ResultSet rows = row(connection)) {
      Clob early = rows.getClob(1);
      assertThat(early.getCharacterStream().read()).isEqualTo(text.charAt(0));
      Clob clob = rows.getObject(1, NClob.class);
      Random random = new Random(4);
      for (int i = 0; i < 100; i++) {
        int from = random.nextInt(text.length());
        int count = random.nextInt(i % 10 == 0 ? 200_000 : 50);
        int end = Math.min(text.length(), from + count);
        assertThat(clob.getSubString(from + 1, count)).isEqualTo(text.substring(from, end));
      }
      assertThat(clob.length()).isEqualTo(text.length());
      assertThat(clob.getSubString(text.length() + 1, 5)).isEmpty();
      assertThatThrownBy(() -> clob.getSubString(text.length() + 2, 1))
          .isInstanceOf(SQLException.class);
      assertThat(all(clob.getCharacterStream())).isEqualTo(text);
      assertThat(all(clob.getCharacterStream(1001, 100_000)))
          .isEqualTo(text.substring(1000, 101_000));
      assertThatThrownBy(() -> clob.getCharacterStream(2, text.length()))
          .hasMessageContaining("ends after");
      assertThat(clob.getAsciiStream().readAllBytes())
          .isEqualTo(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void positions() throws SQLException {
    String text = randomText(700_000, 5);
    try (Connection connection = withText("UTF-8", text);
        ResultSet rows = row(connection)) {
      Clob clob = rows.getClob(1);
      for (int at : new int[] {0, 1, 65_520, 65_536, 131_065, text.length() - 30}) {
        String pattern = text.substring(at, at + 30);
        assertThat(clob.position(pattern, 1)).isEqualTo(text.indexOf(pattern) + 1);
        assertThat(clob.position(pattern, at + 1)).isEqualTo(at + 1);
      }
      String large = text.substring(70_000, 270_000);
      assertThat(clob.position(new LibsqlClob(large), 2)).isEqualTo(70_001);
      assertThat(clob.position(text + "a", 1)).isEqualTo(-1);
      assertThat(clob.position("", 7)).isEqualTo(7);
    }
  }

  /** What is no UTF-8 reads as it does in a String, also where two pieces meet. */
  @Test
  void bytesThatAreNoText() throws SQLException {
    byte[] bytes = new byte[1_500_000];
    new Random(6).nextBytes(bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    try (Connection connection = withText("UTF-8", bytes);
        ResultSet rows = row(connection)) {
      Clob clob = rows.getClob(1);
      assertThat(clob.length()).isEqualTo(text.length());
      assertThat(clob.getSubString(1, text.length())).isEqualTo(text);
    }
  }

  @Test
  void aPartIsReadWithoutTheRest() throws Exception {
    String text = "0123456789".repeat(800_000);
    try (Connection connection = withText("UTF-8", text);
        ResultSet rows = row(connection)) {
      com.sun.management.ThreadMXBean threads =
          (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
      long thread = Thread.currentThread().getId();
      Clob clob = rows.getClob(1);
      char[] start = new char[20];
      long before = threads.getThreadAllocatedBytes(thread);
      assertThat(clob.getCharacterStream().read(start)).isEqualTo(20);
      assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(text.length() / 4);
      assertThat(start).startsWith('0', '1').endsWith('8', '9');
      clob.free();
      assertThatThrownBy(clob::length).hasMessageContaining("freed");
    }
  }

  @Test
  void changesAreMadeToACopy() throws Exception {
    String text = randomText(500_000, 8);
    try (Connection connection = withText("UTF-8", text);
        PreparedStatement update = connection.prepareStatement("UPDATE t SET a = ?")) {
      try (ResultSet rows = row(connection)) {
        Clob clob = rows.getClob(1);
        clob.setString(2, "changed");
        assertThat(clob.getSubString(1, 9)).isEqualTo(text.charAt(0) + "changed" + text.charAt(8));
        assertThat(rows.getString(1)).isEqualTo(text);
        clob.truncate(10);
        try (Writer writer = clob.setCharacterStream(3)) {
          writer.write("XY");
          writer.flush();
          assertThat(clob.getSubString(3, 2)).isEqualTo("XY");
          writer.write("Z");
        }
        try (OutputStream out = clob.setAsciiStream(1)) {
          out.write('A');
        }
        update.setClob(1, clob);
        update.executeUpdate();
      }
      assertThat(TestDatabases.value(connection, "SELECT a FROM t")).startsWith("AcXYZged");
      assertThatThrownBy(() -> new LibsqlClob("abc").truncate(4)).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void writingToWhatWasFreedIsAnError() throws Exception {
    LibsqlClob clob = new LibsqlClob("abc");
    Writer writer = clob.setCharacterStream(1);
    writer.write("x");
    clob.free();
    assertThatThrownBy(writer::close).isInstanceOf(IOException.class).hasMessageContaining("freed");
    LibsqlBlob blob = new LibsqlBlob(new byte[3]);
    OutputStream out = blob.setBinaryStream(1);
    blob.free();
    assertThatThrownBy(out::close).isInstanceOf(IOException.class).hasMessageContaining("freed");
  }
}

package org.libsql4j.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.jdbc.LibsqlDataSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.core.support.SqlBinaryValue;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's JDBC support: templates, transactions, and what it makes of our exceptions. */
class SpringTest {
  private static final String SCHEMA =
      """
      -- a comment; with a semicolon
      CREATE TABLE author (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        born DATE
      );
      CREATE TABLE book (
        id INTEGER PRIMARY KEY,
        author_id INTEGER NOT NULL REFERENCES author,
        title VARCHAR(80) NOT NULL,
        price DECIMAL(10,2) CHECK (price >= 0),
        added TIMESTAMP
      );
      """;

  record Author(long id, String name, LocalDate born) {}

  record Book(long id, long authorId, String title, BigDecimal price, LocalDateTime added) {}

  @TempDir Path folder;

  private LibsqlDataSource dataSource;
  private JdbcTemplate jdbc;
  private TransactionTemplate transaction;

  @BeforeEach
  void setUp() {
    dataSource = new LibsqlDataSource("jdbc:libsql:" + folder.resolve("spring.db"));
    dataSource.setProperty("journal_mode", "WAL");
    dataSource.setProperty("synchronous", "NORMAL");
    dataSource.setProperty("date_class", "TEXT");
    ResourceDatabasePopulator populator =
        new ResourceDatabasePopulator(
            new ByteArrayResource(SCHEMA.getBytes(StandardCharsets.UTF_8)));
    populator.execute(dataSource);
    jdbc = new JdbcTemplate(dataSource);
    transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
  }

  private long author(String name) {
    GeneratedKeyHolder keys = new GeneratedKeyHolder();
    jdbc.update(
        connection -> {
          PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO author(name, born) VALUES (?, ?)", Statement.RETURN_GENERATED_KEYS);
          insert.setString(1, name);
          insert.setObject(2, LocalDate.of(1929, 10, 21));
          return insert;
        },
        keys);
    Number key = keys.getKey();
    assertThat(key).isNotNull();
    return key.longValue();
  }

  private int count(String table) {
    Integer count = jdbc.queryForObject("SELECT count(*) FROM " + table, Integer.class);
    assertThat(count).isNotNull();
    return count;
  }

  @Test
  void templates() {
    long id = author("Ursula");
    assertThat(jdbc.queryForObject("SELECT name FROM author WHERE id = ?", String.class, id))
        .isEqualTo("Ursula");
    assertThat(jdbc.query("SELECT * FROM author", new DataClassRowMapper<>(Author.class)))
        .containsExactly(new Author(id, "Ursula", LocalDate.of(1929, 10, 21)));
    Map<String, Object> row = jdbc.queryForMap("SELECT id, name AS label FROM author");
    assertThat(row).containsEntry("label", "Ursula").containsKey("ID");
    assertThatThrownBy(
            () -> jdbc.queryForObject("SELECT name FROM author WHERE id = 99", String.class))
        .isInstanceOf(EmptyResultDataAccessException.class);
    assertThat(
            new NamedParameterJdbcTemplate(jdbc)
                .queryForList(
                    "SELECT name FROM author WHERE name IN (:names) AND id = :id",
                    new MapSqlParameterSource("names", List.of("Ursula", "Stanislaw"))
                        .addValue("id", id),
                    String.class))
        .containsExactly("Ursula");
  }

  @Test
  void clientAndTypes() {
    JdbcClient client = JdbcClient.create(dataSource);
    long id = author("Ursula");
    LocalDateTime added = LocalDateTime.of(2026, 1, 2, 3, 4, 5, 678_000_000);
    GeneratedKeyHolder keys = new GeneratedKeyHolder();
    client
        .sql(
            "INSERT INTO book(author_id, title, price, added) VALUES (:author, :title, :price,"
                + " :added)")
        .param("author", id)
        .param("title", "The Dispossessed")
        .param("price", new BigDecimal("12.50"))
        .param("added", added)
        .update(keys, "id");
    assertThat(keys.getKeyAs(Number.class)).isNotNull();
    Book book = client.sql("SELECT * FROM book").query(Book.class).single();
    assertThat(book.title()).isEqualTo("The Dispossessed");
    assertThat(book.price()).isEqualByComparingTo("12.50");
    assertThat(book.added()).isEqualTo(added);
    assertThat(
            client
                .sql("SELECT ? AS at")
                .param(java.sql.Timestamp.from(Instant.ofEpochMilli(1_700_000_000_123L)))
                .query(Instant.class)
                .single())
        .isEqualTo(Instant.ofEpochMilli(1_700_000_000_123L));
    assertThat(
            client
                .sql("SELECT length(:blob)")
                .param("blob", new SqlBinaryValue(new byte[1000]))
                .query(Integer.class)
                .single())
        .isEqualTo(1000);
  }

  @Test
  void simpleInsertReadsMetaData() {
    SimpleJdbcInsert insert =
        new SimpleJdbcInsert(dataSource).withTableName("author").usingGeneratedKeyColumns("id");
    Number first = insert.executeAndReturnKey(Map.of("name", "Stanislaw"));
    Number second =
        insert.executeAndReturnKey(Map.of("name", "Arkadi", "born", LocalDate.of(1925, 8, 28)));
    assertThat(second.longValue()).isEqualTo(first.longValue() + 1);
    assertThat(
            jdbc.queryForObject(
                "SELECT born FROM author WHERE id = ?", LocalDate.class, second.longValue()))
        .isEqualTo(LocalDate.of(1925, 8, 28));
  }

  @Test
  void batches() {
    long id = author("Ursula");
    List<Object[]> rows =
        List.of(
            new Object[] {id, "Rocannon's World", 5}, new Object[] {id, "City of Illusions", 6});
    int[] counts =
        jdbc.batchUpdate("INSERT INTO book(author_id, title, price) VALUES (?, ?, ?)", rows);
    assertThat(counts).containsExactly(1, 1);
    assertThat(jdbc.batchUpdate("DELETE FROM book WHERE price = 5", "UPDATE book SET price = 7"))
        .containsExactly(1, 1);
    assertThatThrownBy(
            () ->
                jdbc.batchUpdate(
                    "INSERT INTO book(author_id, title, price) VALUES (?, ?, ?)",
                    List.of(new Object[] {id, "Good", 1}, new Object[] {id, "Bad", -1})))
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  @Test
  void exceptionsAreTranslated() {
    long id = author("Ursula");
    assertThatThrownBy(() -> author("Ursula")).isInstanceOf(DuplicateKeyException.class);
    assertThatThrownBy(() -> author(null))
        .isInstanceOf(DataIntegrityViolationException.class)
        .isNotInstanceOf(DuplicateKeyException.class);
    assertThatThrownBy(() -> jdbc.update("DELETE FROM nothing"))
        .isInstanceOf(BadSqlGrammarException.class);
    assertThatThrownBy(() -> jdbc.update("DELETE FORM author"))
        .isInstanceOf(BadSqlGrammarException.class);
    jdbc.update("INSERT INTO book(author_id, title) VALUES (?, 'Orsinia')", id);
    assertThatThrownBy(() -> jdbc.update("DELETE FROM author"))
        .isInstanceOf(DataIntegrityViolationException.class)
        .isNotInstanceOf(DuplicateKeyException.class);
  }

  @Test
  void aLockedDatabaseIsTransient() throws SQLException {
    LibsqlDataSource impatient = new LibsqlDataSource(dataSource.getUrl());
    impatient.setProperty("busy_timeout", "0");
    try (Connection other = dataSource.getConnection();
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> new JdbcTemplate(impatient).update("DELETE FROM book"))
          .isInstanceOf(TransientDataAccessException.class)
          .isInstanceOf(ConcurrencyFailureException.class);
    }
  }

  /** A transaction that read an old state and then writes is to be tried again. */
  @Test
  void aStaleSnapshotCannotAcquireTheLock() {
    author("Ursula");
    assertThatThrownBy(
            () ->
                transaction.executeWithoutResult(
                    status -> {
                      count("author");
                      try (Connection other = dataSource.getConnection();
                          Statement statement = other.createStatement()) {
                        statement.execute("UPDATE author SET born = NULL");
                      } catch (SQLException e) {
                        throw new IllegalStateException(e);
                      }
                      jdbc.update("DELETE FROM author");
                    }))
        .isInstanceOf(CannotAcquireLockException.class);
    assertThat(count("author")).isEqualTo(1);
  }

  @Test
  void aQueryTimesOut() {
    JdbcTemplate impatient = new JdbcTemplate(dataSource);
    impatient.setQueryTimeout(1);
    assertThatThrownBy(
            () ->
                impatient.queryForObject(
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                        + " SELECT max(i) FROM n",
                    Long.class))
        .isInstanceOf(QueryTimeoutException.class);
  }

  @Test
  void transactionsCommitAndRollBack() {
    transaction.executeWithoutResult(status -> author("Ursula"));
    assertThat(count("author")).isEqualTo(1);
    assertThatThrownBy(
            () ->
                transaction.executeWithoutResult(
                    status -> {
                      author("Stanislaw");
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(count("author")).isEqualTo(1);
  }

  @Test
  void nestedTransactionsAreSavepoints() {
    TransactionTemplate nested = new TransactionTemplate(transaction.getTransactionManager());
    nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    transaction.executeWithoutResult(
        status -> {
          author("Ursula");
          nested.executeWithoutResult(
              inner -> {
                author("Stanislaw");
                inner.setRollbackOnly();
              });
          nested.executeWithoutResult(inner -> author("Arkadi"));
          Object savepoint = status.createSavepoint();
          author("Boris");
          status.rollbackToSavepoint(savepoint);
          status.releaseSavepoint(savepoint);
        });
    assertThat(jdbc.queryForList("SELECT name FROM author ORDER BY id", String.class))
        .containsExactly("Ursula", "Arkadi");
  }

  @Test
  void readOnlyAndIsolatedTransactions() {
    DataSourceTransactionManager manager = new DataSourceTransactionManager(dataSource);
    TransactionTemplate reading = new TransactionTemplate(manager);
    reading.setReadOnly(true);
    reading.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
    Integer seen = reading.execute(status -> count("author"));
    assertThat(seen).isZero();
    assertThatThrownBy(() -> reading.execute(status -> author("Ursula")))
        .hasMessageContaining("readonly");
    assertThat(count("author")).isZero();
  }

  @Test
  void aSuspendedTransactionReads() {
    TransactionTemplate outside = new TransactionTemplate(transaction.getTransactionManager());
    outside.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    transaction.executeWithoutResult(
        status -> {
          author("Ursula");
          Integer seen = outside.execute(inner -> count("author"));
          assertThat(seen).isZero();
        });
    assertThat(count("author")).isEqualTo(1);
  }

  @Test
  void theProductIsKnownByName() throws Exception {
    assertThat(
            JdbcUtils.<String>extractDatabaseMetaData(
                dataSource, metaData -> metaData.getDatabaseProductName()))
        .isEqualTo("SQLite");
  }
}

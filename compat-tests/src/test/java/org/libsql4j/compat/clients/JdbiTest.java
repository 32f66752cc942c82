package org.libsql4j.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.transaction.SerializableTransactionRunner;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jdbi.v3.sqlobject.transaction.Transaction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JDBI: the fluent API and SQL objects. */
class JdbiTest {
  /** How loud it is. */
  public enum Volume {
    LOUD,
    QUIET
  }

  /** A row. */
  public record Track(
      long id, String title, Optional<String> note, Volume volume, BigDecimal minutes) {}

  /** Two rows joined. */
  public record TrackOfAlbum(@Nested("t") Track track, String album) {}

  /** The statements. */
  @RegisterConstructorMapper(Track.class)
  public interface Tracks {
    @SqlUpdate("INSERT INTO track(title, volume) VALUES (:title, :volume)")
    @GetGeneratedKeys
    long insert(@Bind("title") String title, @Bind("volume") Volume volume);

    @SqlUpdate(
        "INSERT INTO track(title, note, volume, minutes)"
            + " VALUES (:title, :note, :volume, :minutes)")
    @GetGeneratedKeys({"id", "title", "note", "volume", "minutes"})
    Track insertAll(@BindMethods Track track);

    @SqlBatch("INSERT INTO track(title, volume) VALUES (:title, 'QUIET')")
    @GetGeneratedKeys("id")
    long[] insertBatch(@Bind("title") List<String> titles);

    @SqlQuery("SELECT * FROM track WHERE title IN (<titles>) ORDER BY id")
    List<Track> find(@BindList("titles") List<String> titles);

    @SqlQuery("SELECT count(*) FROM track")
    int count();

    @Transaction
    default void insertAndFail(String title) {
      insert(title, Volume.LOUD);
      throw new IllegalStateException("no");
    }
  }

  @TempDir Path folder;

  private Jdbi jdbi;

  @BeforeEach
  void setUp() {
    jdbi =
        Jdbi.create(
            "jdbc:libsql:"
                + folder.resolve("music.db")
                + "?journal_mode=WAL&synchronous=NORMAL&busy_timeout=2000");
    jdbi.installPlugin(new SqlObjectPlugin());
    jdbi.useHandle(
        handle ->
            handle
                .createScript(
                    """
                    CREATE TABLE album(id INTEGER PRIMARY KEY, name TEXT);
                    -- the tracks; of all albums
                    CREATE TABLE track(
                      id INTEGER PRIMARY KEY,
                      album_id INTEGER REFERENCES album,
                      title TEXT NOT NULL UNIQUE,
                      note TEXT,
                      volume TEXT,
                      minutes DECIMAL(5, 2));
                    """)
                .execute());
  }

  private static Track track(String title, String note) {
    return new Track(0, title, Optional.ofNullable(note), Volume.LOUD, new BigDecimal("3.25"));
  }

  @Test
  void sqlObjects() {
    Tracks tracks = jdbi.onDemand(Tracks.class);
    assertThat(tracks.insert("Intro", Volume.QUIET)).isEqualTo(1);
    Track second = tracks.insertAll(track("Outro", "the end"));
    assertThat(second.id()).isEqualTo(2);
    assertThat(second.note()).contains("the end");
    assertThat(second.minutes()).isEqualByComparingTo("3.25");
    assertThat(tracks.insertBatch(List.of("One", "Two", "Three"))).containsExactly(3, 4, 5);
    assertThat(tracks.find(List.of("Two", "Outro")))
        .extracting(Track::title)
        .containsExactly("Outro", "Two");
    assertThatThrownBy(() -> tracks.insertAndFail("Never")).hasMessage("no");
    assertThat(tracks.count()).isEqualTo(5);
  }

  @Test
  void fluentQueries() {
    jdbi.registerRowMapper(ConstructorMapper.factory(TrackOfAlbum.class));
    jdbi.useHandle(
        handle -> {
          int album =
              handle
                  .createUpdate("INSERT INTO album(name) VALUES (?)")
                  .bind(0, "First")
                  .executeAndReturnGeneratedKeys("id")
                  .mapTo(Integer.class)
                  .one();
          PreparedBatch batch =
              handle.prepareBatch(
                  "INSERT INTO track(album_id, title, volume, minutes)"
                      + " VALUES (:album, :title, :volume, :minutes)");
          for (String title : List.of("x", "y", "z")) {
            batch
                .bind("album", album)
                .bind("title", title)
                .bind("volume", Volume.LOUD)
                .bind("minutes", new BigDecimal("1.5"))
                .add();
          }
          assertThat(batch.execute()).containsExactly(1, 1, 1);
          assertThat(
                  handle
                      .createQuery(
                          "SELECT t.id AS t_id, t.title AS t_title, t.note AS t_note,"
                              + " t.volume AS t_volume, t.minutes AS t_minutes, a.name AS album"
                              + " FROM track t JOIN album a ON a.id = t.album_id ORDER BY t.id")
                      .mapTo(TrackOfAlbum.class)
                      .list())
              .extracting(row -> row.album() + row.track().title() + row.track().volume())
              .containsExactly("FirstxLOUD", "FirstyLOUD", "FirstzLOUD");
          Map<String, BigDecimal> sums =
              handle
                  .createQuery("SELECT title, minutes FROM track")
                  .reduceRows(
                      new LinkedHashMap<>(),
                      (map, row) -> {
                        map.put(
                            row.getColumn("title", String.class),
                            row.getColumn("minutes", BigDecimal.class));
                        return map;
                      });
          assertThat(sums).containsOnlyKeys("x", "y", "z");
        });
  }

  @Test
  void types() {
    UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    Instant instant = Instant.parse("2026-01-02T03:04:05.678Z");
    LocalDate date = LocalDate.of(2026, 2, 3);
    jdbi.useHandle(
        handle -> {
          assertThat(one(handle, UUID.class, uuid)).isEqualTo(uuid);
          assertThat(one(handle, Instant.class, instant)).isEqualTo(instant);
          assertThat(one(handle, LocalDate.class, date)).isEqualTo(date);
          assertThat(one(handle, Boolean.class, true)).isTrue();
          assertThat(one(handle, byte[].class, new byte[] {1, 2})).containsExactly(1, 2);
          assertThat(one(handle, Character.class, 'x')).isEqualTo('x');
          assertThat(one(handle, Double.class, 0.1)).isEqualTo(0.1);
        });
  }

  private static <T> T one(org.jdbi.v3.core.Handle handle, Class<T> type, T value) {
    return handle.createQuery("SELECT :v").bind("v", value).mapTo(type).one();
  }

  @Test
  void transactionsAndSavepoints() {
    jdbi.useTransaction(
        TransactionIsolationLevel.SERIALIZABLE,
        handle -> {
          handle.execute("INSERT INTO track(title) VALUES ('kept')");
          handle.savepoint("here");
          handle.execute("INSERT INTO track(title) VALUES ('dropped')");
          handle.rollbackToSavepoint("here");
          handle.savepoint("there");
          handle.releaseSavepoint("there");
        });
    Tracks tracks = jdbi.onDemand(Tracks.class);
    assertThat(tracks.count()).isEqualTo(1);
    assertThatThrownBy(
            () -> jdbi.useHandle(h -> h.execute("INSERT INTO track(title) VALUES ('kept')")))
        .isInstanceOf(UnableToExecuteStatementException.class)
        .hasCauseInstanceOf(SQLIntegrityConstraintViolationException.class);
  }

  /** JDBI tries a transaction again when the SQLSTATE is 40001, which is what a stale one gets. */
  @Test
  void staleTransactionsAreTriedAgain() {
    jdbi.setTransactionHandler(new SerializableTransactionRunner());
    int[] attempts = {0};
    jdbi.useTransaction(
        TransactionIsolationLevel.SERIALIZABLE,
        handle -> {
          int before = handle.attach(Tracks.class).count();
          if (attempts[0]++ == 0) {
            Jdbi.create("jdbc:libsql:" + folder.resolve("music.db"))
                .useHandle(other -> other.execute("INSERT INTO track(title) VALUES ('other')"));
          }
          handle.execute("INSERT INTO track(title) VALUES (?)", "mine " + before);
        });
    assertThat(attempts[0]).isEqualTo(2);
    assertThat(jdbi.onDemand(Tracks.class).find(List.of("mine 1"))).hasSize(1);
  }
}

package org.libsql4j.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.LockModeType;
import jakarta.persistence.OptimisticLockException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hibernate.ScrollMode;
import org.hibernate.ScrollableResults;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.cfg.Configuration;
import org.hibernate.community.dialect.SQLiteDialect;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.SQLGrammarException;
import org.hibernate.tool.schema.spi.SchemaManagementException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.compat.clients.Publication.Author;
import org.libsql4j.compat.clients.Publication.Event;
import org.libsql4j.compat.clients.Publication.Journal;
import org.libsql4j.compat.clients.Publication.Shape;
import org.libsql4j.compat.clients.Publication.Subject;

/** Hibernate ORM with the community dialect, which it finds by the name of the product. */
class HibernateTest {
  private static final Logger LOGGER = Logger.getLogger("org.hibernate");

  @TempDir static Path folder;

  private static SessionFactory sessions;

  private static String url() {
    return "jdbc:libsql:"
        + folder.resolve("library.db")
        + "?date_class=TEXT&journal_mode=WAL&synchronous=NORMAL";
  }

  private static SessionFactory open(String schemaAction) {
    Configuration configuration = new Configuration();
    configuration.setProperty("hibernate.connection.url", url());
    configuration.setProperty("hibernate.hbm2ddl.auto", schemaAction);
    for (Class<?> entity :
        List.of(Publication.class, Author.class, Subject.class, Journal.class, Event.class)) {
      configuration.addAnnotatedClass(entity);
    }
    return configuration.buildSessionFactory();
  }

  @BeforeAll
  static void create() {
    LOGGER.setLevel(Level.OFF);
    sessions = open("create");
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @AfterEach
  void empty() {
    sessions.inTransaction(
        session -> {
          for (String table :
              session
                  .createNativeQuery(
                      "select name from sqlite_schema where type = 'table'"
                          + " and name not like '%\\_seq' escape '\\'",
                      String.class)
                  .getResultList()) {
            session.createNativeMutationQuery("delete from " + table).executeUpdate();
          }
        });
  }

  private static Publication publication(String title, LocalDate published) {
    Publication publication = new Publication();
    publication.title = title;
    publication.published = published;
    publication.price = new BigDecimal("12.50");
    publication.entered = LocalDateTime.of(2026, 3, 29, 2, 30, 15, 123_000_000);
    publication.opens = LocalTime.of(9, 30);
    publication.changed = Instant.parse("2026-01-02T03:04:05.678Z");
    publication.announced = OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC);
    publication.length = Duration.ofMinutes(90);
    publication.rating = 4.25;
    publication.weight = 0.5f;
    publication.shelf = 7;
    publication.flags = -3;
    publication.mark = 'Ä';
    publication.cover = new byte[] {1, 2, 3, -1};
    publication.digest = new byte[] {9, 8};
    publication.text = "Once \u2603 upon a time";
    publication.print.pages = 341;
    publication.print.shape = Shape.HARDCOVER;
    publication.print.sequelShape = Shape.DIGITAL;
    return publication;
  }

  private void fill() {
    sessions.inTransaction(
        session -> {
          Author ursula = new Author("Ursula", LocalDate.of(1929, 10, 21));
          ursula.pseudonyms.addAll(Set.of("U.", "UKL"));
          Subject anarchy = new Subject("anarchy");
          Subject islands = new Subject("islands");
          ursula.publish(publication("The Dispossessed", LocalDate.of(1974, 5, 1))).subjects =
              Set.of(anarchy);
          ursula.publish(publication("Earthsea", LocalDate.of(1968, 1, 1))).subjects =
              Set.of(islands, anarchy);
          Journal journal = new Journal();
          journal.title = "Orsinia";
          journal.issue = 3;
          ursula.publish(journal);
          session.persist(ursula);
          session.persist(new Author("Stanislaw", LocalDate.of(1921, 9, 12)));
        });
  }

  @Test
  void theDialectIsFound() {
    assertThat(((SessionFactoryImplementor) sessions).getJdbcServices().getDialect())
        .isInstanceOf(SQLiteDialect.class);
  }

  @Test
  void entitiesComeBackAsTheyWere() {
    fill();
    sessions.inTransaction(
        session -> {
          Author ursula =
              session
                  .createQuery("from Author where name = :name", Author.class)
                  .setParameter("name", "Ursula")
                  .getSingleResult();
          assertThat(ursula.born).isEqualTo(LocalDate.of(1929, 10, 21));
          assertThat(ursula.pseudonyms).containsExactlyInAnyOrder("U.", "UKL");
          assertThat(ursula.publications).hasSize(3);
          assertThat(ursula.publications.get(0)).isInstanceOf(Journal.class);
          Publication first = ursula.publications.get(1);
          assertThat(first)
              .usingRecursiveComparison()
              .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
              .ignoringFields("id", "author", "subjects", "version")
              .isEqualTo(publication("Earthsea", LocalDate.of(1968, 1, 1)));
          assertThat(first.subjects)
              .extracting(subject -> subject.name)
              .containsExactlyInAnyOrder("anarchy", "islands");
          for (Subject subject : first.subjects) {
            assertThat(subject.id.version()).isEqualTo(4);
            assertThat(session.find(Subject.class, subject.id)).isSameAs(subject);
          }
        });
  }

  @Test
  void queries() {
    fill();
    sessions.inTransaction(
        session -> {
          assertThat(
                  session
                      .createQuery(
                          "select p.title, count(s) from Publication p left join p.subjects s"
                              + " where p.author.name like 'U%' group by p.title"
                              + " having count(s) >= :least order by p.title desc",
                          Object[].class)
                      .setParameter("least", 1L)
                      .getResultList())
              .extracting(row -> row[0] + "=" + row[1])
              .containsExactly("The Dispossessed=1", "Earthsea=2");
          assertThat(
                  session
                      .createQuery("from Publication order by id", Publication.class)
                      .setFirstResult(1)
                      .setMaxResults(1)
                      .getSingleResult()
                      .title)
              .isEqualTo("Earthsea");
          assertThat(
                  session
                      .createQuery(
                          "select year(p.published) from Publication p"
                              + " where p.published > :after and p.price = :price",
                          Integer.class)
                      .setParameter("after", LocalDate.of(1970, 1, 1))
                      .setParameter("price", new BigDecimal("12.5"))
                      .getResultList())
              .containsExactly(1974);
          assertThat(
                  session
                      .createQuery(
                          "select upper(a.name) || '!' from Author a"
                              + " where not exists (select 1 from Publication p"
                              + " where p.author = a)",
                          String.class)
                      .getSingleResult())
              .isEqualTo("STANISLAW!");
          assertThat(
                  session
                      .createNativeQuery(
                          "select count(*) over () from publication limit 1", Long.class)
                      .getSingleResult())
              .isEqualTo(3L);
          assertThat(
                  session
                      .createQuery("from Publication where print.shape = ?1", Publication.class)
                      .setParameter(1, Shape.HARDCOVER)
                      .getResultList())
              .hasSize(2);
        });
  }

  @Test
  void criteriaAndScrolling() {
    fill();
    sessions.inTransaction(
        session -> {
          var builder = session.getCriteriaBuilder();
          var query = builder.createQuery(Publication.class);
          var root = query.from(Publication.class);
          query
              .where(builder.between(root.get("rating"), 4.0, 5.0))
              .orderBy(builder.asc(root.get("title")));
          assertThat(session.createQuery(query).getResultList())
              .extracting(p -> p.title)
              .containsExactly("Earthsea", "The Dispossessed");
          int seen = 0;
          try (ScrollableResults<Publication> rows =
              session
                  .createQuery("from Publication order by id", Publication.class)
                  .setFetchSize(1)
                  .scroll(ScrollMode.FORWARD_ONLY)) {
            while (rows.next()) {
              assertThat(rows.get().title).isNotEmpty();
              seen++;
            }
          }
          assertThat(seen).isEqualTo(3);
        });
  }

  @Test
  void bulkChangesAndCascades() {
    fill();
    sessions.inTransaction(
        session ->
            assertThat(
                    session
                        .createMutationQuery(
                            "update Publication set price = price * 2 where price is not null")
                        .executeUpdate())
                .isEqualTo(2));
    sessions.inTransaction(
        session -> {
          Author ursula = find(session::createQuery, "Ursula");
          assertThat(ursula.publications.get(1).price).isEqualByComparingTo("25");
          ursula.publications.remove(0);
          ursula.publications.get(0).subjects.clear();
        });
    sessions.inTransaction(
        session -> {
          Author ursula = find(session::createQuery, "Ursula");
          assertThat(ursula.publications).hasSize(2);
          assertThat(ursula.publications.get(0).subjects).isEmpty();
          session.remove(ursula);
        });
    assertThat(count("Publication")).isZero();
    assertThat(count("Subject")).isEqualTo(2);
  }

  /** How a session makes a query; both kinds of session have it. */
  private interface Queries {
    org.hibernate.query.Query<Author> create(String text, Class<Author> type);
  }

  private static Author find(Queries session, String name) {
    return session
        .create("from Author where name = :name", Author.class)
        .setParameter("name", name)
        .getSingleResult();
  }

  private long count(String entity) {
    return sessions.fromSession(
        session ->
            session.createQuery("select count(*) from " + entity, Long.class).getSingleResult());
  }

  @Test
  void theSecondOfTwoChangesIsRefused() {
    fill();
    Author stale = sessions.fromSession(session -> find(session::createQuery, "Stanislaw"));
    sessions.inTransaction(session -> find(session::createQuery, "Stanislaw").living = true);
    stale.born = null;
    assertThatThrownBy(() -> sessions.inTransaction(session -> session.merge(stale)))
        .isInstanceOf(OptimisticLockException.class);
    sessions.inTransaction(
        session -> {
          Author now = find(session::createQuery, "Stanislaw");
          assertThat(now.living).isTrue();
          assertThat(now.version).isEqualTo(1);
          session.lock(now, LockModeType.OPTIMISTIC_FORCE_INCREMENT);
        });
    assertThat(sessions.fromSession(s -> find(s::createQuery, "Stanislaw")).version).isEqualTo(2);
  }

  @Test
  void exceptionsAreTranslated() {
    fill();
    assertThatThrownBy(
            () -> sessions.inTransaction(session -> session.persist(new Author("Ursula", null))))
        .isInstanceOf(ConstraintViolationException.class)
        .hasMessageContaining("UNIQUE constraint failed: author.name");
    assertThatThrownBy(
            () -> sessions.inSession(s -> s.createNativeQuery("select x", String.class).list()))
        .isInstanceOf(SQLGrammarException.class);
    assertThatThrownBy(
            () ->
                sessions.inTransaction(
                    session ->
                        session
                            .createNativeMutationQuery("update author set name = null")
                            .executeUpdate()))
        .isInstanceOf(ConstraintViolationException.class);
  }

  @Test
  void keysComeFromATableThatActsAsASequence() {
    sessions.inTransaction(
        session -> {
          for (int i = 0; i < 120; i++) {
            Event event = new Event();
            event.what = "event " + i;
            session.persist(event);
          }
        });
    assertThat(count("Event")).isEqualTo(120);
    Long last =
        sessions.fromSession(
            s -> s.createQuery("select max(id) from Event", Long.class).getSingleResult());
    assertThat(last).isEqualTo(120);
  }

  @Test
  void batchesOfAStatelessSession() {
    sessions.inStatelessTransaction(
        (Consumer<StatelessSession>)
            session -> {
              session.setJdbcBatchSize(20);
              for (int i = 0; i < 50; i++) {
                session.insert(new Author("author " + i, null));
              }
            });
    assertThat(count("Author")).isEqualTo(50);
  }

  @Test
  void theSchemaIsValidAndUpdatable() throws SQLException {
    fill();
    open("validate").close();
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE publication DROP COLUMN rating");
      assertThatThrownBy(() -> open("validate"))
          .isInstanceOf(SchemaManagementException.class)
          .hasMessageContaining("missing column [rating]");
      open("update").close();
      open("validate").close();
      try (ResultSet rows =
          statement.executeQuery("SELECT count(*), count(rating) FROM publication")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(3);
        assertThat(rows.getInt(2)).isZero();
      }
    }
  }
}

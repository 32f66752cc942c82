package org.libsql4j.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Catalog;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record2;
import org.jooq.Result;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.codegen.GenerationTool;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** jOOQ: code from a live database, its DSL, and what it reads of the schema. */
class JooqTest {
  private static final String SCHEMA =
      """
      CREATE TABLE author (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name VARCHAR(80) NOT NULL,
        born DATE,
        CONSTRAINT author_name UNIQUE (name)
      );
      CREATE TABLE book (
        id INTEGER NOT NULL,
        author_id BIGINT NOT NULL,
        title TEXT NOT NULL,
        price DECIMAL(10, 2) DEFAULT 1.5,
        cheap BOOLEAN GENERATED ALWAYS AS (price < 5),
        cover BLOB,
        added TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
        CONSTRAINT book_pk PRIMARY KEY (id),
        CONSTRAINT book_author FOREIGN KEY (author_id) REFERENCES author (id)
          ON DELETE CASCADE,
        CONSTRAINT book_price CHECK (price >= 0)
      );
      CREATE INDEX book_title ON book (title, lower(title) DESC) WHERE price > 2;
      CREATE VIEW cheap_book AS SELECT id, title FROM book WHERE cheap;
      """;

  private static final Table<Record> AUTHOR = table(name("author"));
  private static final Field<Long> AUTHOR_ID = field(name("author", "id"), SQLDataType.BIGINT);
  private static final Field<String> NAME = field(name("author", "name"), SQLDataType.VARCHAR);
  private static final Field<LocalDate> BORN = field(name("author", "born"), SQLDataType.LOCALDATE);
  private static final Table<Record> BOOK = table(name("book"));
  private static final Field<Long> BOOK_ID = field(name("book", "id"), SQLDataType.BIGINT);
  private static final Field<Long> WRITTEN_BY =
      field(name("book", "author_id"), SQLDataType.BIGINT);
  private static final Field<String> TITLE = field(name("book", "title"), SQLDataType.VARCHAR);
  private static final Field<BigDecimal> PRICE =
      field(name("book", "price"), SQLDataType.NUMERIC(10, 2));

  @TempDir Path folder;

  private Connection connection;
  private DSLContext db;

  @BeforeAll
  static void quieten() {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
  }

  private String url() {
    return "jdbc:libsql:" + folder.resolve("books.db");
  }

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection(url() + "?journal_mode=WAL&synchronous=NORMAL");
    db = DSL.using(connection, SQLDialect.SQLITE);
    connection.createStatement().execute(SCHEMA);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  /** The code is the same as with the C library's driver. */
  @Test
  void generatesCodeFromALiveDatabase() throws Exception {
    Map<String, String> ours = generate("org.libsql4j.jdbc.LibsqlDriver", url());
    String real = "jdbc:sqlite:" + folder.resolve("real.db");
    try (Connection theirs = DriverManager.getConnection(real);
        Statement statement = theirs.createStatement()) {
      for (String sql : SCHEMA.split(";\\s*\n")) {
        statement.execute(sql);
      }
    }
    assertThat(ours).isEqualTo(generate("org.sqlite.JDBC", real));
    assertThat(ours)
        .containsKeys("Author.java", "Book.java", "CheapBook.java", "BookRecord.java", "Keys.java");
    assertThat(ours.get("Keys.java")).contains("DSL.name(\"book_author\")");
    assertThat(ours.get("Author.java")).contains("SQLDataType.INTEGER.identity(true)");
  }

  private Map<String, String> generate(String driver, String url) throws Exception {
    Path target = folder.resolve(driver);
    GenerationTool.generate(
        new Configuration()
            .withLogging(Logging.ERROR)
            .withJdbc(new Jdbc().withDriver(driver).withUrl(url))
            .withGenerator(
                new Generator()
                    .withDatabase(
                        new Database()
                            .withName("org.jooq.meta.sqlite.SQLiteDatabase")
                            .withExcludes("sqlite_.*"))
                    .withGenerate(new Generate().withRecords(true).withPojos(true))
                    .withTarget(
                        new Target().withPackageName("library").withDirectory(target.toString()))));
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(target)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(String.valueOf(file.getFileName()), Files.readString(file));
      }
    }
    return texts;
  }

  private long author(String name, LocalDate born) {
    Long id =
        db.insertInto(AUTHOR, NAME, BORN)
            .values(name, born)
            .returningResult(AUTHOR_ID)
            .fetchOne(AUTHOR_ID);
    assertThat(id).isNotNull();
    return id;
  }

  private void fill() {
    long ursula = author("Ursula", LocalDate.of(1929, 10, 21));
    author("Stanislaw", LocalDate.of(1921, 9, 12));
    db.insertInto(BOOK, WRITTEN_BY, TITLE, PRICE)
        .values(ursula, "The Dispossessed", new BigDecimal("12.50"))
        .values(ursula, "Earthsea", new BigDecimal("3"))
        .execute();
  }

  @Test
  void joinsGroupsAndWindows() {
    fill();
    Result<Record2<String, Integer>> counts =
        db.select(NAME, count(BOOK_ID))
            .from(AUTHOR)
            .leftJoin(BOOK)
            .on(WRITTEN_BY.eq(AUTHOR_ID))
            .groupBy(NAME)
            .orderBy(NAME.desc())
            .fetch();
    assertThat(counts.formatJSON(org.jooq.JSONFormat.DEFAULT_FOR_RESULTS.header(false)))
        .isEqualTo("[[\"Ursula\",2],[\"Stanislaw\",0]]");
    assertThat(
            db.select(TITLE, rowNumber().over().partitionBy(WRITTEN_BY).orderBy(PRICE))
                .from(BOOK)
                .orderBy(BOOK_ID)
                .fetch(1, Integer.class))
        .containsExactly(2, 1);
    assertThat(
            db.selectFrom(AUTHOR)
                .where(BORN.lt(LocalDate.of(1925, 1, 1)))
                .and(NAME.in("Ursula", "Stanislaw"))
                .fetchOne(NAME))
        .isEqualTo("Stanislaw");
    assertThat(
            db.select(NAME)
                .from(AUTHOR)
                .union(db.select(TITLE).from(BOOK))
                .orderBy(inline(1))
                .limit(2)
                .offset(1)
                .fetch(0, String.class))
        .containsExactly("Stanislaw", "The Dispossessed");
  }

  record Written(String title, BigDecimal price) {}

  @Test
  void nestedCollections() {
    fill();
    var result =
        db.select(
                NAME,
                multiset(
                        select(TITLE, PRICE)
                            .from(BOOK)
                            .where(WRITTEN_BY.eq(AUTHOR_ID))
                            .orderBy(TITLE))
                    .convertFrom(rows -> rows.into(Written.class)))
            .from(AUTHOR)
            .orderBy(AUTHOR_ID)
            .fetch();
    List<Written> books = result.get(0).value2();
    assertThat(books).extracting(Written::title).containsExactly("Earthsea", "The Dispossessed");
    assertThat(books.get(1).price()).isEqualByComparingTo("12.5");
    assertThat(result.get(1).value2()).isEmpty();
  }

  @Test
  void upsertsReturnAndBatches() {
    long id = author("Ursula", null);
    assertThat(
            db.insertInto(AUTHOR, NAME, BORN)
                .values("Ursula", LocalDate.of(1929, 10, 21))
                .onConflict(field(name("name")))
                .doUpdate()
                .set(field(name("born"), LocalDate.class), LocalDate.of(1929, 10, 21))
                .returning(AUTHOR_ID, BORN)
                .fetchOne(BORN))
        .isEqualTo(LocalDate.of(1929, 10, 21));
    int[] counts =
        db.batch(db.insertInto(BOOK, WRITTEN_BY, TITLE).values((Long) null, null))
            .bind(id, "One")
            .bind(id, "Two")
            .execute();
    assertThat(counts).containsExactly(1, 1);
    assertThat(db.deleteFrom(BOOK).where(TITLE.eq("One")).returning(BOOK_ID).fetch()).hasSize(1);
    assertThat(db.update(BOOK).set(PRICE, PRICE.plus(1)).execute()).isEqualTo(1);
    assertThat(db.select(PRICE).from(BOOK).fetchOne(PRICE)).isEqualByComparingTo("2.5");
  }

  @Test
  void typesComeBack() {
    UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    LocalDateTime time = LocalDateTime.of(2026, 1, 2, 3, 4, 5);
    db.createTable("typed")
        .column("u", SQLDataType.UUID)
        .column("t", SQLDataType.LOCALDATETIME)
        .column("b", SQLDataType.BOOLEAN)
        .column("x", SQLDataType.VARBINARY)
        .column("d", SQLDataType.DOUBLE)
        .execute();
    db.insertInto(table("typed")).values(uuid, time, true, new byte[] {1, 2}, 0.25).execute();
    Record row = db.select().from(table("typed")).fetchOne();
    assertThat(row.get("u", UUID.class)).isEqualTo(uuid);
    assertThat(row.get("t", LocalDateTime.class)).isEqualTo(time);
    assertThat(row.get("b", Boolean.class)).isTrue();
    assertThat(row.get("x", byte[].class)).containsExactly(1, 2);
    assertThat(row.get("d", Double.class)).isEqualTo(0.25);
  }

  @Test
  void transactionsNestAndFailuresAreTyped() {
    assertThatThrownBy(
            () ->
                db.transaction(
                    outer -> {
                      outer.dsl().insertInto(AUTHOR, NAME).values("Ursula").execute();
                      assertThatThrownBy(
                              () ->
                                  outer
                                      .dsl()
                                      .transaction(
                                          inner ->
                                              inner
                                                  .dsl()
                                                  .insertInto(AUTHOR, NAME)
                                                  .values("Stanislaw")
                                                  .values("Ursula")
                                                  .execute()))
                          .isInstanceOf(IntegrityConstraintViolationException.class);
                      assertThat(outer.dsl().fetchCount(AUTHOR)).isEqualTo(1);
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(db.fetchCount(AUTHOR)).isZero();
    assertThatThrownBy(() -> db.fetch("select * from nowhere"))
        .isInstanceOfSatisfying(
            DataAccessException.class, e -> assertThat(e.sqlState()).isEqualTo("42S02"));
  }

  @Test
  void metaDataThroughJdbc() {
    Catalog catalog = db.meta().getCatalogs().get(0);
    Table<?> book = catalog.getSchemas().get(0).getTable("book");
    assertThat(book).isNotNull();
    assertThat(book.getPrimaryKey().getFields()).extracting(Field::getName).containsExactly("id");
    assertThat(book.getReferences()).hasSize(1);
    assertThat(book.getReferences().get(0).getKey().getTable().getName()).isEqualTo("author");
    assertThat(book.field("price").getDataType().scale()).isEqualTo(2);
    assertThat(db.meta().ddl().toString()).contains("author_name").contains("book_author");
  }

  @Test
  void plainSqlAndLazyRows() {
    fill();
    int seen = 0;
    try (var rows = db.resultQuery("select id, title from book order by id").fetchLazy()) {
      for (Record row : rows) {
        assertThat(row.get("title")).isInstanceOf(String.class);
        assertThat(row.get(0)).isInstanceOf(Number.class);
        seen++;
      }
    }
    assertThat(seen).isEqualTo(2);
    assertThat(db.fetchValue("select count(*) from book where title like {0}", inline("E%")))
        .isEqualTo(1);
  }
}

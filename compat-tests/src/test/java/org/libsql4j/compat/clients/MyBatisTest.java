package org.libsql4j.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Many;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Result;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.SelectKey;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.exceptions.PersistenceException;
import org.apache.ibatis.executor.BatchResult;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.RowBounds;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.jdbc.LibsqlDataSource;

/** MyBatis: annotated mappers, generated keys of one row and of many, types, batches, cursors. */
class MyBatisTest {
  /** How a plant is sold. */
  public enum Sort {
    SEED,
    POTTED
  }

  /** A row. */
  public static class Plant {
    private Long id;
    private String name;
    private Sort sort;
    private BigDecimal price;
    private LocalDate sown;
    private LocalDateTime watered;
    private Instant changed;
    private OffsetDateTime shipped;
    private byte[] picture;
    private boolean hardy;

    public Plant() {}

    Plant(String name) {
      this.name = name;
    }
  }

  /** A row with its children. */
  public record Bed(Integer id, String label) {}

  /** What is in a bed. */
  public static class BedWithPlants {
    private int id;
    private List<String> plants;
  }

  /** The statements. */
  public interface Garden {
    @Insert(
        "INSERT INTO plant(name, sort, price, sown, watered, changed, shipped, picture, hardy)"
            + " VALUES (#{name}, #{sort}, #{price}, #{sown}, #{watered}, #{changed}, #{shipped},"
            + " #{picture}, #{hardy})")
    @Options(useGeneratedKeys = true, keyProperty = "id", keyColumn = "id")
    int insert(Plant plant);

    @Insert({
      "<script>INSERT INTO plant(name) VALUES",
      "<foreach collection='plants' item='p' separator=','>(#{p.name})</foreach></script>"
    })
    @Options(useGeneratedKeys = true, keyProperty = "plants.id")
    int insertAll(@Param("plants") List<Plant> plants);

    @Insert("INSERT INTO plant(name, hardy) VALUES (#{name}, #{hardy})")
    @SelectKey(
        statement = "SELECT last_insert_rowid()",
        keyProperty = "id",
        before = false,
        resultType = Long.class)
    int insertSelectingKey(Plant plant);

    @Select("SELECT * FROM plant WHERE id = #{id}")
    Plant find(long id);

    @Select("SELECT name, id, price FROM plant ORDER BY id")
    List<Map<String, Object>> rows();

    @Select("SELECT id FROM plant ORDER BY id")
    Cursor<Long> ids();

    @Select({
      "<script>SELECT name FROM plant <where>",
      "<if test='name != null'>name LIKE #{name}</if></where> ORDER BY name</script>"
    })
    List<String> names(@Param("name") String name, RowBounds bounds);

    @Arg(column = "id", javaType = Integer.class, id = true)
    @Arg(column = "label", javaType = String.class)
    @Select("SELECT id, label FROM bed WHERE id = #{id}")
    Bed bed(int id);

    @Select("SELECT id FROM bed")
    @Result(property = "id", column = "id")
    @Result(property = "plants", column = "id", many = @Many(select = "plantsOf"))
    List<BedWithPlants> beds();

    @Select("SELECT name FROM plant WHERE bed_id = #{id} ORDER BY name")
    List<String> plantsOf(int id);

    @Insert("INSERT INTO bed(label) VALUES (#{label})")
    int addBed(String label);

    @Update("UPDATE plant SET bed_id = #{bed} WHERE name = #{name}")
    int move(@Param("name") String name, @Param("bed") Integer bed);

    @Delete("DELETE FROM plant WHERE name = #{name}")
    int delete(String name);

    @Select("INSERT INTO bed(label) VALUES (#{label}) RETURNING id, label")
    @Options(flushCache = Options.FlushCachePolicy.TRUE)
    @Arg(column = "id", javaType = Integer.class)
    @Arg(column = "label", javaType = String.class)
    Bed addAndReturn(String label);
  }

  @TempDir Path folder;

  private SqlSessionFactory sessions;

  @BeforeEach
  void setUp() throws SQLException {
    LibsqlDataSource dataSource = new LibsqlDataSource("jdbc:libsql:" + folder.resolve("my.db"));
    dataSource.setProperty("journal_mode", "WAL");
    dataSource.setProperty("synchronous", "NORMAL");
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE bed(id INTEGER PRIMARY KEY, label TEXT);"
              + "CREATE TABLE plant(id INTEGER PRIMARY KEY, bed_id INTEGER REFERENCES bed,"
              + " name TEXT NOT NULL UNIQUE, sort TEXT, price DECIMAL(8,2), sown DATE,"
              + " watered DATETIME, changed TIMESTAMP, shipped TEXT, picture BLOB, hardy BOOLEAN)");
    }
    Configuration configuration =
        new Configuration(new Environment("test", new JdbcTransactionFactory(), dataSource));
    configuration.addMapper(Garden.class);
    sessions = new SqlSessionFactoryBuilder().build(configuration);
  }

  private SqlSession open() {
    return sessions.openSession();
  }

  @Test
  void rowsComeBackAsTheyWere() {
    Plant rose = new Plant("rose");
    rose.sort = Sort.POTTED;
    rose.price = new BigDecimal("7.25");
    rose.sown = LocalDate.of(2026, 4, 1);
    rose.watered = LocalDateTime.of(2026, 4, 2, 18, 30, 15, 250_000_000);
    rose.changed = Instant.parse("2026-04-03T10:00:00.5Z");
    rose.shipped = OffsetDateTime.of(2026, 4, 4, 8, 0, 0, 0, ZoneOffset.ofHours(2));
    rose.picture = new byte[] {1, 0, -1};
    rose.hardy = true;
    try (SqlSession session = open()) {
      assertThat(session.getMapper(Garden.class).insert(rose)).isEqualTo(1);
      session.commit();
    }
    assertThat(rose.id).isEqualTo(1);
    try (SqlSession session = open()) {
      assertThat(session.getMapper(Garden.class).find(rose.id))
          .usingRecursiveComparison()
          .isEqualTo(rose);
    }
  }

  @Test
  void keysOfEveryRow() {
    try (SqlSession session = open()) {
      Garden garden = session.getMapper(Garden.class);
      List<Plant> plants = List.of(new Plant("a"), new Plant("b"), new Plant("c"));
      assertThat(garden.insertAll(plants)).isEqualTo(3);
      assertThat(plants).extracting(plant -> plant.id).containsExactly(1L, 2L, 3L);
      Plant last = new Plant("d");
      garden.insertSelectingKey(last);
      assertThat(last.id).isEqualTo(4);
    }
  }

  @Test
  void keysOfABatch() {
    try (SqlSession session = sessions.openSession(ExecutorType.BATCH)) {
      Garden garden = session.getMapper(Garden.class);
      List<Plant> plants = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        Plant plant = new Plant("plant " + i);
        plants.add(plant);
        garden.insert(plant);
      }
      List<BatchResult> results = session.flushStatements();
      assertThat(results).hasSize(1);
      assertThat(results.get(0).getUpdateCounts()).hasSize(10).containsOnly(1);
      assertThat(plants.get(9).id).isEqualTo(10);
      session.commit();
    }
  }

  @Test
  void dynamicSqlPagesCursorsAndMaps() throws Exception {
    try (SqlSession session = open()) {
      Garden garden = session.getMapper(Garden.class);
      garden.insertAll(List.of(new Plant("rose"), new Plant("ruby"), new Plant("fern")));
      assertThat(garden.names("r%", RowBounds.DEFAULT)).containsExactly("rose", "ruby");
      assertThat(garden.names(null, new RowBounds(1, 1))).containsExactly("rose");
      List<Long> ids = new ArrayList<>();
      try (Cursor<Long> cursor = garden.ids()) {
        cursor.forEach(ids::add);
      }
      assertThat(ids).containsExactly(1L, 2L, 3L);
      assertThat(garden.rows().get(0)).containsEntry("name", "rose").containsKey("id");
      assertThat(((Number) garden.rows().get(0).get("id")).intValue()).isEqualTo(1);
    }
  }

  @Test
  void childrenAndReturning() {
    try (SqlSession session = open()) {
      Garden garden = session.getMapper(Garden.class);
      garden.addBed("south");
      assertThat(garden.addAndReturn("north")).isEqualTo(new Bed(2, "north"));
      garden.insertAll(List.of(new Plant("rose"), new Plant("ruby")));
      assertThat(garden.move("rose", 2)).isEqualTo(1);
      assertThat(garden.move("ruby", 2)).isEqualTo(1);
      assertThat(garden.bed(1)).isEqualTo(new Bed(1, "south"));
      List<BedWithPlants> beds = garden.beds();
      assertThat(beds.get(0).plants).isEmpty();
      assertThat(beds.get(1).id).isEqualTo(2);
      assertThat(beds.get(1).plants).containsExactly("rose", "ruby");
    }
  }

  @Test
  void sessionsRollBackAndFailuresHaveCauses() {
    try (SqlSession session = open()) {
      Garden garden = session.getMapper(Garden.class);
      garden.insert(new Plant("rose"));
      assertThatThrownBy(() -> garden.insert(new Plant("rose")))
          .isInstanceOf(PersistenceException.class)
          .hasCauseInstanceOf(SQLIntegrityConstraintViolationException.class);
      assertThatThrownBy(() -> garden.move("rose", 99))
          .hasRootCauseMessage("FOREIGN KEY constraint failed");
      assertThat(garden.delete("rose")).isEqualTo(1);
      garden.insert(new Plant("rose"));
      session.rollback();
      assertThat(garden.rows()).isEmpty();
    }
  }
}

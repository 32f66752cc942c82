package org.libsql4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** Objects as parameters, and rows as objects. */
class BinderTest {
  private record Person(long id, String name, Double height, byte[] photo) {}

  private static final Binder<Person> BINDER =
      Binder.of("id", Person::id)
          .and("name", Person::name)
          .and("height", Person::height)
          .and("photo", Person::photo);

  private static final RowMapper<Person> MAPPER =
      row ->
          new Person(
              row.getLong("id"),
              row.getString("name"),
              row.isNull("height") ? null : row.getDouble("height"),
              row.getBlob("photo"));

  private static final String INSERT = "INSERT INTO person VALUES (:id, @name, $height, :photo)";

  private final Person ada = new Person(1, "Ada", 1.65, new byte[] {1, 2});
  private final Person bob = new Person(2, "Bob", null, null);
  private Connection connection;

  @BeforeEach
  void open() {
    connection = Database.inMemory().connect();
    connection.execute("CREATE TABLE person(id INTEGER PRIMARY KEY, name, height, photo)");
  }

  @AfterEach
  void close() {
    connection.close();
  }

  @Test
  void thereAndBack() {
    assertThat(connection.execute(INSERT, BINDER.bind(ada))).isEqualTo(1);
    try (Transaction transaction = connection.transaction(TransactionMode.WRITE);
        Statement insert = transaction.prepare(INSERT)) {
      insert.bind(BINDER.bind(bob));
      insert.execute();
      transaction.commit();
    }
    List<Person> all = connection.query("SELECT * FROM person ORDER BY id").toList(MAPPER);
    assertThat(all).usingRecursiveFieldByFieldElementComparator().containsExactly(ada, bob);
    String one = "SELECT * FROM person WHERE id = :id AND name = :name";
    Parameters key = BINDER.only("name", "id").bind(bob);
    assertThat(connection.queryOne(one, key).as(MAPPER)).isEqualTo(bob);
    assertThat(connection.queryOptional(one, key).map(MAPPER::map)).contains(bob);
    assertThat(connection.query(one, key).toList()).hasSize(1);
  }

  @Test
  void batchesAndTheSameNameTwice() {
    List<QueryResult> results =
        connection.batch(
            List.of(
                BatchStatement.of(INSERT, BINDER.bind(ada)),
                BatchStatement.of(
                    "SELECT :id + @id FROM person WHERE id = $id", BINDER.only("id").bind(ada))),
            TransactionMode.WRITE);
    assertThat(results.get(1).rows().get(0).getLong(0)).isEqualTo(2);
  }

  @Test
  void mapsOfValues() {
    Map<String, Object> values = new HashMap<>();
    values.put("a", 1);
    values.put("b", null);
    Parameters parameters = Parameters.named(values);
    values.clear();
    assertThat(connection.queryOne("SELECT :a, :b", parameters).toString())
        .isEqualTo("{:a=1, :b=null}");
    assertThat(connection.queryOne("SELECT 1", Parameters.named(Map.of())).getLong(0)).isEqualTo(1);
    Parameters withPrefixes = Parameters.named(Map.of(":a", 1, "@b", 2, "c", 3));
    assertThat(connection.queryOne("SELECT :a * 100 + @b * 10 + $c", withPrefixes).getLong(0))
        .isEqualTo(123);
  }

  /** Java makes an array that is null of it. */
  @Test
  void aSingleNull() {
    Object[] parameters = null;
    assertThat(connection.queryOne("SELECT ?1 IS NULL", parameters).getLong(0)).isEqualTo(1);
    assertThat(BatchStatement.of("SELECT ?", parameters).parameters()).hasSize(1).containsNull();
  }

  private void fails(String sql, Parameters parameters, ResultCode code, String message) {
    assertThatThrownBy(() -> connection.query(sql, parameters))
        .hasMessage(message)
        .isInstanceOfSatisfying(
            LibsqlException.class, e -> assertThat(e.resultCode()).isEqualTo(code));
  }

  @Test
  void whatDoesNotFit() {
    Parameters key = BINDER.only("id").bind(ada);
    fails("SELECT :id, :nick", key, ResultCode.RANGE, "no value for parameter :nick");
    fails("SELECT 1", key, ResultCode.RANGE, "no such parameter: id");
    fails("SELECT ?", key, ResultCode.RANGE, "parameter 1 has no name");
    fails("SELECT :ID", key, ResultCode.RANGE, "no value for parameter :ID");
    Binder<UUID> uuid = Binder.of("u", id -> id);
    fails(
        "SELECT :u",
        uuid.bind(new UUID(1, 2)),
        ResultCode.MISMATCH,
        "cannot bind a value of type java.util.UUID to :u");
    assertThatThrownBy(() -> BINDER.and("id", Person::name)).hasMessage("name given twice: id");
    assertThatThrownBy(() -> BINDER.only("x")).hasMessage("no such name: x");
    assertThatThrownBy(() -> connection.query("SELECT ?, ?", 1, key))
        .hasMessageStartingWith("cannot bind a value of type");
  }
}

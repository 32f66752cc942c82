package org.libsql4j.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.libsql4j.error.LibsqlException;

class SharedDefinitionsTest {
  private static final String WITHOUT_ROWID =
      "CREATE TABLE t(a TEXT, b INT UNIQUE, PRIMARY KEY(b DESC, a)) WITHOUT ROWID";

  @Test
  void aTextIsUnderstoodOnce() {
    StoredDefinition first = SharedDefinitions.of("CREATE TABLE once(a, b)");
    StoredDefinition second = SharedDefinitions.of(new String("CREATE TABLE once(a, b)"));

    assertThat(second).isSameAs(first);
    Table one = first.table(new Schema(), 2000, 2);
    Table other = second.table(new Schema(), 2000, 3);
    assertThat(other.columns).isSameAs(one.columns);
  }

  @Test
  void eachSchemaHasTablesOfItsOwn() {
    StoredDefinition definition = SharedDefinitions.of(WITHOUT_ROWID);
    Schema schema = new Schema();

    Table one = definition.table(schema, 2000, 5);
    Table other = definition.table(new Schema(), 2000, 7);
    one.indexes.get(0).rootPage = 9;
    one.rowEstimate = 1;

    assertThat(one.schema).isSameAs(schema);
    assertThat(one.rootPage).isEqualTo(5);
    assertThat(one.indexes).allMatch(index -> index.table == one);
    assertThat(other.rootPage).isEqualTo(7);
    assertThat(other.rowEstimate).isEqualTo(Table.ASSUMED_ROWS);
    Index key = primaryKey(other);
    assertThat(key.rootPage).isEqualTo(7);
    assertThat(other.indexes)
        .hasSize(2)
        .filteredOn(index -> index != key)
        .allMatch(index -> index.rootPage == 0);
  }

  @Test
  void indexesOfOldFilesOnlyAscend() {
    StoredDefinition definition = SharedDefinitions.of(WITHOUT_ROWID);
    Schema old = new Schema();
    old.fileFormat = 1;
    Schema today = new Schema();
    today.fileFormat = 4;

    for (int i = 0; i < 2; i++) {
      assertThat(primaryKey(definition.table(today, 2000, 2)).descending[0]).isTrue();
      assertThat(primaryKey(definition.table(old, 2000, 2)).descending[0]).isFalse();
    }
  }

  @Test
  void theLimitOfAnotherConnectionDoesNotCount() {
    StoredDefinition definition = SharedDefinitions.of("CREATE TABLE limited(a, b, c)");

    assertThat(definition.table(new Schema(), 2000, 2).columnCount()).isEqualTo(3);
    assertThatThrownBy(() -> definition.table(new Schema(), 2, 2))
        .isInstanceOf(LibsqlException.class)
        .hasMessage("too many columns on limited");
    assertThat(definition.table(new Schema(), 2000, 2).columnCount()).isEqualTo(3);
  }

  @Test
  void whatIsNoStatementIsAnErrorEachTime() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> SharedDefinitions.of("CREATE TABEL t(a)"))
          .isInstanceOf(LibsqlException.class);
    }
  }

  @Test
  void manyTextsDoNotFillTheMemory() {
    StoredDefinition first = SharedDefinitions.of("CREATE TABLE first(a)");
    String filler = "x".repeat(10_000);
    for (int i = 0; i < 300; i++) {
      SharedDefinitions.of("CREATE TABLE t" + i + "(" + filler + ")");
    }

    assertThat(SharedDefinitions.of("CREATE TABLE first(a)")).isNotSameAs(first);
  }

  private static Index primaryKey(Table table) {
    Index key = table.primaryKeyIndex();
    assertThat(key).isNotNull();
    return key;
  }
}

package org.libsql4j;

import org.jspecify.annotations.Nullable;

/**
 * Makes an object of a row:
 *
 * <pre>{@code
 * static final RowMapper<Person> PERSON = row -> new Person(row.getLong("id"), row.getString("name"));
 *
 * List<Person> all = connection.query("SELECT id, name FROM person").toList(PERSON);
 * Person one = connection.queryOne("SELECT id, name FROM person WHERE id = ?", 1).as(PERSON);
 * }</pre>
 *
 * @param <T> the type of the objects
 */
@FunctionalInterface
public interface RowMapper<T extends @Nullable Object> {
  /** The object for a row. */
  T map(Row row);
}

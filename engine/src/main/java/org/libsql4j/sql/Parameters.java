package org.libsql4j.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers the parameters of a statement. */
final class Parameters {
  /** Made for the first parameter, as are the numbers for the first that has a name. */
  private List<@Nullable String> names = List.of();

  private Map<String, Integer> numbers = Map.of();

  /** The number of a plain {@code ?}: one more than the highest so far. */
  int next() {
    add(null);
    return names.size();
  }

  /** The number of a named parameter: that of its first appearance. */
  int named(String name) {
    Integer known = numbers.get(name);
    if (known != null) {
      return known;
    }
    add(name);
    keep(name, names.size());
    return names.size();
  }

  /** Takes note of {@code ?number}. */
  void numbered(int number, String name) {
    while (names.size() < number) {
      add(null);
    }
    if (names.get(number - 1) == null) {
      names.set(number - 1, name);
    }
    if (!numbers.containsKey(name)) {
      keep(name, number);
    }
  }

  private void add(@Nullable String name) {
    if (names.isEmpty()) {
      names = new ArrayList<>();
    }
    names.add(name);
  }

  private void keep(String name, int number) {
    if (numbers.isEmpty()) {
      numbers = new HashMap<>();
    }
    numbers.put(name, number);
  }

  /** By number from 1; null where there is no name. */
  List<@Nullable String> names() {
    return names.isEmpty() ? names : Collections.unmodifiableList(names);
  }
}

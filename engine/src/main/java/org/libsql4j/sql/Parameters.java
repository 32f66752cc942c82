package org.libsql4j.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers the parameters of a statement. */
final class Parameters {
  private final List<@Nullable String> names = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /** The number of a plain {@code ?}: one more than the highest so far. */
  int next() {
    names.add(null);
    return names.size();
  }

  /** The number of a named parameter: that of its first appearance. */
  int named(String name) {
    Integer known = numbers.get(name);
    if (known != null) {
      return known;
    }
    names.add(name);
    numbers.put(name, names.size());
    return names.size();
  }

  /** Takes note of {@code ?number}. */
  void numbered(int number, String name) {
    while (names.size() < number) {
      names.add(null);
    }
    if (names.get(number - 1) == null) {
      names.set(number - 1, name);
    }
    numbers.putIfAbsent(name, number);
  }

  /** By number from 1; null where there is no name. */
  List<@Nullable String> names() {
    return Collections.unmodifiableList(names);
  }
}

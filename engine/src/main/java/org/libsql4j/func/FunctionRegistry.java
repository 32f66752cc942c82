package org.libsql4j.func;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The functions of one connection: its own ones in front of the built-in ones.
 *
 * <p>Functions can be registered in groups that are only made when one of them is asked for. Any
 * number of threads may look functions up; only one may register them, and not meanwhile.
 */
public final class FunctionRegistry {
  /** Functions that are not made yet. */
  private static final class Group {
    final Consumer<FunctionRegistry> registration;
    final Set<String> names;

    Group(Consumer<FunctionRegistry> registration, Set<String> names) {
      this.registration = registration;
      this.names = names;
    }
  }

  private final @Nullable FunctionRegistry fallback;
  private final Map<String, List<FunctionDefinition>> byName = new ConcurrentHashMap<>();
  private final Map<String, Group> pending = new ConcurrentHashMap<>();
  private final ReentrantLock loading = new ReentrantLock();

  /**
   * @param fallback where to look for what is not here (the built-in functions), or null
   */
  public FunctionRegistry(@Nullable FunctionRegistry fallback) {
    this.fallback = fallback;
  }

  /**
   * Adds functions that are made when one of them is first needed.
   *
   * @param registration adds them to the registry it is given
   * @param names the names of all of them, in lower case, separated by blanks; no other function
   *     may have one of them
   */
  void registerLazily(Consumer<FunctionRegistry> registration, String names) {
    Group group = new Group(registration, Set.of(names.split(" ")));
    for (String name : group.names) {
      pending.put(name, group);
    }
  }

  private @Nullable List<FunctionDefinition> overloads(String key) {
    Group group = pending.get(key);
    if (group != null) {
      load(key, group);
    }
    return byName.get(key);
  }

  /** A name is pending until all functions that have it can be found. */
  private void load(String key, Group group) {
    loading.lock();
    try {
      if (pending.get(key) != group) {
        return; // Another thread was faster.
      }
      FunctionRegistry made = new FunctionRegistry(null);
      group.registration.accept(made);
      if (!made.byName.keySet().equals(group.names)) {
        throw new IllegalStateException(group.names + " are not " + made.byName.keySet());
      }
      byName.putAll(made.byName);
      for (String name : group.names) {
        pending.remove(name);
      }
    } finally {
      loading.unlock();
    }
  }

  /** Adds a function; replaces one of the same name and number of arguments. */
  public void register(FunctionDefinition definition) {
    List<FunctionDefinition> overloads =
        byName.computeIfAbsent(key(definition.name()), k -> new ArrayList<>(2));
    overloads.removeIf(old -> old.argumentCount() == definition.argumentCount());
    overloads.add(definition);
  }

  /** Removes a function added to this registry; does nothing if there is none. */
  public void remove(String name, int argumentCount) {
    List<FunctionDefinition> overloads = overloads(key(name));
    if (overloads != null) {
      overloads.removeIf(old -> old.argumentCount() == argumentCount);
    }
  }

  /**
   * The best match: the exact number of arguments before one that takes any, and any function of
   * the connection's own before a built-in one; null if none.
   */
  public @Nullable FunctionDefinition find(String name, int argumentCount) {
    if (fallback != null && byName.isEmpty() && pending.isEmpty()) {
      return fallback.find(name, argumentCount);
    }
    FunctionDefinition variadic = null;
    List<FunctionDefinition> overloads = overloads(key(name));
    if (overloads != null) {
      for (FunctionDefinition definition : overloads) {
        if (definition.argumentCount() == argumentCount) {
          return definition;
        }
        if (definition.accepts(argumentCount)) {
          variadic = definition;
        }
      }
    }
    return variadic == null && fallback != null ? fallback.find(name, argumentCount) : variadic;
  }

  /** Whether this registry itself, and not the one behind it, has exactly this function. */
  public boolean hasOwn(String name, int argumentCount) {
    List<FunctionDefinition> overloads = overloads(key(name));
    return overloads != null
        && overloads.stream().anyMatch(one -> one.argumentCount() == argumentCount);
  }

  /** Whether any function has this name, whatever its number of arguments. */
  public boolean isKnown(String name) {
    List<FunctionDefinition> overloads = overloads(key(name));
    return (overloads != null && !overloads.isEmpty())
        || (fallback != null && fallback.isKnown(name));
  }

  /** Whether a function is one that every connection has. */
  public boolean isBuiltIn(FunctionDefinition definition) {
    List<FunctionDefinition> overloads = overloads(key(definition.name()));
    return overloads == null || !overloads.contains(definition);
  }

  /** Whether nothing was ever added to what stands behind this registry. */
  public boolean isEmpty() {
    return byName.isEmpty() && pending.isEmpty();
  }

  /** All functions, those of the connection before the built-in ones. */
  public Collection<FunctionDefinition> all() {
    for (Map.Entry<String, Group> entry : pending.entrySet()) {
      load(entry.getKey(), entry.getValue());
    }
    List<FunctionDefinition> all = new ArrayList<>();
    byName.values().forEach(all::addAll);
    if (fallback != null) {
      all.addAll(fallback.all());
    }
    return all;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}

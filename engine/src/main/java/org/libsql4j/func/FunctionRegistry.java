package org.libsql4j.func;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions of one connection: its own ones in front of the built-in ones. */
public final class FunctionRegistry {
  private final @Nullable FunctionRegistry fallback;
  private final Map<String, List<FunctionDefinition>> byName = new HashMap<>();

  /**
   * @param fallback where to look for what is not here (the built-in functions), or null
   */
  public FunctionRegistry(@Nullable FunctionRegistry fallback) {
    this.fallback = fallback;
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
    List<FunctionDefinition> overloads = byName.get(key(name));
    if (overloads != null) {
      overloads.removeIf(old -> old.argumentCount() == argumentCount);
    }
  }

  /**
   * The best match: the exact number of arguments before one that takes any, and any function of
   * the connection's own before a built-in one; null if none.
   */
  public @Nullable FunctionDefinition find(String name, int argumentCount) {
    FunctionDefinition variadic = null;
    List<FunctionDefinition> overloads = byName.get(key(name));
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
    List<FunctionDefinition> overloads = byName.get(key(name));
    return overloads != null
        && overloads.stream().anyMatch(one -> one.argumentCount() == argumentCount);
  }

  /** Whether any function has this name, whatever its number of arguments. */
  public boolean isKnown(String name) {
    List<FunctionDefinition> overloads = byName.get(key(name));
    return (overloads != null && !overloads.isEmpty())
        || (fallback != null && fallback.isKnown(name));
  }

  /** Whether a function is one that every connection has. */
  public boolean isBuiltIn(FunctionDefinition definition) {
    List<FunctionDefinition> overloads = byName.get(key(definition.name()));
    return overloads == null || !overloads.contains(definition);
  }

  /** All functions, those of the connection before the built-in ones. */
  public Collection<FunctionDefinition> all() {
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

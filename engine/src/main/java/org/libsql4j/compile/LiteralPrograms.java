package org.libsql4j.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.CompiledStatement;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.schema.Index;
import org.libsql4j.sql.LiteralShape;
import org.libsql4j.vdbe.Program;
import org.libsql4j.vdbe.ProgramTemplate;

/**
 * The programs of statements that differ in literals only, as applications write them that put
 * values into texts instead of binding them. The third of a {@link LiteralShape} makes a template,
 * and the ones after it are not compiled any more.
 *
 * <p>What a template gives is what the compiler would have made; at most a constant is loaded twice
 * that a view has as well. To make sure, it is made of the programs of two other texts of the
 * shape, which may differ in nothing but loading the values; and one with parameters in their place
 * shows whether the planner looks at values.
 */
final class LiteralPrograms {
  private static final int CAPACITY = 64;
  private static final int TEXTS_BEFORE_TEMPLATE = 2;

  /** Values that nobody has reason to use. */
  private static final long UNUSUAL_INT = 1_826_374_651L;

  private static final long UNUSUAL_LONG = 826_374_651_938_271_645L;

  /** What is known of a shape. */
  private static final class Known {
    final long generation;
    final long schemaGeneration;
    int texts;
    @Nullable ProgramTemplate template;

    Known(ConnectionState connection) {
      generation = connection.compileGeneration();
      schemaGeneration = connection.schemaGeneration();
    }

    boolean isCurrent(ConnectionState connection) {
      return generation == connection.compileGeneration()
          && schemaGeneration == connection.schemaGeneration();
    }
  }

  /** The one used last at the end. */
  private final Map<String, Known> shapes = new LinkedHashMap<>(16, 0.75f, true);

  /** The program of a text that is like others before; null if it has to be compiled. */
  @Nullable CompiledStatement find(SqlCompiler compiler, ConnectionState connection, String sql) {
    LiteralShape shape = LiteralShape.of(sql);
    if (shape == null || connection.hooks().authorizer() != null) {
      return null;
    }
    String key = shape.key();
    Known known = shapes.get(key);
    if (known == null || !known.isCurrent(connection)) {
      shapes.put(key, new Known(connection));
      if (shapes.size() > CAPACITY) {
        shapes.remove(shapes.keySet().iterator().next());
      }
      return null;
    }
    if (known.texts < TEXTS_BEFORE_TEMPLATE && ++known.texts == TEXTS_BEFORE_TEMPLATE) {
      known.template = template(compiler, connection, shape);
    }
    ProgramTemplate template = known.template;
    if (template == null) {
      return null;
    }
    int end = shape.end();
    Program program = template.fill(sql.substring(0, end), shape.values());
    return new CompiledStatement(program, end);
  }

  private static @Nullable ProgramTemplate template(
      SqlCompiler compiler, ConnectionState connection, LiteralShape shape) {
    if (dependsOnConditions(connection)) {
      return null;
    }
    List<Object> first = unusual(shape.values(), 0);
    List<Object> second = unusual(shape.values(), first.size());
    try {
      Program one = compiler.compileAlone(connection, shape.text(first)).program();
      Program other = compiler.compileAlone(connection, shape.text(second)).program();
      String general = shape.text(Collections.nCopies(first.size(), null));
      Program bound = compiler.compileAlone(connection, general).program();
      return one == null || other == null || bound == null || !bound.assumptions().isEmpty()
          ? null
          : ProgramTemplate.of(one, first, other, second);
    } catch (LibsqlException e) {
      return null; // A text of its own will tell, if there is something to tell.
    }
  }

  /** Whether there are indexes that can be used for certain conditions only. */
  private static boolean dependsOnConditions(ConnectionState connection) {
    for (var database : connection.databases()) {
      for (Index index : database.schema().usedIndexes()) {
        if (index.isPartial() || index.isOnExpressions()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Values of the same kinds as others, equal to each other where those are. */
  private static List<Object> unusual(List<Object> values, int from) {
    List<Object> result = new ArrayList<>();
    for (Object value : values) {
      int number = from + values.indexOf(value);
      if (value instanceof Long integer) {
        result.add((integer == integer.intValue() ? UNUSUAL_INT : UNUSUAL_LONG) + number);
      } else if (value instanceof Double) {
        result.add(UNUSUAL_INT + number + 0.25);
      } else {
        result.add("unusual " + number);
      }
    }
    return result;
  }
}

package org.libsql4j;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * How the properties of an object become the values of named parameters. Made once for a type, for
 * example a record, and used for any number of objects and statements:
 *
 * <pre>{@code
 * record Person(long id, String name) {}
 *
 * static final Binder<Person> PERSON = Binder.of("id", Person::id).and("name", Person::name);
 *
 * connection.execute("INSERT INTO person VALUES (:id, :name)", PERSON.bind(new Person(1, "Ada")));
 * }</pre>
 *
 * <p>Immutable. There is no reflection in it, so it works alike on Android and in native images.
 *
 * @param <T> the type of the objects
 */
public final class Binder<T> {
  private record Property<T>(String name, Function<? super T, ? extends @Nullable Object> value) {}

  private final List<Property<T>> properties;

  private Binder(List<Property<T>> properties) {
    this.properties = properties;
  }

  static <T> Binder<T> ofNothing() {
    return new Binder<>(new ArrayList<>());
  }

  /**
   * A binder of one property.
   *
   * @param name of the parameter, without the prefix {@code : @ $ ?}
   * @param value what it gets, of a type that {@link Statement#bindObject} takes
   */
  public static <T> Binder<T> of(
      String name, Function<? super T, ? extends @Nullable Object> value) {
    return Binder.<T>ofNothing().and(name, value);
  }

  /**
   * This binder, and one property more.
   *
   * @param name of the parameter, without the prefix {@code : @ $ ?}
   * @param value what it gets, of a type that {@link Statement#bindObject} takes
   * @throws LibsqlException MISUSE "name given twice: a"
   */
  public Binder<T> and(String name, Function<? super T, ? extends @Nullable Object> value) {
    if (indexOf(name) >= 0) {
      throw new LibsqlException(ResultCode.MISUSE, "name given twice: " + name);
    }
    List<Property<T>> more = new ArrayList<>(properties);
    more.add(new Property<>(name, value));
    return new Binder<>(more);
  }

  /**
   * The same with some of the properties, for statements that have no parameters for the others.
   *
   * @throws LibsqlException MISUSE "no such name: a", "name given twice: a"
   */
  public Binder<T> only(String... wanted) {
    Binder<T> part = ofNothing();
    for (String name : wanted) {
      int index = indexOf(name);
      if (index < 0) {
        throw new LibsqlException(ResultCode.MISUSE, "no such name: " + name);
      }
      part = part.and(name, properties.get(index).value());
    }
    return part;
  }

  /** The values of an object, which is looked at when they are bound. */
  public Parameters bind(T object) {
    return statement -> bindTo(statement, object);
  }

  private void bindTo(Statement statement, T object) {
    boolean[] used = new boolean[properties.size()];
    int count = statement.parameterCount();
    for (int i = 1; i <= count; i++) {
      String parameter = statement.parameterName(i);
      if (parameter == null) {
        throw new LibsqlException(ResultCode.RANGE, "parameter " + i + " has no name");
      }
      int index = indexOfParameter(parameter);
      if (index < 0) {
        throw new LibsqlException(ResultCode.RANGE, "no value for parameter " + parameter);
      }
      used[index] = true;
      bind(statement, i, parameter, properties.get(index).value().apply(object));
    }
    for (int i = 0; i < used.length; i++) {
      if (!used[i]) {
        throw new LibsqlException(
            ResultCode.RANGE, "no such parameter: " + properties.get(i).name());
      }
    }
  }

  private static void bind(
      Statement statement, int index, String parameter, @Nullable Object value) {
    try {
      statement.bindObject(index, value);
    } catch (LibsqlException e) {
      if (e.resultCode() != ResultCode.MISMATCH) {
        throw e;
      }
      throw new LibsqlException(ResultCode.MISMATCH, e.getMessage() + " to " + parameter, e);
    }
  }

  private int indexOf(String name) {
    for (int i = 0; i < properties.size(); i++) {
      if (properties.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The property for the name of a parameter, which has a prefix of one character. */
  private int indexOfParameter(String parameter) {
    for (int i = 0; i < properties.size(); i++) {
      String name = properties.get(i).name();
      if (parameter.length() == name.length() + 1 && parameter.endsWith(name)) {
        return i;
      }
    }
    return -1;
  }
}

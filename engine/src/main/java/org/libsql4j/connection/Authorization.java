package org.libsql4j.connection;

import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/**
 * Asks the authorizer of a connection, if there is one, while one statement is compiled.
 *
 * <p>A refusal is an exception; "ignore" is an answer, and what it means is up to whoever asked.
 */
public final class Authorization {
  private final ConnectionState connection;

  /** The innermost view or trigger that is being compiled; null outside. */
  private @Nullable String context;

  /** Asks the authorizer of a connection. */
  public Authorization(ConnectionState connection) {
    this.connection = connection;
  }

  /** Whether there is an authorizer at all. */
  public boolean isActive() {
    return connection.hooks().authorizer() != null;
  }

  /** Says that what follows belongs to a view or trigger; returns what to restore afterwards. */
  public @Nullable String enter(@Nullable String viewOrTrigger) {
    String outer = context;
    context = viewOrTrigger;
    return outer;
  }

  /** Back to what {@link #enter} returned. */
  public void leave(@Nullable String outer) {
    context = outer;
  }

  /** The innermost view or trigger that is being compiled; null outside. */
  public @Nullable String context() {
    return context;
  }

  /**
   * Asks for an action.
   *
   * @param action one of the constants of {@link Authorizer}
   * @return false if it is to be ignored
   * @throws LibsqlException AUTH "not authorized"; ERROR "authorizer malfunction"
   */
  public boolean allows(
      int action, @Nullable String first, @Nullable String second, @Nullable String database) {
    return answer(action, first, second, database, "not authorized");
  }

  /** Asks for an action on a database by its number. */
  public boolean allows(int action, @Nullable String first, @Nullable String second, int database) {
    return !isActive() || allows(action, first, second, connection.database(database).name());
  }

  /** Asks whether a column may be read. */
  public boolean allowsRead(String table, String column, @Nullable String database) {
    if (!isActive()) {
      return true;
    }
    boolean qualified = connection.databases().size() > 2 || !"main".equalsIgnoreCase(database);
    String name = table + "." + column;
    return answer(
        Authorizer.READ,
        table,
        column,
        database,
        "access to " + (qualified ? database + "." + name : name) + " is prohibited");
  }

  /** Asks whether a function may be called. */
  public boolean allowsFunction(String name) {
    return answer(Authorizer.FUNCTION, null, name, null, "not authorized to use function: " + name);
  }

  private boolean answer(
      int action,
      @Nullable String first,
      @Nullable String second,
      @Nullable String database,
      String refusal) {
    Authorizer authorizer = connection.hooks().authorizer();
    if (authorizer == null) {
      return true;
    }
    return switch (authorizer.authorize(action, first, second, database, context)) {
      case Authorizer.OK -> true;
      case Authorizer.IGNORE -> false;
      case Authorizer.DENY -> throw new LibsqlException(ResultCode.AUTH, refusal);
      default -> throw new LibsqlException(ResultCode.ERROR, "authorizer malfunction");
    };
  }
}

package org.libsql4j.jdbc;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.connection.Limit;
import org.libsql4j.vfs.VirtualFileSystem;

/** Everything that a URL and properties say about a connection. */
final class ConnectionOptions {
  private static final int OPEN_READ_ONLY = 1;
  private static final int OPEN_CREATE = 4;
  private static final int OPEN_MEMORY = 0x80;
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?");

  private final Map<DriverSetting, String> settings;
  private final Database database;
  private final boolean readOnly;
  private final TransactionMode transactionMode;
  private final DateFormat dates;

  private ConnectionOptions(String path, Map<DriverSetting, String> settings) throws SQLException {
    this.settings = settings;
    int flags = integer(DriverSetting.OPEN_MODE, OPEN_CREATE | OPEN_READ_ONLY << 1);
    String mode = get(DriverSetting.MODE, "");
    this.readOnly = mode.equals("ro") || (flags & OPEN_READ_ONLY) != 0;
    this.transactionMode =
        choice(TransactionMode.class, DriverSetting.TRANSACTION_MODE, TransactionMode.DEFERRED);
    this.dates = dateFormat();
    boolean memory = mode.equals("memory") || (flags & OPEN_MEMORY) != 0 || isMemory(path);
    this.database = database(path, memory, !mode.equals("rw") && (flags & OPEN_CREATE) != 0);
  }

  /**
   * @throws SQLException if an option is unknown or its value makes no sense
   */
  static ConnectionOptions of(String url, @Nullable Properties properties) throws SQLException {
    ConnectionUrl parts = ConnectionUrl.parse(url);
    Map<DriverSetting, String> settings = new EnumMap<>(DriverSetting.class);
    if (properties != null) {
      for (String name : properties.stringPropertyNames()) {
        put(settings, name, String.valueOf(properties.getProperty(name)));
      }
    }
    for (Map.Entry<String, String> parameter : parts.parameters().entrySet()) {
      put(settings, parameter.getKey(), parameter.getValue());
    }
    if (!settings.getOrDefault(DriverSetting.PASSWORD, "").isEmpty()) {
      throw SqlErrors.unsupported("a password: encryption");
    }
    return new ConnectionOptions(parts.path(), settings);
  }

  private static void put(Map<DriverSetting, String> settings, String name, String value)
      throws SQLException {
    DriverSetting setting = DriverSetting.find(name);
    if (setting == null) {
      throw SqlErrors.badArgument("unknown connection option: " + name);
    }
    String[] choices = setting.choices();
    if (choices != null && setting.kind() == DriverSetting.Kind.DRIVER) {
      checkChoice(name, value, choices);
    }
    settings.put(setting, value);
  }

  private static void checkChoice(String name, String value, String[] choices) throws SQLException {
    for (String choice : choices) {
      if (choice.equalsIgnoreCase(value)) {
        return;
      }
    }
    throw SqlErrors.badArgument(
        "connection option "
            + name
            + " cannot be "
            + value
            + ", but "
            + String.join(", ", choices));
  }

  private String get(DriverSetting setting, String otherwise) {
    return settings.getOrDefault(setting, otherwise);
  }

  private int integer(DriverSetting setting, int otherwise) throws SQLException {
    String text = settings.get(setting);
    if (text == null) {
      return otherwise;
    }
    try {
      return Integer.parseInt(text.trim());
    } catch (NumberFormatException e) {
      throw SqlErrors.badArgument(
          "connection option " + setting.key() + " is not a number: " + text);
    }
  }

  private <E extends Enum<E>> E choice(Class<E> type, DriverSetting setting, E otherwise) {
    String text = settings.get(setting);
    return text == null ? otherwise : Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
  }

  private DateFormat dateFormat() throws SQLException {
    DateClass dateClass = choice(DateClass.class, DriverSetting.DATE_CLASS, DateClass.INTEGER);
    boolean inSeconds = get(DriverSetting.DATE_PRECISION, "").equalsIgnoreCase("SECONDS");
    String pattern = get(DriverSetting.DATE_STRING_FORMAT, DateFormat.DEFAULT_PATTERN);
    try {
      return new DateFormat(dateClass, inSeconds, pattern);
    } catch (IllegalArgumentException e) {
      throw SqlErrors.badArgument("not a pattern for dates: " + pattern);
    }
  }

  private static boolean isMemory(String path) {
    return path.equals(":memory:");
  }

  private Database database(String path, boolean memory, boolean create) throws SQLException {
    Database.Builder builder;
    if (memory && get(DriverSetting.CACHE, "").equalsIgnoreCase("shared")) {
      VirtualFileSystem shared = SharedMemoryDatabases.named(path);
      builder = Database.builder("/" + (isMemory(path) ? "memory" : path)).vfs(shared);
    } else {
      builder = Database.builder(memory ? ":memory:" : path);
    }
    return builder
        .readOnly(readOnly)
        .create(create)
        .immutable(get(DriverSetting.IMMUTABLE, "0").equals("1"))
        .readOnlySharedMemory(get(DriverSetting.READONLY_SHM, "0").equals("1"))
        .busyTimeoutMillis(
            integer(DriverSetting.BUSY_TIMEOUT, Database.DEFAULT_BUSY_TIMEOUT_MILLIS))
        .build();
  }

  // ---- what they say
  // ------------------------------------------------------------------------------

  Database database() {
    return database;
  }

  boolean isReadOnly() {
    return readOnly;
  }

  TransactionMode transactionMode() {
    return transactionMode;
  }

  DateFormat dates() {
    return dates;
  }

  /** Runs the pragmas and sets the limits. */
  void setUp(Connection connection) throws SQLException {
    for (Map.Entry<DriverSetting, String> entry : settings.entrySet()) {
      DriverSetting setting = entry.getKey();
      String value = entry.getValue();
      Limit limit = setting.limit();
      if (limit != null) {
        connection.state().setLimit(limit, integer(setting, -1));
      } else if (setting.kind() == DriverSetting.Kind.PRAGMA) {
        String argument = NUMBER.matcher(value).matches() ? value : Identifiers.literal(value);
        connection.execute("PRAGMA " + setting.pragma() + " = " + argument);
      }
    }
  }
}

package org.libsql4j.jdbc;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.libsql4j.Database;
import org.libsql4j.EncryptionConfig;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.TransactionMode;
import org.libsql4j.connection.FileName;
import org.libsql4j.connection.Limit;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.vfs.NioVfs;

/** Everything that a URL and properties say about a connection. */
final class ConnectionOptions {
  private static final DriverSetting[] URI_PARAMETERS = {
    DriverSetting.MODE,
    DriverSetting.CACHE,
    DriverSetting.IMMUTABLE,
    DriverSetting.NOLOCK,
    DriverSetting.READONLY_SHM,
    DriverSetting.PSOW,
    DriverSetting.MODEOF,
    DriverSetting.VFS,
  };

  private static final int OPEN_READ_ONLY = 1;
  private static final int OPEN_CREATE = 4;
  private static final int OPEN_MEMORY = 0x80;
  private static final int OPEN_SHARED_CACHE = 0x20000;
  private static final String NUMBER = "[-+]?\\d+(\\.\\d+)?";

  private final Map<DriverSetting, String> settings;
  private final Database database;
  private final boolean isLocal;
  private final boolean readOnly;
  private final TransactionMode transactionMode;
  private final DateFormat dates;
  private final DriverProfile profile;

  private ConnectionOptions(String path, Map<DriverSetting, String> settings, DriverProfile profile)
      throws SQLException {
    this.settings = settings;
    this.profile = profile;
    int flags = integer(DriverSetting.OPEN_MODE, OPEN_CREATE | OPEN_READ_ONLY << 1);
    String mode = get(DriverSetting.MODE, "");
    this.readOnly = mode.equals("ro") || (flags & OPEN_READ_ONLY) != 0;
    this.transactionMode =
        choice(TransactionMode.class, DriverSetting.TRANSACTION_MODE, TransactionMode.DEFERRED);
    this.dates = dateFormat();
    if ((flags & OPEN_SHARED_CACHE) != 0) {
      settings.put(DriverSetting.CACHE, "shared");
    }
    boolean memory = mode.equals("memory") || (flags & OPEN_MEMORY) != 0 || isMemory(path);
    Database.Builder builder =
        Database.builder(databaseName(path, memory))
            .readOnly((flags & OPEN_READ_ONLY) != 0)
            .create((flags & OPEN_CREATE) != 0)
            .statementCacheSize(statementCacheSize())
            .stat4(!get(DriverSetting.STAT4, "true").equalsIgnoreCase("false"))
            .busyTimeoutMillis(
                integer(DriverSetting.BUSY_TIMEOUT, Database.DEFAULT_BUSY_TIMEOUT_MILLIS));
    addPragmasAndLimits(builder);
    String key = get(DriverSetting.ENCRYPTIONKEY, "");
    if (!key.isEmpty()) {
      builder.encryption(EncryptionConfig.aes256Cbc(key));
    }
    ReplicaOptions replica = ReplicaSetup.options(settings);
    this.isLocal = replica == null;
    if (replica != null) {
      builder.sharedReplica(replica);
    }
    try {
      this.database = builder.build();
    } catch (LibsqlException e) {
      throw SqlErrors.of(e);
    }
  }

  private void addPragmasAndLimits(Database.Builder builder) throws SQLException {
    Map<Limit, Integer> limits = new EnumMap<>(Limit.class);
    for (Map.Entry<DriverSetting, String> entry : settings.entrySet()) {
      DriverSetting setting = entry.getKey();
      String value = entry.getValue();
      Limit limit = setting.limit();
      if (limit != null) {
        limits.put(limit, integer(setting, -1));
      } else if (setting.kind() == DriverSetting.Kind.PRAGMA) {
        boolean bare = isNumber(value);
        builder.pragma(setting.pragma(), bare ? new BigDecimal(value) : value);
      }
    }
    if (!limits.isEmpty()) {
      builder.onConnect(connection -> limits.forEach(connection::setLimit));
    }
  }

  static boolean isNumber(String value) {
    return Pattern.matches(NUMBER, value);
  }

  private ConnectionOptions(Map<DriverSetting, String> settings, Database database)
      throws SQLException {
    this.settings = settings;
    this.profile = DriverProfile.LIBSQL;
    this.database = database;
    this.isLocal = false;
    this.readOnly = RemoteSetup.isReadOnly(settings);
    this.transactionMode =
        choice(TransactionMode.class, DriverSetting.TRANSACTION_MODE, TransactionMode.DEFERRED);
    this.dates = dateFormat();
  }

  /** What every connection has unless something else is said, to a database as it is. */
  static ConnectionOptions of(Database database) throws SQLException {
    return new ConnectionOptions(new EnumMap<>(DriverSetting.class), database);
  }

  /**
   * @throws SQLException if an option is unknown or its value makes no sense
   */
  static ConnectionOptions of(String url, @Nullable Properties properties, DriverProfile profile)
      throws SQLException {
    ConnectionUrl parts = ConnectionUrl.parse(url, profile.urlPrefix());
    Map<DriverSetting, String> settings = new EnumMap<>(DriverSetting.class);
    for (Map.Entry<String, String> option : profile.defaults().entrySet()) {
      put(settings, option.getKey(), option.getValue(), profile);
    }
    if (properties != null) {
      for (Map.Entry<String, String> property : texts(properties).entrySet()) {
        put(settings, property.getKey(), property.getValue(), profile);
      }
    }
    for (Map.Entry<String, String> parameter : parts.parameters().entrySet()) {
      put(settings, parameter.getKey(), parameter.getValue(), profile);
    }
    if (parts.isRemote()) {
      return new ConnectionOptions(settings, new RemoteSetup(settings).database(parts.path()));
    }
    if (!settings.getOrDefault(DriverSetting.PASSWORD, "").isEmpty()) {
      if (!profile.isLenient()) {
        throw SqlErrors.unsupported("a password (the option encryptionKey encrypts)");
      }
      logger().warning("passwords have no effect: encryptionKey is what encrypts");
    }
    return new ConnectionOptions(parts.path(), settings, profile);
  }

  /** Properties with their defaults; those that are numbers and the like count, too. */
  static Map<String, String> texts(Properties properties) {
    Map<String, String> texts = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      texts.put(name, String.valueOf(properties.getProperty(name)));
    }
    for (Map.Entry<Object, Object> entry : properties.entrySet()) {
      texts.put(String.valueOf(entry.getKey()), String.valueOf(entry.getValue()));
    }
    return texts;
  }

  private static void put(
      Map<DriverSetting, String> settings, String name, String value, DriverProfile profile)
      throws SQLException {
    DriverSetting setting = DriverSetting.find(name);
    if (setting == null && profile.isLenient()) {
      logger().fine(() -> "connection option without effect: " + name);
      return;
    }
    if (setting == null) {
      throw OptionCheck.unknown(name);
    }
    checkUriParameter(setting, value);
    if (setting.kind() == DriverSetting.Kind.DRIVER || !profile.isLenient()) {
      OptionCheck.value(setting, name, value);
    }
    settings.put(setting, value);
  }

  /** The texts are the engine's. */
  private static void checkUriParameter(DriverSetting setting, String value) throws SQLException {
    try {
      FileName name = new FileName("", Map.of(setting.key(), value));
      name.mode();
      name.cache();
      name.vfs(NioVfs.instance());
    } catch (LibsqlException e) {
      throw SqlErrors.badArgument(e.getMessage());
    }
  }

  /** Looked up where there is something to say: setting up logging takes the JVM a while. */
  private static Logger logger() {
    return Logger.getLogger(ConnectionOptions.class.getName());
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
      return new DateFormat(dateClass, inSeconds, pattern, profile.isLenient());
    } catch (IllegalArgumentException e) {
      throw SqlErrors.badArgument("not a pattern for dates: " + pattern);
    }
  }

  private static boolean isMemory(String path) {
    return path.equals(":memory:");
  }

  /** The path, or a URI with what the engine has to know of the options. */
  private String databaseName(String path, boolean memory) {
    StringBuilder query = new StringBuilder();
    for (DriverSetting setting : URI_PARAMETERS) {
      String value = settings.get(setting);
      if (value != null) {
        query.append(query.length() == 0 ? '?' : '&').append(setting.key()).append('=');
        encode(query, value);
      }
    }
    if (memory && settings.get(DriverSetting.MODE) == null && !isMemory(path)) {
      query.append(query.length() == 0 ? "?" : "&").append("mode=memory");
    }
    if (query.length() == 0 && !path.startsWith("file:")) {
      return path;
    }
    StringBuilder uri = new StringBuilder(path.startsWith("//") ? "file://" : "file:");
    encode(uri, path);
    return uri.append(query).toString();
  }

  private static void encode(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '%', '?', '#', '&', '=' ->
            out.append('%').append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
        default -> out.append(c);
      }
    }
  }

  /** Whether they mean the same at any later time, and hold nothing secret. */
  boolean dependOnUrlAlone() {
    for (DriverSetting setting : settings.keySet()) {
      if (setting == DriverSetting.VFS || setting.isSecret()) {
        return false;
      }
    }
    return isLocal;
  }

  // ---- what they say
  // ------------------------------------------------------------------------------

  DriverProfile profile() {
    return profile;
  }

  Database database() {
    return database;
  }

  /** How many prepared statements a connection keeps; 0 for none. */
  int statementCacheSize() throws SQLException {
    return integer(DriverSetting.STATEMENT_CACHE_SIZE, Database.DEFAULT_STATEMENT_CACHE_SIZE);
  }

  boolean isReadOnly() {
    return readOnly;
  }

  TransactionMode transactionMode() {
    return transactionMode;
  }

  /** What was given for an option, or is the driver's default; null for none of these. */
  @Nullable String option(String name) {
    DriverSetting setting = DriverSetting.find(name);
    return setting == null || setting.isSecret() ? null : settings.get(setting);
  }

  DateFormat dates() {
    return dates;
  }
}

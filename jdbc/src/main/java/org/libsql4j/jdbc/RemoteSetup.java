package org.libsql4j.jdbc;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.Database;
import org.libsql4j.RemoteBuilder;
import org.libsql4j.error.LibsqlException;

/** Makes the database of a URL with a server in it. */
final class RemoteSetup {
  private final Map<DriverSetting, String> settings;

  RemoteSetup(Map<DriverSetting, String> settings) {
    this.settings = settings;
  }

  static boolean isReadOnly(Map<DriverSetting, String> settings) {
    return "ro".equals(settings.get(DriverSetting.MODE))
        || "1".equals(settings.get(DriverSetting.OPEN_MODE));
  }

  /**
   * @param url without parameters
   * @throws SQLException if a setting makes no sense, or the module for it is not there
   */
  Database database(String url) throws SQLException {
    if (settings.containsKey(DriverSetting.SYNCURL)) {
      throw SqlErrors.badArgument("syncUrl needs a local file, not a database on a server");
    }
    String tls = settings.get(DriverSetting.TLS);
    try {
      RemoteBuilder builder =
          Database.remoteBuilder(tls == null ? url : url + "?tls=" + tls)
              .readOnly(isReadOnly(settings))
              .statementCacheSize(
                  number(
                      DriverSetting.STATEMENT_CACHE_SIZE, Database.DEFAULT_STATEMENT_CACHE_SIZE));
      setAccess(builder);
      setTimeouts(builder);
      setPragmas(builder);
      return builder.build();
    } catch (LibsqlException e) {
      throw SqlErrors.ofConnecting(e);
    }
  }

  private void setAccess(RemoteBuilder builder) {
    String password = settings.getOrDefault(DriverSetting.PASSWORD, "");
    builder.authToken(settings.getOrDefault(DriverSetting.AUTHTOKEN, password));
    String namespace = settings.get(DriverSetting.NAMESPACE);
    if (namespace != null) {
      builder.namespace(namespace);
    }
    Path certificates = path(DriverSetting.TLSCERTIFICATES);
    Path keys = path(DriverSetting.TLSKEYSTORE);
    if (certificates != null || keys != null) {
      builder.tls(certificates, keys, settings.get(DriverSetting.TLSKEYSTOREPASSWORD));
    }
  }

  private @Nullable Path path(DriverSetting setting) {
    String text = settings.get(setting);
    return text == null ? null : Paths.get(text);
  }

  private void setTimeouts(RemoteBuilder builder) throws SQLException {
    if (settings.containsKey(DriverSetting.CONNECTTIMEOUT)) {
      builder.connectTimeout(Duration.ofSeconds(number(DriverSetting.CONNECTTIMEOUT, 0)));
    }
    if (settings.containsKey(DriverSetting.REQUESTTIMEOUT)) {
      builder.requestTimeout(Duration.ofSeconds(number(DriverSetting.REQUESTTIMEOUT, 0)));
    }
    if (settings.containsKey(DriverSetting.IDLETIMEOUT)) {
      builder.idleTimeout(Duration.ofSeconds(number(DriverSetting.IDLETIMEOUT, 0)));
    }
  }

  private void setPragmas(RemoteBuilder builder) {
    for (Map.Entry<DriverSetting, String> entry : settings.entrySet()) {
      DriverSetting setting = entry.getKey();
      String value = entry.getValue();
      if (setting == DriverSetting.FOREIGN_KEYS) {
        builder.foreignKeys(isTrue(value));
      } else if (setting.kind() == DriverSetting.Kind.PRAGMA) {
        boolean bare = ConnectionOptions.isNumber(value);
        builder.pragma(setting.pragma(), bare ? new BigDecimal(value) : value);
      }
    }
  }

  private static boolean isTrue(String value) {
    return value.equals("1")
        || value.equalsIgnoreCase("true")
        || value.equalsIgnoreCase("on")
        || value.equalsIgnoreCase("yes");
  }

  private int number(DriverSetting setting, int otherwise) throws SQLException {
    String text = settings.get(setting);
    try {
      return text == null ? otherwise : Integer.parseInt(text.trim());
    } catch (NumberFormatException e) {
      throw SqlErrors.badArgument(
          "connection option " + setting.key() + " is not a number: " + text);
    }
  }
}

package org.libsql4j.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.ReplicaOptions.Protocol;

/** Reads from a URL's options what its file is a replica of. */
final class ReplicaSetup {
  private final Map<DriverSetting, String> settings;

  private ReplicaSetup(Map<DriverSetting, String> settings) {
    this.settings = settings;
  }

  /** Null if it is none. */
  static @Nullable ReplicaOptions options(Map<DriverSetting, String> settings) throws SQLException {
    String url = settings.get(DriverSetting.SYNCURL);
    return url == null ? null : new ReplicaSetup(settings).options(url);
  }

  private ReplicaOptions options(String url) throws SQLException {
    ReplicaOptions options =
        isTrue(DriverSetting.OFFLINE, false)
            ? ReplicaOptions.syncedDatabase(url)
            : ReplicaOptions.of(url).syncProtocol(protocol());
    options
        .authToken(settings.getOrDefault(DriverSetting.AUTHTOKEN, ""))
        .readYourWrites(isTrue(DriverSetting.READYOURWRITES, true))
        .degradeToLocalReads(isTrue(DriverSetting.DEGRADETOLOCALREADS, true))
        .syncInterval(seconds(DriverSetting.SYNCINTERVAL, Duration.ZERO))
        .syncTimeout(seconds(DriverSetting.SYNCTIMEOUT, options.syncTimeout()))
        .connectTimeout(seconds(DriverSetting.CONNECTTIMEOUT, options.connectTimeout()))
        .readTimeout(seconds(DriverSetting.REQUESTTIMEOUT, options.readTimeout()))
        .retryAttempts((int) number(DriverSetting.RETRYATTEMPTS, options.retryAttempts()))
        .retryDelays(
            millis(DriverSetting.RETRYDELAY, options.firstRetryDelay()),
            millis(DriverSetting.RETRYMAXDELAY, options.longestRetryDelay()))
        .circuitBreaker(
            (int) number(DriverSetting.CIRCUITFAILURES, options.circuitFailures()),
            seconds(DriverSetting.CIRCUITPAUSE, options.circuitPause()))
        .failoverUrls(list(DriverSetting.FAILOVERURLS));
    String namespace = settings.get(DriverSetting.NAMESPACE);
    if (namespace != null) {
      options.namespace(namespace);
    }
    String key = settings.get(DriverSetting.REMOTEENCRYPTIONKEY);
    return key == null ? options : options.remoteEncryptionKey(key);
  }

  private Protocol protocol() {
    String text = settings.getOrDefault(DriverSetting.SYNCPROTOCOL, "auto");
    if (text.equalsIgnoreCase("v1")) {
      return Protocol.V1;
    }
    return text.equalsIgnoreCase("v2") ? Protocol.V2 : Protocol.AUTO;
  }

  private boolean isTrue(DriverSetting setting, boolean otherwise) {
    String text = settings.get(setting);
    return text == null ? otherwise : text.equalsIgnoreCase("true");
  }

  private Duration millis(DriverSetting setting, Duration otherwise) throws SQLException {
    return Duration.ofMillis(number(setting, otherwise.toMillis()));
  }

  private Duration seconds(DriverSetting setting, Duration otherwise) throws SQLException {
    return Duration.ofSeconds(number(setting, otherwise.getSeconds()));
  }

  private long number(DriverSetting setting, long otherwise) throws SQLException {
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

  private List<String> list(DriverSetting setting) {
    List<String> values = new ArrayList<>();
    for (String value : settings.getOrDefault(setting, "").split(",", -1)) {
      if (!value.trim().isEmpty()) {
        values.add(value.trim());
      }
    }
    return values;
  }
}

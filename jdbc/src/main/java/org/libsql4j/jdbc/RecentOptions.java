package org.libsql4j.jdbc;

import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What the URLs used last mean: many connections of an application are opened by the same one.
 *
 * <p>Nothing secret is kept, and nothing of what depends on more than the URL.
 */
final class RecentOptions {
  private static final int COUNT = 16;

  private record Entry(String url, DriverProfile profile, ConnectionOptions options) {}

  private static final AtomicReferenceArray<@Nullable Entry> ENTRIES =
      new AtomicReferenceArray<>(COUNT);

  private RecentOptions() {}

  /** As {@link ConnectionOptions#of(String, Properties, DriverProfile)}. */
  static ConnectionOptions of(String url, @Nullable Properties properties, DriverProfile profile)
      throws SQLException {
    if (properties != null && !ConnectionOptions.texts(properties).isEmpty()) {
      return ConnectionOptions.of(url, properties, profile);
    }
    int place = url.hashCode() & (COUNT - 1);
    Entry entry = ENTRIES.get(place);
    if (entry != null && entry.profile == profile && entry.url.equals(url)) {
      return entry.options;
    }
    ConnectionOptions options = ConnectionOptions.of(url, null, profile);
    if (options.dependOnUrlAlone()) {
      ENTRIES.set(place, new Entry(url, profile, options));
    }
    return options;
  }
}

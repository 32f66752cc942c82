package org.sqlite;

import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Options of sqlite-jdbc that have another name in the driver behind. */
final class OptionNames {
  private OptionNames() {}

  static @Nullable Properties translate(@Nullable Properties properties) {
    if (properties == null) {
      return null;
    }
    Properties result = new Properties();
    for (String name : properties.stringPropertyNames()) {
      String value = String.valueOf(properties.getProperty(name));
      if (name.equals(SQLiteConfig.Pragma.SHARED_CACHE.pragmaName)) {
        if (Boolean.parseBoolean(value)) {
          result.setProperty("cache", "shared");
        }
      } else if (name.equals(SQLiteConfig.Pragma.EMPTY_RESULT_CALLBACKS.pragmaName)) {
        result.setProperty("empty_result_callbacks", value);
      } else {
        result.setProperty(name, value);
      }
    }
    return result;
  }
}

package org.libsql4j.connection;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.VfsRegistry;
import org.libsql4j.vfs.VirtualFileSystem;

/**
 * The name of a database as ATTACH and the API take it: a path, or a URI that begins with {@code
 * file:} and carries options.
 *
 * <p>Source: <a href="https://www.sqlite.org/uri.html">Uniform Resource Identifiers</a>.
 *
 * @param path the path without scheme and options, percent signs decoded
 * @param parameters the options in their order
 */
public record FileName(String path, Map<String, String> parameters) {
  private static final String SCHEME = "file:";

  /** SQLite's name for files of the operating system without locks. */
  private static final String WITHOUT_LOCKS = "unix-none";

  /** Takes a name apart. */
  public static FileName parse(String name) {
    if (!name.startsWith(SCHEME)) {
      return new FileName(name, Map.of());
    }
    String rest = withoutAuthority(name.substring(SCHEME.length()));
    int fragment = rest.indexOf('#');
    if (fragment >= 0) {
      rest = rest.substring(0, fragment);
    }
    int query = rest.indexOf('?');
    if (query < 0) {
      return new FileName(decode(rest), Map.of());
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : rest.substring(query + 1).split("&")) {
      int equals = pair.indexOf('=');
      String key = decode(equals < 0 ? pair : pair.substring(0, equals));
      if (!key.isEmpty()) {
        parameters.put(key, equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return new FileName(decode(rest.substring(0, query)), parameters);
  }

  private static String withoutAuthority(String rest) {
    if (!rest.startsWith("//")) {
      return rest;
    }
    int end = rest.indexOf('/', 2);
    String authority = rest.substring(2, end < 0 ? rest.length() : end);
    if (!authority.isEmpty() && !authority.equals("localhost")) {
      throw new LibsqlException(ResultCode.ERROR, "invalid uri authority: " + authority);
    }
    return end < 0 ? "" : rest.substring(end);
  }

  /** Replaces %XX; the text after %00 is dropped. */
  private static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
      if (bytes[i] != '%' || low < 0) {
        out.write(bytes[i]);
        continue;
      }
      if (high == 0 && low == 0) {
        break;
      }
      out.write(high << 4 | low);
      i += 2;
    }
    return new String(out.toByteArray(), StandardCharsets.UTF_8);
  }

  /** The option mode: ro, rw, rwc or memory; null if it is not given. */
  public @Nullable String mode() {
    String mode = parameters.get("mode");
    if (mode == null) {
      return null;
    }
    return switch (mode) {
      case "ro", "rw", "rwc", "memory" -> mode;
      default -> throw new LibsqlException(ResultCode.ERROR, "no such access mode: " + mode);
    };
  }

  /**
   * The option cache: shared or private; null if it is not given.
   *
   * @throws LibsqlException ERROR "no such cache mode: x"
   */
  public @Nullable String cache() {
    String cache = parameters.get("cache");
    if (cache != null && !cache.equals("shared") && !cache.equals("private")) {
      throw new LibsqlException(ResultCode.ERROR, "no such cache mode: " + cache);
    }
    return cache;
  }

  /**
   * The file system that the option vfs names.
   *
   * @param otherwise what to use if the option is not given
   * @throws LibsqlException ERROR "no such vfs: x"
   */
  public VirtualFileSystem vfs(VirtualFileSystem otherwise) {
    String name = parameters.get("vfs");
    if (name == null || name.equals(WITHOUT_LOCKS)) {
      return otherwise;
    }
    VirtualFileSystem found = VfsRegistry.find(name);
    if (found == null) {
      throw new LibsqlException(ResultCode.ERROR, "no such vfs: " + name);
    }
    return found;
  }

  /** Whether the caller takes care that nobody else uses the file. */
  public boolean isWithoutLocks() {
    return isSet("nolock") || WITHOUT_LOCKS.equals(parameters.get("vfs"));
  }

  /** Whether an option is on: 1, yes, true, on or another number than 0. */
  public boolean isSet(String option) {
    String value = parameters.get(option);
    if (value == null) {
      return false;
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "yes", "true", "on" -> true;
      default -> value.matches("0*[1-9][0-9]*");
    };
  }
}

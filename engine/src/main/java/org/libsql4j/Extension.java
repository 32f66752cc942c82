package org.libsql4j;

/**
 * Functions, collations and modules that can be added to a connection by the SQL function {@code
 * load_extension(name)}.
 *
 * <p>Extensions are found by {@link java.util.ServiceLoader}: a provider on the class path or
 * module path names its implementations. Loading them by SQL has to be allowed first, with {@link
 * Connection#enableLoadExtension}.
 */
public interface Extension {
  /** What SQL calls it. */
  String name();

  /** Adds what it has to a connection. */
  void load(Connection connection);
}

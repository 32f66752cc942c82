package org.libsql4j.observe;

/**
 * The connection that an event is of.
 *
 * @param id from 1, in the order in which the connections of this JVM were opened
 * @param path of the main database as it was given: a file, a URI, {@code :memory:}, or empty for a
 *     temporary file
 */
public record ConnectionInfo(long id, String path) {}

package org.libsql4j.jdbc;

/** How dates that the application hands over are stored. */
public enum DateClass {
  /** Milliseconds or seconds since 1970-01-01 UTC. */
  INTEGER,
  /** Text in the connection's date format. */
  TEXT,
  /** A Julian day number. */
  REAL
}

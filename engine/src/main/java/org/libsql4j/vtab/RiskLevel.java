package org.libsql4j.vtab;

/** What harm a table could do if a schema from an untrusted source uses it. */
public enum RiskLevel {
  /** None: always usable in views and triggers. */
  INNOCUOUS,
  /** Usable in views and triggers while {@code PRAGMA trusted_schema} is on. */
  NORMAL,
  /** Only usable in top-level SQL. */
  DIRECT_ONLY
}

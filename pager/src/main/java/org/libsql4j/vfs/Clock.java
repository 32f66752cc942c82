package org.libsql4j.vfs;

/** The time of day and a steadily advancing count. */
public interface Clock {

  /** Milliseconds since 1970-01-01 UTC. */
  long currentTimeMillis();

  /** Nanoseconds since some fixed moment; never goes back. */
  long nanoTime();

  /** That of the platform. */
  static Clock system() {
    return new Clock() {
      @Override
      public long currentTimeMillis() {
        return System.currentTimeMillis();
      }

      @Override
      public long nanoTime() {
        return System.nanoTime();
      }
    };
  }
}

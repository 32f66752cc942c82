package org.libsql4j.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;

/** How long a line of SQL took, for {@code .timer}. */
final class CpuTimer {
  private static final double NANOS_PER_SECOND = 1e9;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final long realNanos = System.nanoTime();
  private final long userNanos = threads.getCurrentThreadUserTime();
  private final long cpuNanos = threads.getCurrentThreadCpuTime();

  /** What has passed since this was made. */
  String report() {
    double user = (threads.getCurrentThreadUserTime() - userNanos) / NANOS_PER_SECOND;
    double cpu = (threads.getCurrentThreadCpuTime() - cpuNanos) / NANOS_PER_SECOND;
    double real = (System.nanoTime() - realNanos) / NANOS_PER_SECOND;
    return String.format(
        Locale.ROOT, "Run Time: real %.3f user %f sys %f", real, user, Math.max(0, cpu - user));
  }
}

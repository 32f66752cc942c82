package org.libsql4j.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A connection had to wait for a lock. */
@Name("libsql4j.LockWait")
@Label("Lock Wait")
@Description("A connection had to wait for a lock")
@Category("libsql4j")
@StackTrace(true)
final class LockWaitEvent extends Event {
  @Label("Connection")
  @Description("Number of the connection in this JVM")
  long connection;

  @Label("Database")
  @Description("The main database of the connection")
  String database = "";

  @Label("File")
  @Description("The database file that was locked")
  String file = "";

  @Label("Purpose")
  @Description("What the lock was wanted for")
  String purpose = "";

  @Label("Elapsed")
  @Timespan(Timespan.NANOSECONDS)
  long elapsed;

  @Label("Acquired")
  @Description("Otherwise it gave up")
  boolean acquired;
}

package org.libsql4j.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A transaction that BEGIN or SAVEPOINT began has ended. */
@Name("libsql4j.Transaction")
@Label("Transaction")
@Description("A transaction that BEGIN or SAVEPOINT began has ended")
@Category("libsql4j")
@StackTrace(true)
final class TransactionEvent extends Event {
  @Label("Connection")
  @Description("Number of the connection in this JVM")
  long connection;

  @Label("Database")
  @Description("The main database of the connection")
  String database = "";

  @Label("Elapsed")
  @Timespan(Timespan.NANOSECONDS)
  long elapsed;

  @Label("Committed")
  @Description("Otherwise it was undone")
  boolean committed;
}

package org.libsql4j.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A connection was opened or closed. */
@Name("libsql4j.Connection")
@Label("Connection")
@Description("A connection was opened or closed")
@Category("libsql4j")
@StackTrace(true)
final class ConnectionEvent extends Event {
  @Label("Connection")
  @Description("Number of the connection in this JVM")
  long connection;

  @Label("Database")
  @Description("The main database of the connection")
  String database = "";

  @Label("Open")
  @Description("Whether it was opened; otherwise it was closed")
  boolean open;

  @Label("Elapsed")
  @Description("How long it was open; 0 if it was opened")
  @Timespan(Timespan.NANOSECONDS)
  long elapsed;
}

package org.libsql4j.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** Pages were moved from a write-ahead log to its database file. */
@Name("libsql4j.Checkpoint")
@Label("Checkpoint")
@Description("Pages were moved from a write-ahead log to its database file")
@Category("libsql4j")
@StackTrace(false)
final class CheckpointEvent extends Event {
  @Label("Connection")
  @Description("Number of the connection in this JVM")
  long connection;

  @Label("Database")
  @Description("The main database of the connection")
  String database = "";

  @Label("Schema")
  @Description("The name of the database in SQL")
  String schema = "";

  @Label("Mode")
  String mode = "";

  @Label("Elapsed")
  @Timespan(Timespan.NANOSECONDS)
  long elapsed;

  @Label("Busy")
  @Description("Whether others were in the way")
  boolean busy;

  @Label("Frames")
  @Description("How many frames the log has")
  long frames;

  @Label("Moved")
  @Description("How many of them are in the database file now")
  long moved;

  @Label("Error")
  @Description("Why it failed; none if it did not")
  @Nullable String error;
}

package org.libsql4j.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A statement was compiled, or found among those compiled before. */
@Name("libsql4j.Prepare")
@Label("Statement Prepared")
@Description("A statement was compiled, or found among those compiled before")
@Category("libsql4j")
@StackTrace(false)
final class PrepareEvent extends Event {
  @Label("Connection")
  @Description("Number of the connection in this JVM")
  long connection;

  @Label("Database")
  @Description("The main database of the connection")
  String database = "";

  @Label("SQL")
  String sql = "";

  @Label("Elapsed")
  @Timespan(Timespan.NANOSECONDS)
  long elapsed;

  @Label("Cached")
  @Description("Whether the program was there already")
  boolean cached;

  @Label("Error")
  @Description("Why it failed; none if it did not")
  @Nullable String error;
}

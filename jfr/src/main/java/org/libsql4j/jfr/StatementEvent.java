package org.libsql4j.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A statement has run, or has failed. */
@Name("libsql4j.Statement")
@Label("Statement Executed")
@Description("A statement has run, or has failed")
@Category("libsql4j")
@StackTrace(true)
final class StatementEvent extends Event {
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

  @Label("Rows")
  @Description("How many rows it gave")
  long rows;

  @Label("Changes")
  @Description("How many rows it changed")
  long changes;

  @Label("Error")
  @Description("Why it failed; none if it did not")
  @Nullable String error;
}

package org.libsql4j.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** An embedded replica has asked its primary for what is new. */
@Name("libsql4j.Sync")
@Label("Replica Sync")
@Description("An embedded replica has asked its primary for what is new")
@Category("libsql4j")
@StackTrace(false)
final class SyncEvent extends Event {
  @Label("File")
  @Description("The local database")
  String file = "";

  @Label("Elapsed")
  @Timespan(Timespan.NANOSECONDS)
  long elapsed;

  @Label("Frames")
  @Description("How many frames were put into the local file")
  long frames;

  @Label("Frame Number")
  @Description("The last frame that the local file has; -1 for none")
  long frameNumber;

  @Label("Error")
  @Description("Why it failed; none if it did not")
  @Nullable String error;
}

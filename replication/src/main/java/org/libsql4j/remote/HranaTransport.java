package org.libsql4j.remote;

import java.time.Duration;

/** The way to a server, for one session. */
interface HranaTransport {
  /** 2 or 3. */
  int version();

  /** Sets how long it waits for the server, from the next request on. */
  void limitRequests(Duration limit);

  /** A stream that the server learns of with the first request. */
  HranaStream newStream();

  /** Ends what all streams of the session share. Fails never. */
  void close();
}

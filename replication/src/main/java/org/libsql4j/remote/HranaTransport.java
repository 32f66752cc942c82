package org.libsql4j.remote;

/** The way to a server, for one session. */
interface HranaTransport {
  /** 2 or 3. */
  int version();

  /** A stream that the server learns of with the first request. */
  HranaStream newStream();

  /** Ends what all streams of the session share. Fails never. */
  void close();
}

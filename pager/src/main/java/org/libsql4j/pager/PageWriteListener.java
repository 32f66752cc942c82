package org.libsql4j.pager;

/** Told about changes to the database, for online backup and replication. */
public interface PageWriteListener {

  /** A page was written to the database file or log; the array must not be kept. */
  void pageWritten(int pageNumber, byte[] data);

  /** Pages changed in ways that were not told; all must be read again. */
  void restart();
}

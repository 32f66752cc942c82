package org.libsql4j.pager;

/** Whether locks are given back at the end of a transaction. */
public enum LockingMode {
  /** Locks are given back when a transaction ends. */
  NORMAL,
  /** Locks once taken are kept until the mode changes or the connection closes. */
  EXCLUSIVE
}

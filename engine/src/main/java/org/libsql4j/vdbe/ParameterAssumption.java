package org.libsql4j.vdbe;

import org.libsql4j.record.Mem;

/** Something that is true of the parameters' values and that a program was made for. */
@FunctionalInterface
public interface ParameterAssumption {
  /**
   * Whether it is true of other values as well.
   *
   * @param parameters values by number, the first at 0; not to be changed
   */
  boolean holds(Mem[] parameters);
}

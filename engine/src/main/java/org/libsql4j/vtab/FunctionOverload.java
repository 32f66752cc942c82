package org.libsql4j.vtab;

import org.libsql4j.func.FunctionDefinition;

/**
 * A function that a virtual table puts in the place of another.
 *
 * @param constraintOperator {@link IndexInfo#FUNCTION} or greater if {@code f(column, value)} is to
 *     be offered to {@link VirtualTable#bestIndex} under this number; else 0
 */
public record FunctionOverload(FunctionDefinition function, int constraintOperator) {
  /** A function in place of the connection's own. */
  public FunctionOverload(FunctionDefinition function) {
    this(function, 0);
  }
}

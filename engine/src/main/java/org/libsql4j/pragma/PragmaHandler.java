package org.libsql4j.pragma;

/** Generates one pragma. */
@FunctionalInterface
interface PragmaHandler {
  void code(PragmaCall call);
}

package org.libsql4j.vdbe;

import org.libsql4j.func.FunctionDefinition;

/**
 * P4 of a call that must give the same result whenever it is made, because what it computes is
 * stored or relied upon.
 *
 * @param place what needs that, as messages say it: "an index", "a CHECK constraint", "a generated
 *     column"
 */
public record PureCall(FunctionDefinition function, String place) {}

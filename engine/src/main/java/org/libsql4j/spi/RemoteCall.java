package org.libsql4j.spi;

import org.libsql4j.record.Mem;

/**
 * A statement of a batch with the values of its parameters.
 *
 * @param parameters in the order of their numbers
 */
public record RemoteCall(RemoteText text, Mem[] parameters) {}

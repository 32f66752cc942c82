package org.libsql4j.connection;

import org.jspecify.annotations.Nullable;
import org.libsql4j.vdbe.Program;

/**
 * What the compiler made of the first statement of a text.
 *
 * @param program the statement's program; null if there was only space and comments
 * @param tailOffset where in the text the next statement starts, in UTF-16 code units
 * @hidden JDK 17's javadoc fails on {@link Program}, a record with a record in it, from a package
 *     that is not exported; and a user has no use for a program
 */
public record CompiledStatement(@Nullable Program program, int tailOffset) {}

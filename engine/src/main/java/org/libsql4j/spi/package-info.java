/**
 * What an implementation of remote databases provides: statements that run on a server.
 *
 * <p>A connection with a {@link org.libsql4j.spi.RemoteSession} compiles every statement itself to
 * see what kind it is. Those that the session wants become a program that hands parameters to the
 * server and rows to the caller, so that all of the Java API and of the driver works as it does on
 * local files.
 */
@NullMarked
package org.libsql4j.spi;

import org.jspecify.annotations.NullMarked;

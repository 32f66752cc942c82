/**
 * Databases on a server: the client of libSQL's remote protocol (Hrana), versions 2 and 3 over HTTP
 * and over WebSocket, with JSON.
 *
 * <p>The server keeps a <em>stream</em> for each client: a connection to the database of its own,
 * with its transaction. A {@link org.libsql4j.remote.HranaSession} is what one connection of this
 * library has there; it begins a stream when it needs one, and another where the old one is gone
 * and no transaction was open in it.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A request that may have been executed is never sent again. Only what the server says it has
 *       not looked at (an expired stream, a token that is not valid) is repeated, once.
 *   <li>The rows of a query are read from the network as they are asked for. They are collected
 *       only if another statement of the same transaction starts before their end, as the server
 *       then wants its stream free.
 *   <li>A transaction is over as soon as its stream is lost, whatever the reason; the connection
 *       says so with the error that it gives then.
 *   <li>What a server sends is not trusted: anything that does not fit is an error of reason
 *       PROTOCOL.
 * </ol>
 *
 * <p>Source: the specifications {@code HRANA_3_SPEC.md} and {@code HRANA_2_SPEC.md} of libSQL.
 */
@NullMarked
package org.libsql4j.remote;

import org.jspecify.annotations.NullMarked;

/**
 * The client side of libSQL's replication: keeps a local file in step with a primary.
 *
 * <p>A primary keeps a log of the pages it writes, as numbered frames in transactions. {@link
 * org.libsql4j.replication.Replicator} asks for those after the last it has, over gRPC-web, and
 * puts each transaction into the write-ahead log of the local file, where readers see it as they
 * see any commit.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>The local file holds some commit of the primary at any moment, never a part of one: frames
 *       become visible with the frame that commits them, after checksums and numbers were looked
 *       at.
 *   <li>The state file ({@link org.libsql4j.replication.ReplicaState}) is written after the log. A
 *       crash in between makes the last transaction come again, which changes nothing.
 *   <li>One at a time syncs a file, in this process ({@link org.libsql4j.replication.ReplicaLock})
 *       and others. Nothing is kept in memory from one sync to the next that the files do not say.
 *   <li>What a server sends is not trusted: lengths are bounded, and what does not fit is an error
 *       that leaves the last commit readable.
 * </ol>
 */
@NullMarked
package org.libsql4j.replication;

import org.jspecify.annotations.NullMarked;

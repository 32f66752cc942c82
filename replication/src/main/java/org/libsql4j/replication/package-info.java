/**
 * The client side of libSQL's replication: keeps a local file in step with a primary.
 *
 * <p>A primary keeps a log of the pages it writes, as numbered frames in transactions. {@link
 * org.libsql4j.replication.Replicator} asks for those after the last it has, over gRPC-web, and
 * puts each transaction into the write-ahead log of the local file, where readers see it as they
 * see any commit.
 *
 * <p>A synced database ({@link org.libsql4j.replication.SyncedReplica}) is written here, and what
 * is exchanged with the server are the frames of its own write-ahead log.
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
 *   <li>What may have been done is not asked for again, unless doing it twice is as good as once
 *       ({@link org.libsql4j.replication.Servers}).
 *   <li>Nobody checkpoints the log of a synced database but to go over to another generation, when
 *       the server has all of it.
 * </ol>
 */
@NullMarked
package org.libsql4j.replication;

import org.jspecify.annotations.NullMarked;

package org.libsql4j.pager;

import org.jspecify.annotations.Nullable;
import org.libsql4j.vfs.SyncMode;

/**
 * What a write-ahead log has to sync.
 *
 * @param commit how to sync the log when a transaction commits, or null not to ({@code synchronous}
 *     below FULL)
 * @param checkpoint how to sync log and database file in a checkpoint, or null not to ({@code
 *     synchronous} OFF)
 */
public record WalSync(@Nullable SyncMode commit, @Nullable SyncMode checkpoint) {}

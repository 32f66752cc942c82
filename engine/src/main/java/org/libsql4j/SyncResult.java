package org.libsql4j;

import java.util.OptionalLong;

/**
 * What a sync did.
 *
 * @param frameNumber the last frame of the primary's log that the local file has; empty while the
 *     primary has none
 * @param framesSynced how many frames were put into the local file
 */
public record SyncResult(OptionalLong frameNumber, long framesSynced) {}

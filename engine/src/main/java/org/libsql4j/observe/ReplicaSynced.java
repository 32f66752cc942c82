package org.libsql4j.observe;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An embedded replica has asked its primary for what is new.
 *
 * @param file the local database
 * @param nanos how long it took
 * @param frameNumber the last frame of the primary's log that the local file has now; empty if it
 *     has none, or the sync failed
 * @param frames how many frames were put into the local file
 * @param error why it failed, or null
 */
public record ReplicaSynced(
    String file, long nanos, OptionalLong frameNumber, long frames, @Nullable Exception error) {}

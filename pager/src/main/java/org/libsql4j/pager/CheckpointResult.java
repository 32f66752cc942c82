package org.libsql4j.pager;

/**
 * What a checkpoint did.
 *
 * @param busy whether a lock kept it from finishing
 * @param logFrames frames in the log, or -1 if there is none
 * @param checkpointedFrames how many of them are in the database file, or -1
 */
public record CheckpointResult(boolean busy, int logFrames, int checkpointedFrames) {}

package org.libsql4j.codegen;

/**
 * What a row of sqlite_stat4 says of one entry of an index.
 *
 * @param equal number of entries with the same first n columns, for each n
 * @param less number of entries whose first n columns are less, for each n
 * @param distinctLess number of different first n columns that are less, for each n
 * @param key the columns, as a record
 */
record IndexSample(String equal, String less, String distinctLess, byte[] key) {}

package org.libsql4j.connection;

/**
 * A savepoint that SQL opened.
 *
 * @param name as written
 * @param deferredViolations what {@link TransactionState#deferredViolations} was when it was opened
 * @param deferredImmediateViolations the same of {@link
 *     TransactionState#deferredImmediateViolations}
 */
public record Savepoint(String name, long deferredViolations, long deferredImmediateViolations) {}

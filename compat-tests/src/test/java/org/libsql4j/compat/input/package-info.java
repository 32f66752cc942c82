/**
 * Files that are no databases, damaged or in use: the real engine's errors, and nothing changed.
 */
package org.libsql4j.compat.input;

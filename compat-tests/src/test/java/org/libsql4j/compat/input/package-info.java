/**
 * Files that are no databases, or in use: the real engine's errors, and nothing changed. Files that
 * are damaged: an answer or an error, in time and in bounded memory.
 */
package org.libsql4j.compat.input;

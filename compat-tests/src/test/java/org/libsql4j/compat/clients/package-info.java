/**
 * Libraries that people reach databases with, on {@code jdbc:libsql:}, each set up and used the way
 * its own documentation shows. One class a library; {@code docs/frameworks.md} tells users the
 * same.
 */
package org.libsql4j.compat.clients;

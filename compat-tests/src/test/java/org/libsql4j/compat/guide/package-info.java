/** The user guide's examples are real: they compile, run, and print what stands below them. */
package org.libsql4j.compat.guide;

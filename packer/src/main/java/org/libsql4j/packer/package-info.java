/**
 * A step of the build that makes the jars smaller.
 *
 * <p>Class files keep their meaning, their lines and names for stack traces and debuggers, and all
 * that code which compiles against them can see. Run after the plug-in that makes a jar, on its
 * output; what tests of the same module run is as javac made it. Packing is deterministic, and to
 * pack again changes nothing.
 */
@NullMarked
package org.libsql4j.packer;

import org.jspecify.annotations.NullMarked;

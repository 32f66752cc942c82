/** Database files of every shape the real engine makes: read by us, changed by us, read by it. */
package org.libsql4j.compat.files;

/** Encrypted databases that libSQL's own engine and ours have in common. */
package org.libsql4j.compat.encryption;

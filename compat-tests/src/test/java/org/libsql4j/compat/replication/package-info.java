/** Replicas against the real server. */
@NullMarked
package org.libsql4j.compat.replication;

import org.jspecify.annotations.NullMarked;

/** A source of connections for pools. */
@NullMarked
package org.sqlite.javax;

import org.jspecify.annotations.NullMarked;

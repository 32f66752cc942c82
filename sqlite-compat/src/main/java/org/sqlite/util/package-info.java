/** The one class of that package that applications have come to use. */
@NullMarked
package org.sqlite.util;

import org.jspecify.annotations.NullMarked;

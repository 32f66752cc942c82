/** What {@code SQLiteConnection.getDatabase()} gives: copies, scripts, interrupting. */
@NullMarked
package org.sqlite.core;

import org.jspecify.annotations.NullMarked;

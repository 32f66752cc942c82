/** Pages, the page cache, transactions and the rollback journal. */
@NullMarked
package org.libsql4j.pager;

import org.jspecify.annotations.NullMarked;

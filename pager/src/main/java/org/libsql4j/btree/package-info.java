/**
 * B-trees: ordered maps from keys to records on the pages of one database file.
 *
 * <p>A table is a tree with 64-bit integer keys (rowids) and its records only in the leaves; an
 * index is a tree whose keys are records, in leaves and inner pages. Every page that is not an
 * overflow, freelist, pointer-map or lock-byte page is a page of a tree:
 *
 * <pre>
 *   OFFSET  SIZE  MEANING (page header, at offset 0, on page 1 after the 100-byte file header)
 *      0      1   flags: 1 integer keys, 2 index, 4 records only in leaves, 8 leaf
 *      1      2   offset of the first freeblock, 0 for none
 *      3      2   number of cells
 *      5      2   first byte of the cell content area, 0 means 65536
 *      7      1   number of free bytes in fragments of fewer than 4 bytes
 *      8      4   right-most child (inner pages only)
 * </pre>
 *
 * then the cell pointers, two bytes each in key order, free space, and the cells:
 *
 * <pre>
 *   table leaf   payload size, rowid, payload, first overflow page
 *   table inner  left child, rowid
 *   index leaf   payload size, payload, first overflow page
 *   index inner  left child, payload size, payload, first overflow page
 * </pre>
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A parsed page ({@code BtreePage}) exists at most once for each page in the pager's cache
 *       and hangs on it; its header values equal the page's bytes whenever {@code isParsed} holds.
 *   <li>Between two public calls no page has cells that overflow it: the balancer has run.
 *   <li>Before a tree is changed every other cursor on it has saved its key and let go of its
 *       pages.
 *   <li>While a transaction is open page 1 is pinned.
 *   <li>Every byte of a page is hostile until checked: damage gives {@code SQLITE_CORRUPT}, chains
 *       are bounded by the number of pages and descents by a depth of 20.
 * </ol>
 *
 * <p>Called by the engine's virtual machine; knows nothing of SQL. Not thread-safe: the connection
 * guards it.
 *
 * <p>Source: <a href="https://www.sqlite.org/fileformat2.html#b_tree_pages">B-tree Pages</a>.
 */
package org.libsql4j.btree;

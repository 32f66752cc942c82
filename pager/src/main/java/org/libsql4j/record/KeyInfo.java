package org.libsql4j.record;

import org.jspecify.annotations.Nullable;

/**
 * How the fields of an index key, a sorter record or a row of an ephemeral index compare.
 * Immutable.
 *
 * @param encoding encoding of text in the records
 * @param keyFieldCount number of leading fields that take part in the comparison of uniqueness
 *     (without a trailing rowid or primary key columns)
 * @param collations collation of each field; null means BINARY; its length is the number of all
 *     fields
 * @param sortFlags {@link #DESC} and {@link #NULLS_BIG} of each field, or null if all are zero
 */
public record KeyInfo(
    TextEncoding encoding,
    int keyFieldCount,
    @Nullable Collation[] collations,
    byte @Nullable [] sortFlags) {

  /** The field sorts in descending order. */
  public static final int DESC = 1;

  /** NULL sorts after all other values (before the effect of {@link #DESC}). */
  public static final int NULLS_BIG = 2;

  /** Number of fields, those behind the key included. */
  public int allFieldCount() {
    return collations.length;
  }

  /** What a field is compared with. */
  public Collation collation(int field) {
    Collation collation = field < collations.length ? collations[field] : null;
    return collation == null ? Collations.BINARY : collation;
  }

  /** How a field sorts, as bits. */
  public int sortFlags(int field) {
    return sortFlags == null || field >= sortFlags.length ? 0 : sortFlags[field];
  }
}

package org.libsql4j.record;

/**
 * A key in the form in which B-trees are searched: fields in cells.
 *
 * <p>Reused from search to search by its owner. {@link #fields} may be longer than {@link
 * #fieldCount}; the fields may be cells that others own (registers), which stay unchanged during
 * the search.
 */
public final class UnpackedRecord {
  /** How its fields compare. */
  public final KeyInfo keyInfo;

  /** The cells of the key; only the first {@link #fieldCount} count. */
  public Mem[] fields;

  /** How many leading fields take part in the comparison. */
  public int fieldCount;

  /**
   * The result of comparing a stored key whose first {@link #fieldCount} fields equal these: -1 if
   * the stored key counts as smaller, 1 if as greater, 0 for equal.
   */
  public int defaultResult;

  /**
   * Set by a comparison that came to {@link #defaultResult}: a stored key with this prefix exists.
   */
  public boolean equalSeen;

  /** A key of the first fields of an array. */
  public UnpackedRecord(KeyInfo keyInfo, Mem[] fields, int fieldCount) {
    this.keyInfo = keyInfo;
    this.fields = fields;
    this.fieldCount = fieldCount;
  }
}

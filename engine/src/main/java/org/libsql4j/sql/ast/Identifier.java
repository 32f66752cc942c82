package org.libsql4j.sql.ast;

/**
 * A name as it was written.
 *
 * @param name the name without its quotes, doubled quotes undone, letter case kept
 * @param quoting how it was quoted; a {@link Quoting#DOUBLE} name that is no column may be a string
 * @param offset where the token starts, quotes included
 * @param length UTF-16 code units of the token, quotes included; 0 for a made-up identifier
 */
public record Identifier(String name, Quoting quoting, int offset, int length) {
  /** The ways to write a name. */
  public enum Quoting {
    /** {@code name} */
    BARE,
    /** {@code "name"} */
    DOUBLE,
    /** {@code [name]} */
    BRACKET,
    /** {@code `name`} */
    BACKTICK,
    /** {@code 'name'}: a string literal where only a name makes sense */
    SINGLE
  }

  /** A bare name that stands nowhere in the text. */
  public static Identifier of(String name) {
    return new Identifier(name, Quoting.BARE, -1, 0);
  }

  /** Where the token ends, exclusive. */
  public int end() {
    return offset + length;
  }

  /** Whether it was written with any kind of quotes. */
  public boolean quoted() {
    return quoting != Quoting.BARE;
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}

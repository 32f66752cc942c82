package org.libsql4j.func;

import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.Limit;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Collation;
import org.libsql4j.record.Collations;
import org.libsql4j.record.Mem;
import org.libsql4j.record.TextEncoding;

/**
 * What a function call may use besides its arguments. One per call site; reused from row to row.
 */
public final class FunctionContext {
  private final ConnectionState connection;
  private final FunctionDefinition definition;
  private final Mem result;
  private Collation collation = Collations.BINARY;
  private @Nullable Object auxiliary;
  private long statementTimeMillis;
  private boolean skipAccumulatorLoad;
  private @Nullable String purePlace;
  private final Mem[] scratch = new Mem[SCRATCH_CELLS];
  private @Nullable TextBuilder builder;

  /** How many arguments of one call may need a conversion that must not change the argument. */
  private static final int SCRATCH_CELLS = 4;

  /** For the calls of a function at one place. */
  public FunctionContext(ConnectionState connection, FunctionDefinition definition) {
    this(connection, definition, new Mem());
  }

  /**
   * For the calls of a function at one place.
   *
   * @param result where results are put; none of the arguments
   */
  public FunctionContext(ConnectionState connection, FunctionDefinition definition, Mem result) {
    this.connection = connection;
    this.definition = definition;
    this.result = result;
  }

  /** The connection that runs the statement. */
  public ConnectionState connection() {
    return connection;
  }

  /** The function that is called. */
  public FunctionDefinition definition() {
    return definition;
  }

  /** Where the function puts its result. */
  public Mem result() {
    return result;
  }

  /** The collation of the call (of min, max, nullif and so on); BINARY if none applies. */
  public Collation collation() {
    return collation;
  }

  /** Sets what the function compares texts with. */
  public void setCollation(Collation collation) {
    this.collation = collation;
  }

  /**
   * What the function keeps between rows of one execution, for instance a compiled pattern; the
   * function itself checks that it still belongs to the arguments.
   */
  public @Nullable Object auxiliary() {
    return auxiliary;
  }

  /** Keeps something for the next call at the same place. */
  public void setAuxiliary(@Nullable Object auxiliary) {
    this.auxiliary = auxiliary;
  }

  /** Says that the call must not depend on anything but its arguments, and what needs that. */
  public void setPurePlace(String place) {
    purePlace = place;
  }

  /**
   * To be called before the function looks at the clock or the like.
   *
   * @throws LibsqlException ERROR if the result must always be the same where the call stands
   */
  public void checkMayVary() {
    if (purePlace != null) {
      throw error("non-deterministic use of " + definition.name() + "() in " + purePlace);
    }
  }

  /** The moment that all date functions of one statement step agree on, in ms since 1970. */
  public long statementTimeMillis() {
    return statementTimeMillis;
  }

  /** Sets the moment at which the statement started. */
  public void setStatementTimeMillis(long millis) {
    this.statementTimeMillis = millis;
  }

  /**
   * Called by min() and max() as aggregates for a row that is not the new extreme, so that bare
   * columns of the query are not taken from it.
   */
  public void skipAccumulatorLoad() {
    skipAccumulatorLoad = true;
  }

  /** Whether {@link #skipAccumulatorLoad()} was called since this was asked last. */
  public boolean takeSkipAccumulatorLoad() {
    boolean taken = skipAccumulatorLoad;
    skipAccumulatorLoad = false;
    return taken;
  }

  /**
   * The argument's text in UTF-8: the argument itself where it is UTF-8 text or a blob, otherwise a
   * copy in one of the context's cells, which lasts until the slot is used again. NULL stays NULL.
   *
   * @param slot 0 to 3, a different one for each argument that is needed at the same time
   */
  public Mem utf8(Mem argument, int slot) {
    boolean foreignBlob = argument.type == Mem.BLOB && connection.encoding != TextEncoding.UTF8;
    if (argument.type == Mem.NULL
        || (argument.type == Mem.TEXT && argument.encoding == TextEncoding.UTF8)
        || (argument.type == Mem.BLOB && !foreignBlob)) {
      return argument;
    }
    Mem copy = scratch[slot];
    if (copy == null) {
      copy = new Mem();
      scratch[slot] = copy;
    }
    copy.copyFrom(argument);
    if (foreignBlob) {
      copy.becomeText(connection.encoding);
    }
    copy.stringify(TextEncoding.UTF8);
    copy.changeEncoding(TextEncoding.UTF8);
    return copy;
  }

  /** An empty builder for a result of unknown length; the same one at each call. */
  public TextBuilder newText() {
    TextBuilder current = builder;
    if (current == null) {
      current = new TextBuilder(connection.limit(Limit.LENGTH));
      builder = current;
    }
    current.clear(connection.limit(Limit.LENGTH));
    return current;
  }

  /** An error with the code SQLITE_ERROR, to be thrown. */
  public LibsqlException error(String message) {
    return new LibsqlException(ResultCode.ERROR, message);
  }

  /** An error that says that a result would be over the length limit, to be thrown. */
  public LibsqlException tooBig() {
    return new LibsqlException(ResultCode.TOOBIG);
  }
}

package org.libsql4j.schema;

import org.jspecify.annotations.Nullable;
import org.libsql4j.sql.Parser;
import org.libsql4j.sql.ast.CreateTable;
import org.libsql4j.sql.ast.Statement;

/**
 * What the text of one row of a schema table means, whichever database the row is in. Connections
 * share it: it gives each of them tables of its own, which have in common what never changes.
 */
public final class StoredDefinition {
  /**
   * A table that belongs to nobody.
   *
   * @param columnLimit how many columns a table could have when it was made
   */
  private record Pattern(Table table, int columnLimit) {}

  private final Statement statement;

  private volatile @Nullable Pattern pattern;

  /** For files whose indexes only ascend. */
  private volatile @Nullable Pattern ascendingPattern;

  StoredDefinition(String sql) {
    this.statement = Parser.parseStored(sql);
  }

  public Statement statement() {
    return statement;
  }

  /**
   * Makes the table that this definition, a CREATE TABLE with columns, is of.
   *
   * @param columnLimit how many columns a table may have
   * @param rootPage of the table; its automatic indexes have none yet
   * @throws org.libsql4j.error.LibsqlException ERROR with the message that CREATE TABLE gives
   */
  public Table table(Schema schema, int columnLimit, int rootPage) {
    boolean descending = schema.knowsDescendingIndexes();
    Pattern known = descending ? pattern : ascendingPattern;
    if (known == null || known.columnLimit() != columnLimit) {
      known = new Pattern(build(schema.fileFormat, columnLimit), columnLimit);
      if (descending) {
        pattern = known;
      } else {
        ascendingPattern = known;
      }
    }
    return known.table().copyTo(schema, rootPage);
  }

  private Table build(int fileFormat, int columnLimit) {
    Schema nobodys = new Schema();
    nobodys.fileFormat = fileFormat;
    CreateTable create = (CreateTable) statement;
    CreateTable.Body.Definition body = (CreateTable.Body.Definition) create.body();
    return TableBuilder.build(create, body, nobodys, true, columnLimit, 0);
  }
}

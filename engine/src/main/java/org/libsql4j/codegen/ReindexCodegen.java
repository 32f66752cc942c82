package org.libsql4j.codegen;

import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.schema.Catalog;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.sql.ast.Reindex;
import org.libsql4j.vdbe.Opcode;

/** Generates REINDEX. */
public final class ReindexCodegen {
  private final CodeContext context;

  private ReindexCodegen(CodeContext context) {
    this.context = context;
  }

  public static void code(CodeContext context, Reindex statement) {
    context.connection().loadSchemas();
    new ReindexCodegen(context).code(statement.target());
    context.builder().add(Opcode.HALT);
  }

  /** Whether an index has the collation, though this connection may not know it. */
  private boolean isUsedCollation(String name) {
    for (Catalog.Entry entry : context.catalog().entries()) {
      for (Index index : entry.schema().indexes()) {
        for (String collation : index.collations) {
          if (name.equalsIgnoreCase(collation)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private void code(@Nullable QualifiedName target) {
    if (target == null) {
      all(null);
      return;
    }
    String name = target.name().name();
    if (target.schema() == null
        && (context.connection().collations().find(name) != null || isUsedCollation(name))) {
      all(name);
      return;
    }
    String database = target.schema() == null ? null : target.schema().name();
    if (database != null) {
      DdlNames.database(context, target);
    }
    Table table = context.catalog().table(database, name);
    if (table != null) {
      table(table, null);
      return;
    }
    Index index = context.catalog().index(database, name);
    if (index == null) {
      throw DdlNames.error("unable to identify the object to be reindexed");
    }
    refill(index);
  }

  private void all(@Nullable String collation) {
    for (Catalog.Entry entry : context.catalog().entries()) {
      for (Table table : entry.schema().tables()) {
        table(table, collation);
      }
    }
  }

  private void table(Table table, @Nullable String collation) {
    for (Index index : table.indexes) {
      if (!index.isPrimaryKeyOfWithoutRowid() && (collation == null || uses(index, collation))) {
        refill(index);
      }
    }
  }

  private static boolean uses(Index index, String collation) {
    for (int i = 0; i < index.columnCount(); i++) {
      if (index.columns[i] >= 0 && index.collations[i].equalsIgnoreCase(collation)) {
        return true;
      }
    }
    return false;
  }

  private void refill(Index index) {
    int database = context.databaseIndex(index.table);
    if (!context.allows(Authorizer.REINDEX, index.name, null, database)) {
      return;
    }
    context.writeDatabase(database, true);
    new IndexFill(context, database, index).refill();
  }
}

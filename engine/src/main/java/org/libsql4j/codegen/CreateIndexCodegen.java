package org.libsql4j.codegen;

import org.libsql4j.btree.Btree;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.Authorizer;
import org.libsql4j.connection.Limit;
import org.libsql4j.schema.Index;
import org.libsql4j.schema.IndexBuilder;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.CreateIndex;
import org.libsql4j.sql.ast.Identifier;
import org.libsql4j.sql.ast.QualifiedName;
import org.libsql4j.vdbe.Opcode;

/** Generates CREATE INDEX. */
public final class CreateIndexCodegen {
  private final CodeContext context;
  private final CreateIndex statement;

  private CreateIndexCodegen(CodeContext context, CreateIndex statement) {
    this.context = context;
    this.statement = statement;
  }

  public static void code(CodeContext context, CreateIndex statement) {
    new CreateIndexCodegen(context, statement).code();
    context.builder().add(Opcode.HALT);
  }

  private void code() {
    context.connection().loadSchemas();
    int database = DdlNames.database(context, statement.name());
    Table table = table(database);
    if (table.schema == DdlNames.schema(context, AttachedDatabase.TEMP)) {
      database = AttachedDatabase.TEMP;
    }
    checkIndexable(table);
    if (!isNameFree(database)) {
      return;
    }
    int action =
        database == AttachedDatabase.TEMP ? Authorizer.CREATE_TEMP_INDEX : Authorizer.CREATE_INDEX;
    String name = statement.name().name().name();
    if (!DdlNames.mayCreate(context, action, name, table.name, database)) {
      return;
    }
    if (statement.columns().size() > context.connection().limit(Limit.COLUMN)) {
      throw DdlNames.error("too many columns in index");
    }
    context.environment().schemaStatement = true;
    if (!statement.using().isEmpty()) {
      throw DdlNames.error("CREATE INDEX ... USING is not supported yet");
    }
    Index index = IndexBuilder.build(statement, table, 0);
    new SchemaExpressionCheck(context).index(index);
    boolean fills = context.allows(Authorizer.REINDEX, index.name, null, database);
    SchemaWriter writer = new SchemaWriter(context, database);
    int root = writer.createTree(Btree.BLOBKEY);
    writer.insertRow("index", index.name, table.name, root, statement.schemaSql());
    if (fills) {
      new IndexFill(context, database, index).fillNew(root);
    }
    writer.changeCookie();
    writer.parse("name=" + SchemaWriter.quote(index.name) + " AND type='index'");
    context.builder().add(Opcode.EXPIRE, 0, 1);
  }

  /** An unqualified name may also be that of a temporary table, whose indexes are temporary. */
  private Table table(int database) {
    Identifier name = statement.table();
    if (statement.name().schema() == null) {
      Table found = context.environment().findTable(QualifiedName.of(name));
      if (found != null && found.schema == DdlNames.schema(context, AttachedDatabase.TEMP)) {
        return found;
      }
    }
    if (database == AttachedDatabase.TEMP) {
      Table found = context.environment().table(QualifiedName.of(name));
      if (found.schema != DdlNames.schema(context, AttachedDatabase.TEMP)) {
        throw DdlNames.error("cannot create a TEMP index on non-TEMP table \"" + found.name + "\"");
      }
      return found;
    }
    Table table = context.catalog().tableIn(database, name.name());
    if (table == null) {
      table = context.environment().eponymous(name.name());
    }
    if (table == null && database == AttachedDatabase.TEMP) {
      if (context.environment().findTable(QualifiedName.of(name)) != null) {
        throw DdlNames.error(
            "cannot create a TEMP index on non-TEMP table \"" + name.name() + "\"");
      }
    }
    if (table == null) {
      throw DdlNames.error(
          "no such table: " + context.connection().database(database).name() + "." + name.name());
    }
    return table;
  }

  private static void checkIndexable(Table table) {
    if (table.name.regionMatches(true, 0, "sqlite_", 0, 7)) {
      throw DdlNames.error("table " + table.name + " may not be indexed");
    }
    if (table.isView()) {
      throw DdlNames.error("views may not be indexed");
    }
    if (table.kind == Table.Kind.VIRTUAL) {
      throw DdlNames.error("virtual tables may not be indexed");
    }
  }

  private boolean isNameFree(int database) {
    String name = statement.name().name().name();
    DdlNames.checkNotReserved(context, name);
    if (context.catalog().tableIn(database, name) != null) {
      throw DdlNames.error("there is already a table named " + name);
    }
    if (DdlNames.schema(context, database).index(name) != null) {
      if (statement.ifNotExists()) {
        context.useDatabase(database);
        return false;
      }
      throw DdlNames.error("index " + name + " already exists");
    }
    return true;
  }
}

package org.libsql4j.codegen;

import org.libsql4j.resolve.Source;
import org.libsql4j.schema.VirtualDefinition;
import org.libsql4j.vdbe.Opcode;

/** Opens virtual tables for loops. */
final class VirtualLoops {
  private VirtualLoops() {}

  /** Opens a cursor on a virtual table and says where its rows are. */
  static int open(CodeContext context, Source source, VirtualDefinition definition) {
    int cursor = context.builder().newCursor();
    context.builder().add(Opcode.V_OPEN, cursor, 0, 0, definition.instance());
    context.locate(source, new RowLocation.VirtualRow(cursor));
    if (definition.instance().usesAllSchemas()) {
      for (int i = 0; i < context.connection().databases().size(); i++) {
        context.useDatabase(i);
      }
    }
    return cursor;
  }
}

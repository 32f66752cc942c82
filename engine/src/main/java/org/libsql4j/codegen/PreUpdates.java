package org.libsql4j.codegen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.UpdateHook.Change;
import org.libsql4j.record.Mem;
import org.libsql4j.schema.Column;
import org.libsql4j.schema.Table;
import org.libsql4j.vdbe.OpFlags;
import org.libsql4j.vdbe.Opcode;
import org.libsql4j.vdbe.PreUpdateNotice;

/** Generates calls of the pre-update hook, if there is one: statements are compiled for it anew. */
final class PreUpdates {
  private PreUpdates() {}

  static boolean areWanted(CodeContext context) {
    return context.connection().hooks().preUpdate() != null;
  }

  /**
   * Generates the call before a change, with the data cursor at the old row.
   *
   * @param row the new row, or null for DELETE
   */
  static void code(CodeContext context, TableAccess access, Change change, @Nullable NewRow row) {
    if (!areWanted(context)) {
      return;
    }
    Table table = access.table;
    List<@Nullable Object> defaults = new ArrayList<>();
    for (Column column : table.columns) {
      Object value = context.defaultOf(column);
      defaults.add(value instanceof Mem cell ? PreUpdateNotice.value(cell) : null);
    }
    context
        .builder()
        .add(
            Opcode.INSERT,
            access.dataCursor,
            row == null ? 0 : row.rowidRegister,
            0,
            new PreUpdateNotice(table, change, defaults));
    context.builder().setP5(OpFlags.ISNOOP);
  }
}

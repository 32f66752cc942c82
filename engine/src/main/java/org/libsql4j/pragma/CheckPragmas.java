package org.libsql4j.pragma;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.codegen.IntegrityCheckCodegen;
import org.libsql4j.schema.Table;

/** integrity_check, quick_check and optimize. */
final class CheckPragmas {
  private static final int DEFAULT_MAX_ERRORS = 100;

  private CheckPragmas() {}

  static void register() {
    PragmaCatalog.answering("integrity_check", true, call -> check(call, false));
    PragmaCatalog.answering("quick_check", true, call -> check(call, true));
    PragmaCatalog.add(
        new PragmaDefinition("optimize", List.of("optimize"), true, true, OptimizePragma::code));
  }

  private static void check(PragmaCall call, boolean quick) {
    int maxErrors = DEFAULT_MAX_ERRORS;
    @Nullable Table only = null;
    if (call.value != null) {
      String text = call.text();
      boolean isNumber = !call.quoted && text.matches("[+-]?[0-9]+");
      int number = isNumber ? PragmaValues.toInt(text) : 0;
      if (isNumber) {
        maxErrors = number > 0 ? number : DEFAULT_MAX_ERRORS;
      } else {
        only =
            call.context
                .environment()
                .table(
                    new org.libsql4j.sql.ast.QualifiedName(
                        call.qualified
                            ? org.libsql4j.sql.ast.Identifier.of(
                                call.connection().database(call.database).name())
                            : null,
                        org.libsql4j.sql.ast.Identifier.of(text)));
      }
    }
    IntegrityCheckCodegen.code(
        call.context, call.qualified ? call.database : -1, only, maxErrors, quick);
  }
}

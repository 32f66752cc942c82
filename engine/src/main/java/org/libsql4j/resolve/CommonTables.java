package org.libsql4j.resolve;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.schema.Table;
import org.libsql4j.sql.ast.With;

/** The common tables that a query may name: those of its own WITH in front of the outer ones. */
final class CommonTables {
  /** One common table, and what is known of it while its definition is resolved. */
  static final class Definition {
    final With.CommonTable source;
    final CommonTables visible;

    final CommonTableUse use;

    /** While the definition is resolved: the error of a reference to it; else null. */
    @Nullable String error;

    /** While a recursive part is resolved: the shape of the table, else null. */
    @Nullable Table recursiveShape;

    /** The core whose FROM clause may name the table now. */
    @Nullable BoundQuery recursiveQuery;

    /** The one place in that FROM clause that does. */
    @Nullable Source recursiveSource;

    Definition(With.CommonTable source, CommonTables visible) {
      this.source = source;
      this.visible = visible;
      this.use = new CommonTableUse(source.materialization());
    }
  }

  private final @Nullable CommonTables outer;
  private final Map<String, Definition> definitions = new LinkedHashMap<>();

  CommonTables(@Nullable CommonTables outer, With with) {
    this.outer = outer;
    for (With.CommonTable table : with.tables()) {
      String key = table.name().name().toLowerCase(Locale.ROOT);
      if (definitions.containsKey(key)) {
        throw CompileEnvironment.error("duplicate WITH table name: " + table.name().name());
      }
      definitions.put(key, new Definition(table, this));
    }
  }

  static @Nullable Definition find(@Nullable CommonTables tables, String name) {
    String key = name.toLowerCase(Locale.ROOT);
    for (CommonTables t = tables; t != null; t = t.outer) {
      Definition definition = t.definitions.get(key);
      if (definition != null) {
        return definition;
      }
    }
    return null;
  }
}

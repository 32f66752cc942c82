package org.libsql4j.func.json;

import org.libsql4j.func.FunctionContext;
import org.libsql4j.func.FunctionRegistry;
import org.libsql4j.func.json.JsonPath.Edit;
import org.libsql4j.record.Mem;

/** json_set(), json_insert(), json_replace(), json_remove(), json_patch() and their jsonb forms. */
final class JsonEditing {
  private JsonEditing() {}

  static void register(FunctionRegistry registry) {
    add(registry, "set", Edit.SET);
    add(registry, "insert", Edit.INSERT);
    add(registry, "replace", Edit.REPLACE);
    add(registry, "array_insert", Edit.INSERT_BEFORE);
    JsonFunctions.add(registry, "json_remove", -1, (c, a) -> remove(c, a, false));
    JsonFunctions.add(registry, "jsonb_remove", -1, (c, a) -> remove(c, a, true));
    JsonFunctions.add(registry, "json_patch", 2, (c, a) -> patch(c, a, false));
    JsonFunctions.add(registry, "jsonb_patch", 2, (c, a) -> patch(c, a, true));
  }

  private static void add(FunctionRegistry registry, String name, Edit edit) {
    JsonFunctions.add(registry, "json_" + name, -1, (c, a) -> edit(c, a, name, edit, false));
    JsonFunctions.add(registry, "jsonb_" + name, -1, (c, a) -> edit(c, a, name, edit, true));
  }

  /** Paths and values in turn; a path that is NULL or leads nowhere changes nothing. */
  private static void edit(
      FunctionContext context, Mem[] arguments, String name, Edit edit, boolean binary) {
    if (arguments.length == 0) {
      return;
    }
    if (arguments.length % 2 == 0) {
      throw context.error("json_" + name + "() needs an odd number of arguments");
    }
    JsonFunctions.Site site = JsonFunctions.Site.of(context);
    if (!site.input.load(context, arguments[0], 0)) {
      return;
    }
    for (int i = 1; i < arguments.length; i += 2) {
      if (arguments[i].type == Mem.NULL) {
        continue;
      }
      Mem path = context.utf8(arguments[i], 1);
      int end = JsonFunctions.endOfPath(path);
      if (!JsonFunctions.isPath(path, end)) {
        throw JsonFunctions.badPath(context, path, end);
      }
      JsonValues.toJsonb(context, arguments[i + 1], site.value, site.second);
      site.input.forget();
      if (end == path.offset + 1) {
        if (edit == Edit.SET || edit == Edit.REPLACE) {
          JsonBuffer json = site.input.json;
          json.replace(0, json.length, site.value.bytes, 0, site.value.length);
        }
      } else {
        check(context, path, site.path.edit(path.bytes, path.offset + 1, end, edit, site.value));
      }
    }
    JsonValues.result(context, site.input.json, binary);
  }

  private static void check(FunctionContext context, Mem path, int outcome) {
    int end = JsonFunctions.endOfPath(path);
    if (outcome == JsonPath.BAD_PATH) {
      throw JsonFunctions.badPath(context, path, end);
    }
    if (outcome == JsonPath.NOT_ELEMENT) {
      throw context.error("not an array element: '" + JsonFunctions.shown(path, end) + "'");
    }
  }

  /** NULL if a path is NULL or means the whole document. */
  private static void remove(FunctionContext context, Mem[] arguments, boolean binary) {
    if (arguments.length == 0) {
      return;
    }
    JsonFunctions.Site site = JsonFunctions.Site.of(context);
    if (!site.input.load(context, arguments[0], 0)) {
      return;
    }
    for (int i = 1; i < arguments.length; i++) {
      if (arguments[i].type == Mem.NULL) {
        return;
      }
      Mem path = context.utf8(arguments[i], 1);
      int end = JsonFunctions.endOfPath(path);
      if (!JsonFunctions.isPath(path, end)) {
        throw JsonFunctions.badPath(context, path, end);
      }
      if (end == path.offset + 1) {
        return;
      }
      site.input.forget();
      check(context, path, site.path.edit(path.bytes, path.offset + 1, end, Edit.REMOVE, null));
    }
    JsonValues.result(context, site.input.json, binary);
  }

  private static void patch(FunctionContext context, Mem[] arguments, boolean binary) {
    JsonFunctions.Site site = JsonFunctions.Site.of(context);
    if (!site.input.load(context, arguments[0], 0) || !site.second.load(context, arguments[1], 1)) {
      return;
    }
    site.input.forget();
    JsonPatch.merge(site.input.json, site.second.json);
    JsonValues.result(context, site.input.json, binary);
  }
}

package org.libsql4j.remote;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;
import org.libsql4j.spi.RemoteStatement.Column;

/** The entries of a cursor with one step, one after the other in the same object. */
final class CursorEntry {
  /** What an entry is. */
  enum Kind {
    BEGIN,
    ROW,
    END,
    FAILURE,
    OTHER
  }

  private List<Column> columns = List.of();
  private Mem[] cells = {};
  private @Nullable ServerError error;

  List<Column> columns() {
    return columns;
  }

  Mem[] cells() {
    return cells;
  }

  RemoteException failure() {
    ServerError known = error;
    return known == null
        ? RemoteException.protocol("the server sent an error without saying which")
        : known.toException();
  }

  /** Reads an entry, whose object has begun. */
  Kind read(JsonInput in) throws IOException {
    String type = null;
    int width = -1;
    String name = in.nextField();
    while (name != null) {
      switch (name) {
        case "type" -> type = in.text();
        case "cols" -> {
          columns = JsonResults.columns(in);
          cells = new Mem[columns.size()];
          for (int i = 0; i < cells.length; i++) {
            cells[i] = new Mem();
          }
        }
        case "row" -> width = row(in);
        case "error" -> {
          in.enterObject();
          error = JsonResults.error(in);
        }
        default -> in.skip();
      }
      name = in.nextField();
    }
    return kind(String.valueOf(type), width);
  }

  private int row(JsonInput in) throws IOException {
    int width = 0;
    in.enterArray();
    while (in.nextElement()) {
      if (width == cells.length) {
        throw JsonInput.unexpected("a longer row", "one of " + cells.length + " values");
      }
      JsonResults.value(in, cells[width++]);
    }
    return width;
  }

  private Kind kind(String type, int width) {
    return switch (type) {
      case "step_begin" -> Kind.BEGIN;
      case "row" -> {
        JsonResults.checkWidth(width, cells.length);
        yield Kind.ROW;
      }
      case "step_end" -> Kind.END;
      case "step_error", "error" -> Kind.FAILURE;
      default -> Kind.OTHER;
    };
  }
}

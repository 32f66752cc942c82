package org.libsql4j.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;
import org.libsql4j.record.TextEncoding;
import org.libsql4j.spi.RemoteStatement.Column;

/** Results from JSON. Fields may come in any order, and those that are not known are skipped. */
final class JsonResults {
  private JsonResults() {}

  /** An element of {@code results} of a pipeline, whose object has begun. */
  static HranaResult streamResult(JsonInput in, HranaRequest request) throws IOException {
    HranaResult result = null;
    String type = null;
    String name = in.nextField();
    while (name != null) {
      switch (name) {
        case "type" -> type = in.text();
        case "response" -> {
          in.enterObject();
          result = response(in, request);
        }
        case "error" -> {
          in.enterObject();
          result = new HranaResult.Failure(error(in));
        }
        default -> in.skip();
      }
      name = in.nextField();
    }
    if (result == null) {
      throw JsonInput.unexpected(type, "a result");
    }
    return result;
  }

  /** A response, whose object has begun. */
  static HranaResult response(JsonInput in, HranaRequest request) throws IOException {
    HranaResult result = null;
    String name = in.nextField();
    while (name != null) {
      switch (name) {
        case "type" -> {
          String type = in.text();
          if (!type.equals(request.type())) {
            throw JsonInput.unexpected(type, request.type());
          }
        }
        case "result" -> {
          in.enterObject();
          result = result(in, request);
        }
        case "is_autocommit" -> result = new HranaResult.AutoCommit(in.bool());
        default -> in.skip();
      }
      name = in.nextField();
    }
    boolean hasResult =
        request instanceof HranaRequest.Execute
            || request instanceof HranaRequest.Batch
            || request instanceof HranaRequest.Describe
            || request instanceof HranaRequest.GetAutoCommit;
    if (result == null) {
      if (hasResult) {
        throw JsonInput.unexpected("nothing", "the result of " + request.type());
      }
      return new HranaResult.Done();
    }
    return result;
  }

  private static HranaResult result(JsonInput in, HranaRequest request) throws IOException {
    if (request instanceof HranaRequest.Execute) {
      return executed(in);
    }
    if (request instanceof HranaRequest.Batch) {
      return batch(in);
    }
    if (request instanceof HranaRequest.Describe) {
      return description(in);
    }
    throw JsonInput.unexpected("a result", "none for " + request.type());
  }

  private static HranaResult.Executed executed(JsonInput in) throws IOException {
    List<Column> columns = List.of();
    List<Mem[]> rows = new ArrayList<>();
    long affected = 0;
    Long rowid = null;
    String name = in.nextField();
    while (name != null) {
      switch (name) {
        case "cols" -> columns = columns(in);
        case "rows" -> {
          in.enterArray();
          while (in.nextElement()) {
            in.startedArray();
            List<Mem> row = new ArrayList<>(columns.size());
            while (in.nextElement()) {
              Mem cell = new Mem();
              value(in, cell);
              row.add(cell);
            }
            rows.add(row.toArray(new Mem[0]));
          }
        }
        case "affected_row_count" -> affected = in.integer();
        case "last_insert_rowid" -> rowid = in.integerOrNull();
        default -> in.skip();
      }
      name = in.nextField();
    }
    for (Mem[] row : rows) {
      checkWidth(row.length, columns.size());
    }
    return new HranaResult.Executed(columns, rows, affected, rowid);
  }

  static void checkWidth(int found, int wanted) {
    if (found != wanted) {
      throw JsonInput.unexpected("a row of " + found + " values", "one of " + wanted);
    }
  }

  private static HranaResult.BatchExecuted batch(JsonInput in) throws IOException {
    List<HranaResult.@Nullable Executed> results = new ArrayList<>();
    List<@Nullable ServerError> errors = new ArrayList<>();
    String name = in.nextField();
    while (name != null) {
      switch (name) {
        case "step_results" -> {
          in.enterArray();
          while (in.nextElement()) {
            if (in.isNullElement()) {
              results.add(null);
            } else {
              in.startedObject();
              results.add(executed(in));
            }
          }
        }
        case "step_errors" -> {
          in.enterArray();
          while (in.nextElement()) {
            if (in.isNullElement()) {
              errors.add(null);
            } else {
              in.startedObject();
              errors.add(error(in));
            }
          }
        }
        default -> in.skip();
      }
      name = in.nextField();
    }
    return new HranaResult.BatchExecuted(results, errors);
  }

  private static HranaResult.Description description(JsonInput in) throws IOException {
    int parameters = 0;
    List<Column> columns = List.of();
    boolean explain = false;
    boolean readOnly = false;
    String name = in.nextField();
    while (name != null) {
      switch (name) {
        case "params" -> {
          in.enterArray();
          while (in.nextElement()) {
            in.startedObject();
            for (String field = in.nextField(); field != null; field = in.nextField()) {
              in.skip();
            }
            parameters++;
          }
        }
        case "cols" -> columns = columns(in);
        case "is_explain" -> explain = in.bool();
        case "is_readonly" -> readOnly = in.bool();
        default -> in.skip();
      }
      name = in.nextField();
    }
    return new HranaResult.Description(parameters, columns, explain, readOnly);
  }

  static List<Column> columns(JsonInput in) throws IOException {
    List<Column> columns = new ArrayList<>();
    in.enterArray();
    while (in.nextElement()) {
      in.startedObject();
      String name = null;
      String type = null;
      String field = in.nextField();
      while (field != null) {
        switch (field) {
          case "name" -> name = in.textOrNull();
          case "decltype" -> type = in.textOrNull();
          default -> in.skip();
        }
        field = in.nextField();
      }
      columns.add(new Column(name == null ? "" : name, type));
    }
    return columns;
  }

  /** An error, whose object has begun. */
  static ServerError error(JsonInput in) throws IOException {
    String message = null;
    String code = null;
    String name = in.nextField();
    while (name != null) {
      switch (name) {
        case "message", "error" -> message = in.scalar();
        case "code" -> code = in.scalar();
        default -> in.skip();
      }
      name = in.nextField();
    }
    return new ServerError(message == null ? "unknown error" : message, code);
  }

  /** A value, to whose object {@link JsonInput#nextElement} went. */
  static void value(JsonInput in, Mem target) throws IOException {
    in.startedObject();
    String type = null;
    String text = null;
    String name = in.nextField();
    while (name != null) {
      switch (name) {
        case "type" -> type = in.text();
        case "value", "base64" -> text = in.scalar();
        default -> in.skip();
      }
      name = in.nextField();
    }
    if (type == null) {
      throw JsonInput.unexpected("a value without type", "one with a type");
    }
    set(target, type, text);
  }

  private static void set(Mem target, String type, @Nullable String text) {
    if (type.equals("null")) {
      target.setNull();
      return;
    }
    if (text == null) {
      throw type.equals("float")
          ? RemoteException.protocol(
              "the result has an infinite number, which the server cannot send")
          : JsonInput.unexpected("nothing", "a value of type " + type);
    }
    switch (type) {
      case "integer" -> target.setInteger(JsonInput.parseLong(text));
      case "float" -> target.setReal(real(text));
      case "text" -> target.setTextShared(text.getBytes(StandardCharsets.UTF_8), TextEncoding.UTF8);
      case "blob" -> target.setBlobShared(blob(text));
      default -> throw JsonInput.unexpected("a value of type " + type, "one of SQL");
    }
  }

  private static double real(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw JsonInput.unexpected(text, "a number");
    }
  }

  private static byte[] blob(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw JsonInput.unexpected(text, "a blob in Base64");
    }
  }
}

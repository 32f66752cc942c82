package org.libsql4j.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Mem;
import org.libsql4j.record.TextEncoding;

/** Requests as JSON. */
final class JsonRequests {
  static final JsonFactory FACTORY = new JsonFactory();
  private static final String TYPE = "type";

  private JsonRequests() {}

  /** The fields of a request, without its braces, so that others can stand beside them. */
  static void fields(JsonGenerator out, HranaRequest request) throws IOException {
    out.writeStringField(TYPE, request.type());
    if (request instanceof HranaRequest.Execute execute) {
      out.writeFieldName("stmt");
      stmt(out, execute.stmt());
    } else if (request instanceof HranaRequest.Batch batch) {
      batch(out, batch.steps());
    } else if (request instanceof HranaRequest.Sequence sequence) {
      out.writeStringField("sql", sequence.sql());
    } else if (request instanceof HranaRequest.Describe describe) {
      out.writeStringField("sql", describe.sql());
    } else if (request instanceof HranaRequest.StoreSql store) {
      out.writeNumberField("sql_id", store.id());
      out.writeStringField("sql", store.sql());
    } else if (request instanceof HranaRequest.CloseSql close) {
      out.writeNumberField("sql_id", close.id());
    }
  }

  /** The field {@code batch}. */
  static void batch(JsonGenerator out, List<HranaRequest.Step> steps) throws IOException {
    out.writeObjectFieldStart("batch");
    out.writeArrayFieldStart("steps");
    for (HranaRequest.Step step : steps) {
      out.writeStartObject();
      HranaRequest.Condition condition = step.condition();
      if (condition != null) {
        out.writeFieldName("condition");
        condition(out, condition);
      }
      out.writeFieldName("stmt");
      stmt(out, step.stmt());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void condition(JsonGenerator out, HranaRequest.Condition condition)
      throws IOException {
    out.writeStartObject();
    if (condition instanceof HranaRequest.Condition.Ok ok) {
      out.writeStringField(TYPE, "ok");
      out.writeNumberField("step", ok.step());
    }
    out.writeEndObject();
  }

  private static void stmt(JsonGenerator out, HranaRequest.Stmt stmt) throws IOException {
    out.writeStartObject();
    if (stmt.sqlId() >= 0) {
      out.writeNumberField("sql_id", stmt.sqlId());
    } else {
      out.writeStringField("sql", stmt.sql());
    }
    List<@Nullable String> names = stmt.names();
    Mem[] parameters = stmt.parameters();
    if (parameters.length > 0) {
      out.writeArrayFieldStart(names == null ? "args" : "named_args");
      for (int i = 0; i < parameters.length; i++) {
        if (names == null) {
          value(out, parameters[i]);
        } else {
          out.writeStartObject();
          out.writeStringField("name", String.valueOf(names.get(i)));
          out.writeFieldName("value");
          value(out, parameters[i]);
          out.writeEndObject();
        }
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  private static void value(JsonGenerator out, Mem value) throws IOException {
    out.writeStartObject();
    switch (value.type) {
      case Mem.INTEGER -> {
        out.writeStringField(TYPE, "integer");
        out.writeStringField("value", Long.toString(value.integer));
      }
      case Mem.REAL -> {
        out.writeStringField(TYPE, "float");
        out.writeNumberField("value", finite(value.real));
      }
      case Mem.TEXT -> {
        out.writeStringField(TYPE, "text");
        out.writeFieldName("value");
        text(out, value);
      }
      case Mem.BLOB -> {
        byte[] bytes = value.toByteArray();
        out.writeStringField(TYPE, "blob");
        out.writeStringField(
            "base64", Base64.getEncoder().encodeToString(bytes == null ? new byte[0] : bytes));
      }
      default -> out.writeStringField(TYPE, "null");
    }
    out.writeEndObject();
  }

  private static void text(JsonGenerator out, Mem value) throws IOException {
    if (value.encoding == TextEncoding.UTF8) {
      // Once to characters and back: what is not UTF-8 would make the server refuse everything.
      out.writeString(new String(value.bytes, value.offset, value.length, StandardCharsets.UTF_8));
    } else {
      out.writeString(String.valueOf(value.text()));
    }
  }

  private static double finite(double value) {
    if (Double.isInfinite(value) || Double.isNaN(value)) {
      throw new LibsqlException(
          ResultCode.MISMATCH, "an infinite number cannot be sent to the server");
    }
    return value;
  }
}

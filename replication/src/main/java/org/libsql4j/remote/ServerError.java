package org.libsql4j.remote;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.ResultCode;
import org.libsql4j.remote.RemoteException.Reason;

/**
 * An error as the protocol has it.
 *
 * @param code of the server; null if it gives none
 */
record ServerError(String message, @Nullable String code) {
  private static final String SQLITE = "SQLITE_";
  private static final String[] PREFIXES = {"SQLite error: ", "SQL input error: "};
  private static final Pattern OFFSET = Pattern.compile("(?s)(.*) \\(at offset (\\d{1,9})\\)");

  /** The server has only primary codes; the kind of a constraint is in its text. */
  private static final Map<String, ResultCode> CONSTRAINTS =
      Map.of(
          "UNIQUE constraint", ResultCode.CONSTRAINT_UNIQUE,
          "NOT NULL constraint", ResultCode.CONSTRAINT_NOTNULL,
          "CHECK constraint", ResultCode.CONSTRAINT_CHECK,
          "FOREIGN KEY constraint", ResultCode.CONSTRAINT_FOREIGNKEY);

  /** What a statement failed with. */
  RemoteException toException() {
    String text = message;
    int offset = -1;
    for (String prefix : PREFIXES) {
      if (text.startsWith(prefix)) {
        text = text.substring(prefix.length());
      }
    }
    Matcher matcher = OFFSET.matcher(text);
    if (matcher.matches()) {
      text = String.valueOf(matcher.group(1));
      offset = Integer.parseInt(String.valueOf(matcher.group(2)));
    }
    return new RemoteException(reason(), resultCode(text), text, offset, code, message);
  }

  boolean isExpiry() {
    return "STREAM_EXPIRED".equals(code);
  }

  private Reason reason() {
    return isExpiry() ? Reason.EXPIRED : Reason.STATEMENT;
  }

  private ResultCode resultCode(String text) {
    if (code == null) {
      return ResultCode.ERROR;
    }
    return switch (code) {
      case "SQLITE_CONSTRAINT" -> constraint(text);
      case "TRANSACTION_TIMEOUT", "TRANSACTION_BUSY" -> ResultCode.BUSY;
      case "STREAM_EXPIRED" -> ResultCode.ABORT_ROLLBACK;
      case "BLOCKED" -> ResultCode.AUTH;
      case "RESPONSE_TOO_LARGE", "SQL_STORE_TOO_LARGE" -> ResultCode.TOOBIG;
      default -> code.startsWith("AUTH_") ? ResultCode.AUTH : byName(code);
    };
  }

  private static ResultCode constraint(String text) {
    for (Map.Entry<String, ResultCode> kind : CONSTRAINTS.entrySet()) {
      if (text.startsWith(kind.getKey())) {
        return kind.getValue();
      }
    }
    return ResultCode.CONSTRAINT;
  }

  private static ResultCode byName(String code) {
    if (code.startsWith(SQLITE)) {
      String name = code.substring(SQLITE.length()).toUpperCase(Locale.ROOT);
      for (ResultCode known : ResultCode.values()) {
        if (known.name().equals(name)) {
          return known == ResultCode.OK ? ResultCode.ERROR : known;
        }
      }
    }
    return ResultCode.ERROR;
  }
}

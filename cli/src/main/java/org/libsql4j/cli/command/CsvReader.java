package org.libsql4j.cli.command;

import java.io.BufferedReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.libsql4j.cli.Shell;

/**
 * Fields of a text, one after another, with RFC 4180's quotes or without.
 *
 * <p>Counts lines for messages.
 */
final class CsvReader {
  /** What ended a field. */
  enum End {
    FIELD,
    ROW,
    TEXT
  }

  private static final int EOF = -1;
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final BufferedReader in;
  private final Shell shell;
  private final String fileName;
  private final char fieldSeparator;
  private final char rowSeparator;
  private final boolean quotes;
  private End end = End.ROW;
  private int lineNumber = 1;
  private boolean started;

  /**
   * @param quotes whether fields may stand between double quotes
   */
  CsvReader(
      BufferedReader in,
      Shell shell,
      String fileName,
      char fieldSeparator,
      char rowSeparator,
      boolean quotes) {
    this.in = in;
    this.shell = shell;
    this.fileName = fileName;
    this.fieldSeparator = fieldSeparator;
    this.rowSeparator = rowSeparator;
    this.quotes = quotes;
  }

  /** What ended the field that was read last. */
  End end() {
    return end;
  }

  int lineNumber() {
    return lineNumber;
  }

  /** The next field; null if there is nothing but the end of the text. */
  @Nullable String next() throws IOException {
    int c = in.read();
    if (!started) {
      started = true;
      if (c == BYTE_ORDER_MARK) {
        c = in.read();
      }
    }
    if (c == EOF) {
      end = End.TEXT;
      return null;
    }
    return quotes && c == '"' ? quoted() : plain(c);
  }

  private String plain(int first) throws IOException {
    StringBuilder field = new StringBuilder();
    int c = first;
    while (c != EOF && c != fieldSeparator && c != rowSeparator) {
      field.append((char) c);
      c = in.read();
    }
    finish(c);
    if (end == End.ROW && quotes && rowSeparator == '\n' && endsWithReturn(field)) {
      field.setLength(field.length() - 1);
    }
    return field.toString();
  }

  private String quoted() throws IOException {
    int startLine = lineNumber;
    StringBuilder field = new StringBuilder();
    while (true) {
      int c = in.read();
      if (c == EOF) {
        shell.error(fileName + ":" + startLine + ": unterminated \"-quoted field");
        end = End.TEXT;
        return field.toString();
      }
      if (c == '\n') {
        lineNumber++;
      }
      if (c != '"') {
        field.append((char) c);
        continue;
      }
      in.mark(2);
      int after = in.read();
      if (after == '"') {
        field.append('"');
        continue;
      }
      if (after == '\r') {
        int feed = in.read();
        after = feed == rowSeparator ? feed : after;
      }
      if (after == EOF || after == fieldSeparator || after == rowSeparator) {
        finish(after);
        return field.toString();
      }
      shell.error(fileName + ":" + lineNumber + ": unescaped \" character");
      field.append('"');
      in.reset();
    }
  }

  private void finish(int terminator) {
    if (terminator == EOF) {
      end = End.TEXT;
    } else if (terminator == fieldSeparator) {
      end = End.FIELD;
    } else {
      end = End.ROW;
      lineNumber++;
    }
  }

  private static boolean endsWithReturn(StringBuilder field) {
    return field.length() > 0 && field.charAt(field.length() - 1) == '\r';
  }

  /** Reads over the rest of the row. */
  void skipRow() throws IOException {
    do {
      if (next() == null) {
        return;
      }
    } while (end == End.FIELD);
  }
}

package org.libsql4j.cli.format;

/** Makes the printer for the mode that is set. */
public final class RowPrinters {
  private RowPrinters() {}

  /** A printer for one result. */
  public static RowPrinter of(DisplaySettings settings, TextSink out) {
    return switch (settings.mode()) {
      case LIST, TABS, ASCII -> new ListPrinter(settings, out);
      case CSV -> new CsvPrinter(settings, out);
      case TCL -> new TclPrinter(settings, out);
      case LINE -> new LinePrinter(settings, out);
      case HTML -> new HtmlPrinter(settings, out);
      case JSON -> new JsonPrinter(out);
      case QUOTE -> new QuotePrinter(settings, out);
      case INSERT ->
          new InsertPrinter(
              Identifier.quote(settings.insertTable()), settings.headers(), false, out);
      case COLUMN -> new ColumnarPrinter(ColumnStyle.COLUMN, settings, out);
      case TABLE -> new ColumnarPrinter(ColumnStyle.TABLE, settings, out);
      case BOX, QBOX -> new ColumnarPrinter(ColumnStyle.BOX, settings, out);
      case MARKDOWN -> new ColumnarPrinter(ColumnStyle.MARKDOWN, settings, out);
    };
  }
}

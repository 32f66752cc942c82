package org.libsql4j.vtab.csv;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.Limit;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vtab.IndexInfo;
import org.libsql4j.vtab.Module;
import org.libsql4j.vtab.RiskLevel;
import org.libsql4j.vtab.TableDefinition;
import org.libsql4j.vtab.VirtualCursor;
import org.libsql4j.vtab.VirtualTable;

/**
 * {@code CREATE VIRTUAL TABLE temp.t USING csv(filename='t.csv', header=yes)}: the rows of a file,
 * read anew by every query. The table cannot be changed.
 *
 * <p>Without {@code schema=} the columns have affinity TEXT and are called after the header, or c0,
 * c1 and so on; there are as many as {@code columns=} says or the first line has. Missing fields
 * are NULL, surplus ones are left out.
 */
public final class CsvModule implements Module {

  @Override
  public VirtualTable connect(TableDefinition definition) {
    CsvOptions options = CsvOptions.parse(definition.arguments());
    Table table = new Table(definition.connection(), options);
    List<String> first = table.firstLine();
    int count = options.columns();
    if (count < 0) {
      count = Math.max(first.size(), 1);
    }
    table.columnCount = count;
    String schema = options.schema();
    definition.declare(
        schema != null ? schema : schema(options.header() ? first : List.of(), count));
    definition.setRiskLevel(RiskLevel.DIRECT_ONLY);
    return table;
  }

  private static String schema(List<String> names, int count) {
    StringBuilder sql = new StringBuilder("CREATE TABLE x(");
    for (int i = 0; i < count; i++) {
      String name = i < names.size() ? names.get(i) : "c" + i;
      sql.append(i == 0 ? "\"" : ",\"").append(name.replace("\"", "\"\"")).append("\" TEXT");
    }
    return sql.append(')').toString();
  }

  /** One table: where its text is. */
  static final class Table implements VirtualTable {
    private final ConnectionState connection;
    private final CsvOptions options;
    private int columnCount;

    Table(ConnectionState connection, CsvOptions options) {
      this.connection = connection;
      this.options = options;
    }

    int columnCount() {
      return columnCount;
    }

    boolean hasHeader() {
      return options.header();
    }

    /** The text from its start; to be closed. */
    InputStream openText() {
      String data = options.data();
      if (data != null) {
        return new ByteArrayInputStream(data.getBytes(StandardCharsets.UTF_8));
      }
      try {
        return new FileInputStream(String.valueOf(options.filename()));
      } catch (IOException e) {
        throw new LibsqlException(
            ResultCode.ERROR, "cannot open '" + options.filename() + "' for reading", e);
      }
    }

    CsvReader reader(InputStream text) {
      return new CsvReader(text, connection.limit(Limit.LENGTH));
    }

    private List<String> firstLine() {
      List<String> fields = new ArrayList<>();
      try (InputStream text = openText()) {
        CsvReader reader = reader(text);
        int most = connection.limit(Limit.COLUMN) + 1;
        while (fields.size() < most && reader.next()) {
          fields.add(new String(reader.field(), 0, reader.length(), StandardCharsets.UTF_8));
          if (reader.isLastOfLine()) {
            break;
          }
        }
      } catch (IOException e) {
        throw new LibsqlException(ResultCode.IOERR_READ, "cannot read: " + e.getMessage(), e);
      }
      return fields;
    }

    @Override
    public boolean bestIndex(IndexInfo info) {
      info.setEstimatedCost(1_000_000);
      return true;
    }

    @Override
    public VirtualCursor open() {
      return new CsvCursor(this);
    }
  }

  /** Whoever closes a file that was only read learns nothing from a failure. */
  static void close(@Nullable InputStream text) {
    if (text != null) {
      try {
        text.close();
      } catch (IOException e) {
        // All of it has been read.
      }
    }
  }
}

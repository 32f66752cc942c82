package org.libsql4j.vtab.csv;

import org.libsql4j.Connection;
import org.libsql4j.Extension;

/** What {@code load_extension('csv')} adds. */
public final class CsvExtension implements Extension {
  @Override
  public String name() {
    return "csv";
  }

  @Override
  public void load(Connection connection) {
    connection.createModule(name(), new CsvModule());
  }
}

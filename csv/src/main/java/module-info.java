/** CSV files as virtual tables. */
module org.libsql4j.csv {
  requires static org.jspecify;
  requires transitive org.libsql4j.engine;

  exports org.libsql4j.vtab.csv;

  provides org.libsql4j.Extension with
      org.libsql4j.vtab.csv.CsvExtension;
}

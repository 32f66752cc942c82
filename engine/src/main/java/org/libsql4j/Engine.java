package org.libsql4j;

import org.libsql4j.compile.SqlCompiler;
import org.libsql4j.connection.StatementCompiler;
import org.libsql4j.func.BuiltInFunctions;
import org.libsql4j.func.FunctionRegistry;
import org.libsql4j.pager.WriteAheadLogProvider;
import org.libsql4j.wal.SqliteWalProvider;

/** Where the parts of the engine are put together: the one place that knows all of them. */
final class Engine {
  private static final WriteAheadLogProvider WAL_PROVIDER = new SqliteWalProvider();

  private Engine() {}

  /** The functions that every connection has. */
  static FunctionRegistry builtInFunctions() {
    return BuiltInFunctions.registry();
  }

  /** The compiler of a new connection. */
  static StatementCompiler newCompiler() {
    return new SqlCompiler();
  }

  /** Where write-ahead logs come from unless the application brings its own. */
  static WriteAheadLogProvider writeAheadLogProvider() {
    return WAL_PROVIDER;
  }
}

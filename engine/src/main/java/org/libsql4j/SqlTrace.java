package org.libsql4j;

import java.util.function.Consumer;
import org.libsql4j.connection.TraceListener;
import org.libsql4j.connection.TracedStatement;
import org.libsql4j.sql.SecretText;

/** Passes on what runs as SQL with the values of the parameters in their place. */
final class SqlTrace implements TraceListener {
  private final Consumer<String> consumer;

  SqlTrace(Consumer<String> consumer) {
    this.consumer = consumer;
  }

  @Override
  public void statement(TracedStatement statement, String text) {
    boolean isTrigger = text.startsWith("-- ") && !text.endsWith(statement.sql());
    consumer.accept(SecretText.hide(isTrigger ? text : statement.expandedSql()));
  }
}

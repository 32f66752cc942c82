package org.libsql4j.cli.format;

/** Where formatted text goes. */
public interface TextSink {
  void print(String text);

  /** Prints the text and a line feed, on every platform. */
  default void println(String text) {
    print(text);
    print("\n");
  }
}

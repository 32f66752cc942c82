package org.libsql4j.func;

import org.libsql4j.func.json.JsonFunctions;

/** The functions that every connection has. */
public final class BuiltInFunctions {
  private BuiltInFunctions() {}

  private static final FunctionRegistry REGISTRY = create();

  /** Shared by all connections; nobody may add to it. */
  public static FunctionRegistry registry() {
    return REGISTRY;
  }

  private static FunctionRegistry create() {
    FunctionRegistry registry = new FunctionRegistry(null);
    TextFunctions.register(registry);
    TrimFunctions.register(registry);
    HexFunctions.register(registry);
    QuoteFunctions.register(registry);
    JsonFunctions.register(registry);
    DateFunctions.register(registry);
    MathFunctions.register(registry);
    PercentileFunction.register(registry);
    FormatFunction.register(registry);
    PatternFunctions.register(registry);
    NumberFunctions.register(registry);
    ConditionalFunctions.register(registry);
    ConnectionFunctions.register(registry);
    CountFunction.register(registry);
    SumFunction.register(registry);
    ExtremeFunction.register(registry);
    GroupConcatFunction.register(registry);
    WindowFunctions.register(registry);
    return registry;
  }
}

package org.libsql4j.func;

import java.util.function.Consumer;
import org.libsql4j.func.json.JsonFunctions;

/** The functions that every connection has. */
public final class BuiltInFunctions {
  private BuiltInFunctions() {}

  /**
   * Functions that are made together, when the first of them is used: making all takes longer than
   * opening a connection. One class, as the JVM takes its time for each method reference, too.
   */
  private enum Group implements Consumer<FunctionRegistry> {
    TEXT(
        "char concat concat_ws instr length lower octet_length replace soundex substr "
            + "substring unicode upper"),
    TRIM("ltrim rtrim trim"),
    HEX("hex unhex"),
    QUOTE("quote unistr unistr_quote"),
    JSON(
        "-> ->> json json_array json_array_insert json_array_length json_error_position "
            + "json_extract json_group_array json_group_object json_insert json_object "
            + "json_patch json_pretty json_quote json_remove json_replace json_set json_type "
            + "json_valid jsonb jsonb_array jsonb_array_insert jsonb_extract jsonb_group_array "
            + "jsonb_group_object jsonb_insert jsonb_object jsonb_patch jsonb_remove "
            + "jsonb_replace jsonb_set"),
    DATE(
        "current_date current_time current_timestamp date datetime julianday strftime "
            + "time timediff unixepoch"),
    MATH(
        "acos acosh asin asinh atan atan2 atanh ceil ceiling cos cosh degrees exp floor "
            + "ln log log10 log2 mod pi pow power radians sin sinh sqrt tan tanh trunc"),
    PERCENTILE("median percentile percentile_cont percentile_disc"),
    FORMAT("format printf"),
    PATTERN("glob like"),
    NUMBER("abs random randomblob round sign zeroblob"),
    CONDITIONAL(
        "coalesce if ifnull iif likelihood likely max min nullif sqlite_offset typeof "
            + "unlikely"),
    CONNECTION(
        "changes last_insert_rowid load_extension match sqlite_compileoption_get "
            + "sqlite_compileoption_used sqlite_log sqlite_source_id sqlite_version subtype "
            + "total_changes"),
    COUNT("count"),
    SUM("avg sum total"),
    GROUP_CONCAT("group_concat string_agg"),
    WINDOW(
        "cume_dist dense_rank first_value lag last_value lead nth_value ntile "
            + "percent_rank rank row_number");

    private final String names;

    Group(String names) {
      this.names = names;
    }

    @Override
    public void accept(FunctionRegistry registry) {
      switch (this) {
        case TEXT -> TextFunctions.register(registry);
        case TRIM -> TrimFunctions.register(registry);
        case HEX -> HexFunctions.register(registry);
        case QUOTE -> QuoteFunctions.register(registry);
        case JSON -> JsonFunctions.register(registry);
        case DATE -> DateFunctions.register(registry);
        case MATH -> MathFunctions.register(registry);
        case PERCENTILE -> PercentileFunction.register(registry);
        case FORMAT -> FormatFunction.register(registry);
        case PATTERN -> PatternFunctions.register(registry);
        case NUMBER -> NumberFunctions.register(registry);
        case CONDITIONAL -> {
          ConditionalFunctions.register(registry);
          ExtremeFunction.register(registry);
        }
        case CONNECTION -> ConnectionFunctions.register(registry);
        case COUNT -> CountFunction.register(registry);
        case SUM -> SumFunction.register(registry);
        case GROUP_CONCAT -> GroupConcatFunction.register(registry);
        case WINDOW -> WindowFunctions.register(registry);
      }
    }
  }

  private static final FunctionRegistry REGISTRY = create();

  /** Shared by all connections; nobody may add to it. */
  public static FunctionRegistry registry() {
    return REGISTRY;
  }

  private static FunctionRegistry create() {
    FunctionRegistry registry = new FunctionRegistry(null);
    for (Group group : Group.values()) {
      registry.registerLazily(group, group.names);
    }
    return registry;
  }
}

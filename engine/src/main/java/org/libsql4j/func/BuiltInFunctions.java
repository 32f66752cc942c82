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

  /** Making all of them takes longer than opening a connection, and most need few. */
  private static FunctionRegistry create() {
    FunctionRegistry registry = new FunctionRegistry(null);
    registry.registerLazily(
        TextFunctions::register,
        "char concat concat_ws instr length lower octet_length replace soundex substr "
            + "substring unicode upper");
    registry.registerLazily(TrimFunctions::register, "ltrim rtrim trim");
    registry.registerLazily(HexFunctions::register, "hex unhex");
    registry.registerLazily(QuoteFunctions::register, "quote unistr unistr_quote");
    registry.registerLazily(
        JsonFunctions::register,
        "-> ->> json json_array json_array_insert json_array_length json_error_position "
            + "json_extract json_group_array json_group_object json_insert json_object "
            + "json_patch json_pretty json_quote json_remove json_replace json_set json_type "
            + "json_valid jsonb jsonb_array jsonb_array_insert jsonb_extract jsonb_group_array "
            + "jsonb_group_object jsonb_insert jsonb_object jsonb_patch jsonb_remove "
            + "jsonb_replace jsonb_set");
    registry.registerLazily(
        DateFunctions::register,
        "current_date current_time current_timestamp date datetime julianday strftime "
            + "time timediff unixepoch");
    registry.registerLazily(
        MathFunctions::register,
        "acos acosh asin asinh atan atan2 atanh ceil ceiling cos cosh degrees exp floor "
            + "ln log log10 log2 mod pi pow power radians sin sinh sqrt tan tanh trunc");
    registry.registerLazily(
        PercentileFunction::register, "median percentile percentile_cont percentile_disc");
    registry.registerLazily(FormatFunction::register, "format printf");
    registry.registerLazily(PatternFunctions::register, "glob like");
    registry.registerLazily(NumberFunctions::register, "abs random randomblob round sign zeroblob");
    registry.registerLazily(
        group -> {
          ConditionalFunctions.register(group);
          ExtremeFunction.register(group);
        },
        "coalesce if ifnull iif likelihood likely max min nullif sqlite_offset typeof "
            + "unlikely");
    registry.registerLazily(
        ConnectionFunctions::register,
        "changes last_insert_rowid load_extension match sqlite_compileoption_get "
            + "sqlite_compileoption_used sqlite_log sqlite_source_id sqlite_version subtype "
            + "total_changes");
    registry.registerLazily(CountFunction::register, "count");
    registry.registerLazily(SumFunction::register, "avg sum total");
    registry.registerLazily(GroupConcatFunction::register, "group_concat string_agg");
    registry.registerLazily(
        WindowFunctions::register,
        "cume_dist dense_rank first_value lag last_value lead nth_value ntile "
            + "percent_rank rank row_number");
    return registry;
  }
}

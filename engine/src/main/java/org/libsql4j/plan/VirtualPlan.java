package org.libsql4j.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a virtual table is going to be searched.
 *
 * @param arguments the conditions whose values it is given, in the order of the arguments
 * @param omit which of them the table checks itself
 * @param allAtOnce which of them are INs whose whole list is given
 * @param ordered whether rows come in the order wanted
 */
public record VirtualPlan(
    int indexNumber,
    @Nullable String indexText,
    List<WhereTerm> arguments,
    boolean[] omit,
    boolean[] allAtOnce,
    boolean ordered,
    boolean hexadecimal) {}

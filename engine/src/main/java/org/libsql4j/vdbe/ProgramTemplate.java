package org.libsql4j.vdbe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.Mem;

/**
 * A program with places to put values in: what all statements are compiled to that differ in these
 * values only.
 *
 * <p>Made of the programs of two such statements, by comparison. Immutable.
 */
public final class ProgramTemplate {
  /**
   * An instruction that loads one of the values.
   *
   * @param address of the instruction
   * @param value number of the value
   * @param negative whether it loads the value with a minus sign
   */
  private record Place(int address, int value, boolean negative) {}

  private final Program program;
  private final List<Place> places;

  private ProgramTemplate(Program program, List<Place> places) {
    this.program = program;
    this.places = places;
  }

  /**
   * Compares two programs that were not run yet.
   *
   * @param firstValues the values in the first one, Longs, Doubles and Strings; found nowhere else
   *     in it
   * @param secondValues those in the second one, in the same order
   * @return null if the programs differ in more than loading these values
   */
  public static @Nullable ProgramTemplate of(
      Program first,
      List<? extends Object> firstValues,
      Program second,
      List<? extends Object> secondValues) {
    if (!areAlike(first, second)) {
      return null;
    }
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < first.ops().length; i++) {
      Op one = first.ops()[i];
      Op other = second.ops()[i];
      if (isSame(one, other)) {
        continue;
      }
      Place place = place(i, one, other, firstValues, secondValues);
      if (place == null) {
        return null;
      }
      places.add(place);
    }
    return new ProgramTemplate(first, places);
  }

  /** Whether all but the instructions is equal. */
  private static boolean areAlike(Program first, Program second) {
    return first.ops().length == second.ops().length
        && first.registerCount() == second.registerCount()
        && first.cursorCount() == second.cursorCount()
        && first.resultColumns().equals(second.resultColumns())
        && first.parameterNames().isEmpty()
        && second.parameterNames().isEmpty()
        && first.readOnly() == second.readOnly()
        && first.explain() == 0
        && second.explain() == 0
        && first.usesStatementJournal() == second.usesStatementJournal()
        && first.countsChanges() == second.countsChanges()
        && first.assumptions().isEmpty()
        && second.assumptions().isEmpty()
        && first.token() == null
        && second.token() == null;
  }

  private static boolean isSame(Op one, Op other) {
    return isSameButForValue(one, other) && one.p1 == other.p1 && isSameP4(one.p4, other.p4);
  }

  private static boolean isSameButForValue(Op one, Op other) {
    return one.opcode == other.opcode
        && one.code == other.code
        && one.valueKind == other.valueKind
        && one.action == other.action
        && one.p2 == other.p2
        && one.p3 == other.p3
        && one.p5 == other.p5
        && one.lastField == other.lastField
        && one.onlyForResult == other.onlyForResult
        && one.conditionsEnd == other.conditionsEnd
        && Objects.equals(one.comment, other.comment);
  }

  private static boolean isSameP4(@Nullable Object one, @Nullable Object other) {
    if (one instanceof KeyInfo a && other instanceof KeyInfo b) {
      return a.encoding() == b.encoding()
          && a.keyFieldCount() == b.keyFieldCount()
          && Arrays.equals(a.collations(), b.collations())
          && Arrays.equals(a.sortFlags(), b.sortFlags());
    }
    if (one instanceof Mem a && other instanceof Mem b) {
      return a.type == b.type
          && a.integer == b.integer
          && Double.compare(a.real, b.real) == 0
          && Objects.equals(a.text(), b.text());
    }
    if (one instanceof byte[] a && other instanceof byte[] b) {
      return Arrays.equals(a, b);
    }
    if (one instanceof int[] a && other instanceof int[] b) {
      return Arrays.equals(a, b);
    }
    return Objects.equals(one, other);
  }

  private static @Nullable Place place(
      int address, Op one, Op other, List<?> firstValues, List<?> secondValues) {
    Object first = loaded(one);
    Object second = loaded(other);
    if (first == null || second == null || !isSameButForValue(one, other)) {
      return null;
    }
    for (int i = 0; i < firstValues.size(); i++) {
      if (first.equals(firstValues.get(i)) && second.equals(secondValues.get(i))) {
        return new Place(address, i, false);
      }
      if (first.equals(negative(firstValues.get(i)))
          && second.equals(negative(secondValues.get(i)))) {
        return new Place(address, i, true);
      }
    }
    return null;
  }

  /** The value that an instruction does nothing but load; null if it does something else. */
  private static @Nullable Object loaded(Op op) {
    return switch (op.opcode) {
      case Opcode.INTEGER -> op.p4 == null ? (Object) (long) op.p1 : null;
      case Opcode.INT64, Opcode.REAL, Opcode.STRING8 -> op.p1 == 0 ? op.p4 : null;
      default -> null;
    };
  }

  private static @Nullable Object negative(Object value) {
    if (value instanceof Double real) {
      return -real;
    }
    return value instanceof Long number ? (Object) (-number) : null;
  }

  /**
   * The program for values of the same kinds, in the same order: Longs that fit into an int, those
   * that do not, Doubles and Strings.
   *
   * @param sql the text of the statement
   */
  public Program fill(String sql, List<? extends Object> values) {
    Op[] ops = program.ops().clone();
    for (Place place : places) {
      Object value = values.get(place.value);
      ops[place.address] =
          ops[place.address].loading(
              place.negative ? Objects.requireNonNull(negative(value)) : value);
    }
    return new Program(
        ops,
        program.registerCount(),
        program.cursorCount(),
        program.resultColumns(),
        sql,
        program.parameterNames(),
        program.readOnly(),
        0,
        program.usesStatementJournal(),
        program.countsChanges(),
        List.of());
  }
}

package org.libsql4j.vdbe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.libsql4j.record.Collation;
import org.libsql4j.record.Collations;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.Mem;
import org.libsql4j.record.MemComparator;
import org.libsql4j.record.Record;
import org.libsql4j.record.TextEncoding;

/** The sorter orders as a stable sort with the comparison of values does, in memory and spilled. */
class SorterTest {
  private static Mem value(Random random) {
    Mem mem = new Mem();
    switch (random.nextInt(9)) {
      case 0 -> mem.setNull();
      case 1 -> mem.setInteger(random.nextInt(5) - 2);
      case 2 -> mem.setInteger(random.nextLong());
      case 3 -> mem.setReal(random.nextInt(9) / 2.0 - 2);
      case 4 -> mem.setReal((double) random.nextLong());
      case 5 -> mem.setText("x".repeat(random.nextInt(10)) + (char) ('A' + random.nextInt(40)));
      case 6 -> mem.setText("Ab \0aB".substring(random.nextInt(3), 3 + random.nextInt(4)));
      case 7 -> mem.setBlobShared(new byte[random.nextInt(12)]);
      default -> mem.setInteger((1L << 53) + random.nextInt(3));
    }
    return mem;
  }

  /** Texts that begin alike are told apart behind their common beginning. */
  @Property(tries = 50)
  void sortsTextsWithACommonBeginning(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] flags = {(byte) random.nextInt(2), 0};
    KeyInfo keyInfo =
        new KeyInfo(TextEncoding.UTF8, 1, new Collation[] {Collations.BINARY, null}, flags);
    check(
        keyInfo,
        random,
        () -> {
          Mem mem = new Mem();
          int kind = random.nextInt(1000);
          mem.setText(
              "a common beginning".substring(0, kind == 0 ? 9 : 18)
                  + Long.toString(random.nextInt(3000), 36)
                  + (kind < 200 ? "\0" : ""));
          return mem;
        });
  }

  /** Keys that tie over many bytes, and whose ties go on in further fields. */
  @Property(tries = 100)
  void sortsByWhatFollowsTies(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int keyFields) {
    Random random = new Random(seed);
    Collation[] collations = {Collations.BINARY, Collations.NOCASE, Collations.RTRIM};
    Collation[] chosen = new Collation[keyFields + 1];
    byte[] flags = new byte[keyFields + 1];
    for (int i = 0; i < keyFields; i++) {
      chosen[i] = collations[random.nextInt(3)];
      flags[i] = (byte) random.nextInt(4);
    }
    KeyInfo keyInfo = new KeyInfo(TextEncoding.UTF8, keyFields, chosen, flags);
    int words = 1 + random.nextInt(40);
    check(keyInfo, random, () -> words(random, words));
  }

  private static Mem words(Random random, int count) {
    Mem mem = new Mem();
    int kind = random.nextInt(40);
    if (kind == 0) {
      mem.setNull();
    } else if (kind < 4) {
      byte[] blob = new byte[random.nextInt(30)];
      Arrays.fill(blob, (byte) -random.nextInt(2));
      mem.setBlobShared(blob);
    } else if (kind < 10) {
      mem.setInteger(random.nextInt(3));
    } else {
      String[] parts = {"alpha ", "Alphabet ", "alphabets", " ", "\0", "b", "\u00fc"};
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(count); i > 0; i--) {
        text.append(parts[random.nextInt(i == 1 ? parts.length : 2)]);
      }
      mem.setText(text.toString());
    }
    return mem;
  }

  private static int compare(KeyInfo keyInfo, Mem[] left, Mem[] right) {
    for (int i = 0; i < keyInfo.keyFieldCount(); i++) {
      int result = MemComparator.compare(left[i], right[i], keyInfo.collation(i));
      if (result != 0) {
        int flags = keyInfo.sortFlags(i);
        if ((flags & KeyInfo.NULLS_BIG) != 0 && (left[i].isNull() || right[i].isNull())) {
          result = -result;
        }
        return (flags & KeyInfo.DESC) != 0 ? -result : result;
      }
    }
    return 0;
  }

  @Property(tries = 200)
  void sortsLikeAStableSort(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int keyFields) {
    Random random = new Random(seed);
    Collation[] collations = {Collations.BINARY, Collations.NOCASE, Collations.RTRIM, null};
    Collation[] chosen = new Collation[keyFields + 1];
    byte[] flags = new byte[keyFields + 1];
    for (int i = 0; i < keyFields; i++) {
      chosen[i] = collations[random.nextInt(4)];
      flags[i] = (byte) random.nextInt(4);
    }
    KeyInfo keyInfo = new KeyInfo(TextEncoding.UTF8, keyFields, chosen, flags);
    check(keyInfo, random, () -> value(random));
  }

  private static void check(KeyInfo keyInfo, Random random, Supplier<Mem> values) {
    int keyFields = keyInfo.keyFieldCount();
    int rows = random.nextInt(random.nextBoolean() ? 300 : 4000);
    int budget = random.nextBoolean() ? 4000 + random.nextInt(200_000) : 1 << 20;
    List<Mem[]> expected = new ArrayList<>();
    try (TestMachine machine = TestMachine.inMemory()) {
      VdbeSorter sorter = new VdbeSorter(machine.connection, keyInfo, keyFields, budget);
      for (int i = 0; i < rows; i++) {
        Mem[] row = new Mem[keyFields + 1];
        for (int k = 0; k < keyFields; k++) {
          row[k] = values.get();
        }
        row[keyFields] = new Mem();
        row[keyFields].setInteger(i);
        expected.add(row);
        byte[] record = Record.encode(row, 0, row.length, 4);
        sorter.add(record, 0, record.length);
      }
      expected.sort((l, r) -> compare(keyInfo, l, r));
      List<Long> actual = new ArrayList<>();
      Mem record = new Mem();
      Mem[] fields = new Mem[keyFields + 1];
      for (int i = 0; i < fields.length; i++) {
        fields[i] = new Mem();
      }
      if (sorter.rewind()) {
        do {
          sorter.data(record);
          Record.unpack(record.bytes, record.offset, record.length, fields, TextEncoding.UTF8);
          actual.add(fields[keyFields].integer);
        } while (sorter.next());
      }
      sorter.close();
      assertThat(actual).isEqualTo(expected.stream().map(row -> row[keyFields].integer).toList());
    }
  }
}

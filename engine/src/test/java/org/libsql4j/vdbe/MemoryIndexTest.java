package org.libsql4j.vdbe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
import org.libsql4j.record.UnpackedRecord;

/** A search of the index in memory finds the entries that are equal to the key, in order. */
class MemoryIndexTest {
  private static Mem value(Random random, int kinds) {
    Mem mem = new Mem();
    switch (random.nextInt(kinds)) {
      case 0 -> mem.setInteger(random.nextInt(30) - 15);
      case 1 -> mem.setReal(random.nextInt(60) / 2.0 - 15);
      case 2 -> mem.setText("same beginning" + random.nextInt(20));
      case 3 -> mem.setText("x".repeat(random.nextInt(4)) + "\0".repeat(random.nextInt(3)));
      case 4 -> mem.setBlobShared(new byte[random.nextInt(12)]);
      case 5 -> mem.setInteger((1L << 53) + random.nextInt(3));
      case 6 -> mem.setReal(random.nextBoolean() ? 5.000000000000001 : (double) (1L << 53));
      case 7 -> mem.setInteger(random.nextLong());
      default -> mem.setNull();
    }
    return mem;
  }

  @Property(tries = 200)
  void findsWhatIsEqual(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 2) int keyFields,
      @ForAll @IntRange(min = 1, max = 9) int kinds) {
    Random random = new Random(seed);
    Collation[] some = {Collations.BINARY, Collations.NOCASE, Collations.RTRIM};
    Collation[] collations = new Collation[keyFields + 1];
    for (int i = 0; i < keyFields; i++) {
      collations[i] = some[random.nextInt(3)];
    }
    KeyInfo keyInfo = new KeyInfo(TextEncoding.UTF8, keyFields + 1, collations, null);
    MemoryIndex index = new MemoryIndex(keyInfo, MemoryIndex.DEFAULT_BUDGET_BYTES);
    List<Mem[]> rows = new ArrayList<>();
    for (int i = random.nextInt(400); i >= 0; i--) {
      Mem[] row = new Mem[keyFields + 1];
      for (int k = 0; k < keyFields; k++) {
        row[k] = value(random, kinds);
      }
      row[keyFields] = new Mem();
      row[keyFields].setInteger(i);
      rows.add(row);
      byte[] record = Record.encode(row, 0, row.length, 4);
      assertThat(index.add(record, 0, record.length)).isTrue();
    }
    for (int search = 0; search < 50; search++) {
      Mem[] key = new Mem[keyFields];
      for (int k = 0; k < keyFields; k++) {
        do {
          key[k] = value(random, kinds);
        } while (key[k].isNull());
      }
      assertThat(found(index, keyInfo, key)).isEqualTo(expected(rows, collations, key));
    }
  }

  private static List<Long> found(MemoryIndex index, KeyInfo keyInfo, Mem[] key) {
    List<Long> found = new ArrayList<>();
    UnpackedRecord unpacked = new UnpackedRecord(keyInfo, key, key.length);
    unpacked.defaultResult = 1;
    boolean more = index.seek(unpacked);
    unpacked.defaultResult = -1;
    RecordView view = new RecordView(TextEncoding.UTF8, key.length + 1);
    Mem rowid = new Mem();
    while (more && !index.isAfter(unpacked)) {
      index.show(view);
      view.get(key.length, rowid);
      found.add(rowid.integer);
      more = index.next();
    }
    return found;
  }

  private static List<Long> expected(List<Mem[]> rows, Collation[] collations, Mem[] key) {
    return rows.stream()
        .filter(
            row -> {
              for (int k = 0; k < key.length; k++) {
                if (MemComparator.compare(row[k], key[k], collations[k]) != 0) {
                  return false;
                }
              }
              return true;
            })
        .map(row -> row[key.length].integer)
        .sorted()
        .toList();
  }

  @Property(tries = 20)
  void refusesWhatIsTooMuch(@ForAll @IntRange(min = 100, max = 3000) int budget) {
    KeyInfo keyInfo = new KeyInfo(TextEncoding.UTF8, 1, new Collation[1], null);
    MemoryIndex index = new MemoryIndex(keyInfo, budget);
    int added = 0;
    while (added < 1000 && index.add(new byte[] {2, 1, 5}, 0, 3)) {
      added++;
    }
    assertThat(added).isBetween(1, budget / 3);
    assertThat(index.count()).isEqualTo(added);
  }
}

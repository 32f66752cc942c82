package org.libsql4j.btree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.UnpackedRecord;

/**
 * Searches that begin where the cursor is find what a search from the root finds. A failure names
 * seed and settings.
 */
class IndexSeekTest {
  private static final KeyInfo KEY = BtreeFixture.keyInfo(2);

  private Random random;
  private int entries;

  @ParameterizedTest(name = "page size {0}, entries {1}, long keys {2}, seed {3}")
  @CsvSource({
    "512,1,false,1",
    "512,3,false,2",
    "512,40,false,3",
    "512,3000,false,4",
    "512,1000,true,5",
    "4096,200,false,6",
    "4096,20000,false,7",
    "4096,2000,true,8"
  })
  void findsWhatASearchFromTheRootFinds(int pageSize, int count, boolean longKeys, long seed) {
    random = new Random(seed);
    entries = count;
    Btree btree = BtreeFixture.inMemory(pageSize, 0);
    btree.beginTransaction(true, false);
    int root = btree.createTable(Btree.BLOBKEY);
    BtreeCursor cursor = btree.cursor(root, true, KEY);
    for (int i = 0; i < count; i++) {
      byte[] key =
          BtreeFixture.record(
              BtreeFixture.integer(random.nextInt(count) * 2L),
              BtreeFixture.text(
                  longKeys && i % 3 == 0 ? "x".repeat(random.nextInt(900)) : "y" + i));
      cursor.insertIndex(key, 0, key.length, null, 0, 0);
    }
    long at = 0;
    for (int i = 0; i < 20_000; i++) {
      at = nextWanted(i / 500 % 4, at);
      step(cursor);
      compareWithSearchFromRoot(btree, root, cursor, key(at));
    }
    btree.commit();
    btree.close();
  }

  /** Ascending, descending, to and fro, anywhere. */
  private long nextWanted(int pattern, long at) {
    long width = 2L * entries + 3;
    long wanted =
        switch (pattern) {
          case 0 -> at + random.nextInt(3);
          case 1 -> at - random.nextInt(3);
          case 2 -> at + random.nextInt(41) - 20;
          default -> random.nextInt((int) width);
        };
    return Math.floorMod(wanted + 1, width) - 1;
  }

  private void step(BtreeCursor cursor) {
    if (!cursor.isEof()) {
      switch (random.nextInt(6)) {
        case 0 -> cursor.next();
        case 1 -> cursor.previous();
        default -> {
          // Stays.
        }
      }
    }
  }

  private UnpackedRecord key(long first) {
    byte[] record =
        random.nextInt(3) == 0
            ? BtreeFixture.record(
                BtreeFixture.integer(first), BtreeFixture.text("y" + random.nextInt(entries)))
            : BtreeFixture.record(BtreeFixture.integer(first));
    UnpackedRecord key = BtreeFixture.unpacked(KEY, record);
    key.defaultResult = random.nextInt(3) - 1;
    return key;
  }

  private static void compareWithSearchFromRoot(
      Btree btree, int root, BtreeCursor cursor, UnpackedRecord key) {
    BtreeCursor fresh = btree.cursor(root, false, KEY);
    int expected = fresh.indexMoveTo(key);
    boolean equalSeen = key.equalSeen;
    int result = cursor.indexMoveTo(key);
    assertThat(key.equalSeen).isEqualTo(equalSeen);
    assertThat(result == 0).isEqualTo(expected == 0);
    if (key.defaultResult != 0) {
      assertThat(following(cursor, result)).isEqualTo(following(fresh, expected));
    } else if (result == 0) {
      // Any of several entries that are equal in the fields of the key.
      byte[] found = BtreeFixture.payload(cursor);
      assertThat(BtreeFixture.unpacked(KEY, found).fields[0].integer)
          .isEqualTo(key.fields[0].integer);
    } else {
      assertThat(following(cursor, result)).isEqualTo(following(fresh, expected));
    }
    fresh.close();
  }

  /** The entry behind the place of a key; the cursor is left at the entry before it. */
  private static String following(BtreeCursor cursor, int result) {
    boolean there = !cursor.isEof() && (result > 0 || cursor.next());
    String text = there ? Arrays.toString(BtreeFixture.payload(cursor)) : "none";
    if (there) {
      cursor.previous();
    }
    return text;
  }
}

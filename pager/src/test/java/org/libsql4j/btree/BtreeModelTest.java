package org.libsql4j.btree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.PagerOptions;
import org.libsql4j.record.Bytes;
import org.libsql4j.record.KeyInfo;
import org.libsql4j.record.Mem;
import org.libsql4j.vfs.MemoryVfs;

/**
 * Random changes to tables and indexes, compared with {@link TreeMap}s, with transactions and
 * savepoints. A failure names seed and settings.
 */
class BtreeModelTest {
  private static final int TABLES = 3;
  private static final KeyInfo KEY = BtreeFixture.keyInfo(1);

  /** One table or index of the model; the keys of an index are the order of its byte strings. */
  private static final class Model {
    int root;
    boolean table;
    TreeMap<Long, byte[]> rows = new TreeMap<>();
    TreeMap<byte[], byte[]> keys = new TreeMap<>(Model::compareBlobs);

    static int compareBlobs(byte[] a, byte[] b) {
      return Bytes.compare(a, 0, a.length, b, 0, b.length);
    }

    Model copy() {
      Model copy = new Model();
      copy.root = root;
      copy.table = table;
      copy.rows.putAll(rows);
      copy.keys.putAll(keys);
      return copy;
    }
  }

  private Random random;
  private Btree btree;
  private List<Model> models;

  @ParameterizedTest(name = "page size {0}, auto-vacuum {1}, reserved {2}, lock byte {3}, seed {4}")
  @CsvSource({
    "512,0,0,0,1", "512,1,0,0,2", "512,2,0,0,3", "1024,0,12,0,4", "1024,1,32,0,5",
    "4096,0,0,0,6", "4096,1,0,0,7", "65536,0,0,0,8", "512,0,0,20000,9", "512,1,0,20000,10",
    "512,2,7,53248,11", "2048,2,255,0,12", "65536,1,0,0,13", "512,1,0,512,14", "512,1,0,52736,15"
  })
  void behavesLikeTreeMaps(
      int pageSize, int autoVacuum, int reservedBytes, int lockByte, long seed) {
    random = new Random(seed);
    btree = BtreeFixture.inMemory(pageSize, autoVacuum, reservedBytes, lockByte);
    btree.setSecureDelete((int) seed % 3);
    run(pageSize, autoVacuum);
  }

  @ParameterizedTest(name = "{0}, cache size {1}, page size {2}, auto-vacuum {3}, seed {4}")
  @CsvSource({
    "memory,100,512,0,21",
    "memory,100,1024,1,22",
    "temporary,10,512,0,23",
    "temporary,10,512,1,24",
    "temporary,1000,1024,2,25",
    "file,10,512,0,26",
    "file,10,1024,1,27",
    "file,10,512,2,28"
  })
  void behavesLikeTreeMapsWithEveryPager(
      String kind, int cacheSize, int pageSize, int autoVacuum, long seed) {
    random = new Random(seed);
    MemoryVfs vfs = new MemoryVfs();
    PagerOptions options =
        switch (kind) {
          case "memory" -> PagerOptions.memory(vfs);
          case "temporary" -> PagerOptions.temporary(vfs);
          default -> PagerOptions.file(vfs, "/test.db");
        };
    btree = Btree.open(options.cacheSize(cacheSize));
    btree.setPageSize(pageSize, -1, false);
    btree.setAutoVacuum(autoVacuum);
    run(pageSize, autoVacuum);
  }

  private void run(int pageSize, int autoVacuum) {
    models = new ArrayList<>();
    btree.beginTransaction(true, false);
    for (int i = 0; i < TABLES * 2; i++) {
      create(i % 2 == 0);
    }
    btree.commit();
    int maxPayload = Math.min(pageSize * 3, 20000);
    List<Model> committed = copy(models);
    for (int transaction = 0; transaction < 30; transaction++) {
      btree.beginTransaction(true, false);
      int savepoints = 0;
      List<List<Model>> saved = new ArrayList<>();
      for (int step = 0; step < 60; step++) {
        int dice = random.nextInt(100);
        if (dice < 4) {
          btree.beginStatement(++savepoints);
          saved.add(copy(models));
        } else if (dice < 7 && savepoints > 0) {
          int target = random.nextInt(savepoints);
          if (random.nextBoolean()) {
            btree.rollbackToSavepoint(target);
            models = copy(saved.get(target));
            saved.subList(target + 1, savepoints).clear();
            savepoints = target + 1;
          } else {
            btree.releaseSavepoint(target);
            saved.subList(target, savepoints).clear();
            savepoints = target;
          }
        } else if (dice < 9) {
          recreate();
        } else if (dice < 11 && autoVacuum == 2) {
          for (int i = random.nextInt(10); i > 0 && btree.incrementalVacuum(); i--) {}
        } else {
          change(models.get(random.nextInt(models.size())), maxPayload);
        }
      }
      compareAll();
      if (random.nextInt(4) == 0) {
        btree.rollback(ResultCode.OK, false);
        models = copy(committed);
      } else {
        btree.commit();
        committed = copy(models);
      }
      btree.beginTransaction(false, false);
      compareAll();
      btree.commit();
    }
    assertThat(btree.pager().pinCount()).isZero();
    btree.close();
  }

  private List<Model> copy(List<Model> from) {
    List<Model> copies = new ArrayList<>();
    for (Model model : from) {
      copies.add(model.copy());
    }
    return copies;
  }

  private void create(boolean table) {
    Model model = new Model();
    model.table = table;
    model.root = btree.createTable(table ? Btree.INTKEY : Btree.BLOBKEY);
    models.add(model);
  }

  private void recreate() {
    Model victim = models.remove(random.nextInt(models.size()));
    int moved = btree.dropTable(victim.root);
    if (moved != 0) {
      for (Model model : models) {
        if (model.root == moved) {
          model.root = victim.root;
        }
      }
    }
    create(victim.table);
  }

  private BtreeCursor cursor(Model model) {
    return btree.cursor(model.root, true, model.table ? null : KEY);
  }

  private byte[] bytes(int max) {
    int size =
        switch (random.nextInt(10)) {
          case 0 -> random.nextInt(max);
          case 1 -> random.nextInt(Math.max(1, max / 4));
          case 2 -> 0;
          default -> random.nextInt(60);
        };
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    if (size > 0) {
      bytes[0] |= 2; // The integrity check expects the size of a record's header.
    }
    return bytes;
  }

  private void change(Model model, int maxPayload) {
    int dice = random.nextInt(20);
    int count = 1 + random.nextInt(30);
    BtreeCursor cursor = cursor(model);
    if (dice == 0) {
      assertThat(cursor.clearTable())
          .isEqualTo(model.table ? model.rows.size() : model.keys.size());
      model.rows.clear();
      model.keys.clear();
    } else if (dice < 4) {
      deleteWhileScanning(model, cursor);
    } else if (dice < 8) {
      for (int i = 0; i < count; i++) {
        deleteOne(model, cursor);
      }
    } else {
      boolean append = random.nextInt(3) == 0;
      for (int i = 0; i < count; i++) {
        insertOne(model, cursor, append, maxPayload);
      }
    }
    cursor.close();
  }

  private void insertOne(Model model, BtreeCursor cursor, boolean append, int maxPayload) {
    if (model.table) {
      long rowid =
          append && !model.rows.isEmpty() && model.rows.lastKey() < Long.MAX_VALUE
              ? model.rows.lastKey() + 1
              : random.nextInt(5) == 0 ? random.nextLong() : random.nextInt(1000);
      byte[] data = bytes(maxPayload);
      int zeroTail = data.length > 0 && random.nextInt(10) == 0 ? random.nextInt(100) : 0;
      int seek = random.nextBoolean() ? cursor.tableMoveTo(rowid, append) : 0;
      int flags = append ? BtreeCursor.APPEND : 0;
      if (random.nextInt(8) == 0) {
        flags |= BtreeCursor.SAVE_POSITION;
      }
      cursor.insertTable(rowid, data, 0, data.length, zeroTail, flags, seek);
      model.rows.put(rowid, Arrays.copyOf(data, data.length + zeroTail));
      if ((flags & BtreeCursor.SAVE_POSITION) != 0) {
        assertThat(cursor.restore()).isFalse();
        assertThat(cursor.integerKey()).isEqualTo(rowid);
      }
    } else {
      byte[] blob = bytes(maxPayload);
      byte[] key = key(blob);
      int seek = random.nextBoolean() ? cursor.indexMoveTo(BtreeFixture.unpacked(KEY, key)) : 0;
      cursor.insertIndex(key, 0, key.length, null, 0, seek);
      model.keys.put(blob, key);
    }
  }

  private static byte[] key(byte[] blob) {
    Mem mem = new Mem();
    mem.setBlobShared(blob);
    return BtreeFixture.record(mem);
  }

  private void deleteOne(Model model, BtreeCursor cursor) {
    if (model.table) {
      long rowid = random.nextInt(1000);
      Long near = model.rows.ceilingKey(rowid);
      long victim = near == null || random.nextInt(4) == 0 ? rowid : near;
      boolean present = model.rows.remove(victim) != null;
      assertThat(cursor.tableMoveTo(victim, false) == 0).isEqualTo(present);
      if (present) {
        cursor.delete(0);
      }
    } else if (!model.keys.isEmpty()) {
      byte[] probe = bytes(30);
      byte[] near = model.keys.ceilingKey(probe);
      byte[] victim = near == null ? model.keys.firstKey() : near;
      byte[] key = model.keys.remove(victim);
      assertThat(cursor.indexMoveTo(BtreeFixture.unpacked(KEY, key))).isZero();
      cursor.delete(0);
    }
  }

  /**
   * Removes entries from a scan as DELETE does in one pass, with another cursor on the same tree.
   */
  private void deleteWhileScanning(Model model, BtreeCursor cursor) {
    boolean backwards = random.nextBoolean();
    int percent = random.nextInt(100);
    BtreeCursor witness = cursor(model);
    boolean witnessAt = !(random.nextBoolean() ? witness.moveToFirst() : witness.moveToLast());
    if (backwards ? cursor.moveToLast() : cursor.moveToFirst()) {
      witness.close();
      return;
    }
    List<Object> order = new ArrayList<>(model.table ? model.rows.keySet() : model.keys.keySet());
    if (backwards) {
      Collections.reverse(order);
    }
    int visited = 0;
    boolean more = true;
    while (more) {
      assertThat(visited).isLessThan(order.size());
      Object expected = order.get(visited++);
      if (model.table) {
        assertThat(cursor.integerKey()).isEqualTo(expected);
      } else {
        assertThat(BtreeFixture.payload(cursor)).isEqualTo(model.keys.get(expected));
      }
      if (random.nextInt(100) < percent) {
        cursor.delete(BtreeCursor.SAVE_POSITION);
        if (model.table) {
          model.rows.remove(expected);
        } else {
          model.keys.remove(expected);
        }
      }
      more = backwards ? cursor.previous() : cursor.next();
    }
    assertThat(visited).isEqualTo(order.size());
    if (witnessAt) {
      witness.restore();
    }
    witness.close();
  }

  private void compareAll() {
    int[] roots = new int[models.size() + 1];
    roots[0] = 1;
    for (int i = 0; i < models.size(); i++) {
      Model model = models.get(i);
      roots[i + 1] = model.root;
      compare(model);
    }
    assertThat(BtreeFixture.check(btree, roots)).isEmpty();
  }

  private void compare(Model model) {
    BtreeCursor cursor = cursor(model);
    if (model.table) {
      boolean more = !cursor.moveToFirst();
      for (Map.Entry<Long, byte[]> row : model.rows.entrySet()) {
        assertThat(more).isTrue();
        assertThat(cursor.integerKey()).isEqualTo(row.getKey());
        assertThat(BtreeFixture.payload(cursor)).isEqualTo(row.getValue());
        more = cursor.next();
      }
      assertThat(more).isFalse();
      assertThat(cursor.count()).isEqualTo(model.rows.size());
    } else {
      boolean more = !cursor.moveToLast();
      for (byte[] key : model.keys.descendingMap().values()) {
        assertThat(more).isTrue();
        assertThat(BtreeFixture.payload(cursor)).isEqualTo(key);
        more = cursor.previous();
      }
      assertThat(more).isFalse();
      assertThat(cursor.count()).isEqualTo(model.keys.size());
    }
    cursor.close();
  }
}

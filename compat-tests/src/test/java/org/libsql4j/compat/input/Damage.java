package org.libsql4j.compat.input;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Ways to damage a database, by chance but never twice in the same way. */
enum Damage {
  BITS((image, random) -> flipBits(image.database, random)),
  IMPORTANT_BYTES(Damage::importantBytes),
  TRUNCATION(
      (image, random) ->
          image.database = Arrays.copyOf(image.database, random.nextInt(image.database.length))),
  MISSING_PAGES(
      (image, random) ->
          image.database =
              Arrays.copyOf(
                  image.database, image.pageSize * (1 + random.nextInt(image.pageCount())))),
  GARBAGE_BEHIND(Damage::garbageBehind),
  SWAPPED_PAGES(Damage::swapPages),
  COPIED_PAGE(Damage::copyPage),
  PAGE_OF_GARBAGE(Damage::garbagePage),
  HEADER(Damage::header),
  FREE_LIST(Damage::freeList),
  RECORD(Damage::records),
  CELL_POINTERS(Damage::cellPointers),
  CHILD_POINTERS(Damage::childPointers),
  OVERFLOW_CHAIN(Damage::overflow),
  POINTER_MAP(Damage::pointerMap),
  SCHEMA(null),
  LOG_BITS((image, random) -> flipBits(image.wal, random)),
  LOG_HEADER(Damage::logHeader),
  LOG_FRAMES(Damage::logFrames),
  LOG_PAGES(Damage::logPages),
  LOG_TRUNCATION(
      (image, random) -> image.wal = Arrays.copyOf(image.wal, random.nextInt(image.wal.length))),
  JOURNAL_BITS((image, random) -> flipBits(image.journal, random)),
  JOURNAL_HEADER(Damage::journalHeader),
  JOURNAL_RECORDS(Damage::journalRecords),
  JOURNAL_NAME(Damage::journalName);

  private interface Change {
    void apply(DatabaseImage image, Random random);
  }

  private static final int[] EXTREMES = {
    0, 1, 2, 3, -1, -2, Integer.MAX_VALUE, Integer.MIN_VALUE, 0xffff, 0x10000, 127, 128, 255, 256
  };

  private final Change change;

  Damage(Change change) {
    this.change = change;
  }

  boolean isOfLog() {
    return name().startsWith("LOG_");
  }

  boolean isOfJournal() {
    return name().startsWith("JOURNAL_");
  }

  /** SCHEMA is done by SQL statements, see {@link HostileSchema}. */
  void apply(DatabaseImage image, Random random) {
    if (change != null) {
      change.apply(image, random);
    }
  }

  private static int extreme(Random random, int sensible) {
    return switch (random.nextInt(4)) {
      case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
      case 1 -> random.nextInt();
      default -> random.nextInt(Math.max(1, sensible) + 2);
    };
  }

  private static void flipBits(byte[] bytes, Random random) {
    for (int i = random.nextInt(6); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
  }

  private static void importantBytes(DatabaseImage image, Random random) {
    int page = 1 + random.nextInt(image.pageCount());
    for (int i = random.nextInt(6); i >= 0; i--) {
      // Mostly in the headers and pointers at the beginning of pages.
      int range = random.nextInt(3) == 0 ? image.pageSize : page == 1 ? 140 : 40;
      image.database[image.offsetOf(page) + random.nextInt(range)] = (byte) random.nextInt();
      page = random.nextBoolean() ? page : 1 + random.nextInt(image.pageCount());
    }
  }

  private static void garbageBehind(DatabaseImage image, Random random) {
    byte[] garbage = new byte[random.nextInt(3 * image.pageSize)];
    random.nextBytes(garbage);
    int end = image.database.length;
    image.database = Arrays.copyOf(image.database, end + garbage.length);
    System.arraycopy(garbage, 0, image.database, end, garbage.length);
    if (random.nextBoolean()) {
      image.inDatabase().putInt(28, image.pageCount()); // The header says that it is used.
    }
  }

  private static void swapPages(DatabaseImage image, Random random) {
    for (int i = random.nextInt(3); i >= 0; i--) {
      int one = image.offsetOf(2 + random.nextInt(image.pageCount() - 1));
      int two = image.offsetOf(2 + random.nextInt(image.pageCount() - 1));
      byte[] first = Arrays.copyOfRange(image.database, one, one + image.pageSize);
      System.arraycopy(image.database, two, image.database, one, image.pageSize);
      System.arraycopy(first, 0, image.database, two, image.pageSize);
    }
  }

  private static void copyPage(DatabaseImage image, Random random) {
    for (int i = random.nextInt(3); i >= 0; i--) {
      int from = image.offsetOf(1 + random.nextInt(image.pageCount()));
      int to = image.offsetOf(2 + random.nextInt(image.pageCount() - 1));
      System.arraycopy(image.database, from, image.database, to, image.pageSize);
    }
  }

  private static void garbagePage(DatabaseImage image, Random random) {
    int start = image.offsetOf(2 + random.nextInt(image.pageCount() - 1));
    byte[] garbage = new byte[image.pageSize];
    if (random.nextBoolean()) {
      random.nextBytes(garbage);
    } else {
      Arrays.fill(garbage, (byte) (random.nextBoolean() ? 0 : 0xff));
    }
    int keep = random.nextInt(3) == 0 ? 0 : 12; // A sound page header makes it worse.
    System.arraycopy(garbage, keep, image.database, start + keep, image.pageSize - keep);
  }

  private static void header(DatabaseImage image, Random random) {
    ByteBuffer bytes = image.inDatabase();
    for (int i = random.nextInt(3); i >= 0; i--) {
      switch (random.nextInt(6)) {
        case 0 -> bytes.putShort(16, (short) (1 << random.nextInt(16)));
        case 1 -> bytes.put(18 + random.nextInt(6), (byte) random.nextInt(4));
        case 2 -> bytes.put(20, (byte) random.nextInt());
        default -> bytes.putInt(24 + 4 * random.nextInt(19), extreme(random, image.pageCount()));
      }
    }
  }

  private static void freeList(DatabaseImage image, Random random) {
    ByteBuffer bytes = image.inDatabase();
    int trunk = bytes.getInt(32);
    for (int i = random.nextInt(6); i > 0 && trunk > 0 && trunk <= image.pageCount(); i--) {
      int next = bytes.getInt(image.offsetOf(trunk));
      trunk = next > 0 ? next : trunk;
    }
    if (trunk <= 0 || trunk > image.pageCount()) {
      trunk = 2;
    }
    int start = image.offsetOf(trunk);
    switch (random.nextInt(6)) {
      case 0 -> bytes.putInt(start, trunk);
      case 1 -> bytes.putInt(start, bytes.getInt(32));
      case 2 -> bytes.putInt(start, extreme(random, image.pageCount()));
      case 3 -> bytes.putInt(start + 4, extreme(random, image.pageSize / 4));
      case 4 ->
          bytes.putInt(
              start + 8 + 4 * random.nextInt(image.pageSize / 4 - 2),
              extreme(random, image.pageCount()));
      default -> bytes.putInt(random.nextBoolean() ? 32 : 36, extreme(random, image.pageCount()));
    }
  }

  /** A page of a tree, its number; with cells. */
  private static int treePage(DatabaseImage image, Random random, boolean interior) {
    int page = 1;
    for (int attempt = 0; attempt < 200; attempt++) {
      page = 1 + random.nextInt(image.pageCount());
      int type = image.database[header(image, page)];
      boolean isInterior = type == 2 || type == 5;
      if (isInterior == interior && (isInterior || type == 10 || type == 13)) {
        return page;
      }
    }
    return page;
  }

  private static int header(DatabaseImage image, int page) {
    return image.offsetOf(page) + (page == 1 ? 100 : 0);
  }

  /** Where a cell begins, within the file; some place in the page if there is none. */
  private static int cell(DatabaseImage image, int page, Random random) {
    ByteBuffer bytes = image.inDatabase();
    int header = header(image, page);
    boolean interior = bytes.get(header) == 2 || bytes.get(header) == 5;
    int count = bytes.getShort(header + 3);
    if (count <= 0 || count > image.pageSize / 4) {
      return image.offsetOf(page) + random.nextInt(image.pageSize - 16);
    }
    int slot = header + (interior ? 12 : 8) + 2 * random.nextInt(count);
    int offset = bytes.getShort(slot) & 0xffff;
    return image.offsetOf(page) + Math.min(offset, image.pageSize - 16);
  }

  private static void records(DatabaseImage image, Random random) {
    for (int i = random.nextInt(4); i >= 0; i--) {
      int cell = cell(image, treePage(image, random, random.nextInt(6) == 0), random);
      int at = cell + random.nextInt(14);
      switch (random.nextInt(4)) {
        case 0 -> Arrays.fill(image.database, at, Math.min(at + 9, cell + 16), (byte) 0xff);
        case 1 -> image.database[at] = (byte) (0x80 | random.nextInt());
        case 2 -> image.database[at] = (byte) random.nextInt(14);
        default -> image.database[at] = (byte) random.nextInt();
      }
    }
  }

  private static void cellPointers(DatabaseImage image, Random random) {
    int page = treePage(image, random, random.nextInt(4) == 0);
    int header = header(image, page);
    ByteBuffer bytes = image.inDatabase();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int value = extreme(random, image.pageSize);
      switch (random.nextInt(6)) {
        case 0 -> bytes.putShort(header + 1, (short) value); // first free block
        case 1 -> bytes.putShort(header + 3, (short) value); // number of cells
        case 2 -> bytes.putShort(header + 5, (short) value); // start of content
        case 3 -> bytes.put(header + 7, (byte) value); // fragments
        default -> bytes.putShort(header + 8 + 2 * random.nextInt(20), (short) value);
      }
    }
  }

  private static void childPointers(DatabaseImage image, Random random) {
    int page = treePage(image, random, true);
    int header = header(image, page);
    int target =
        switch (random.nextInt(4)) {
          case 0 -> page;
          case 1 -> treePage(image, random, true);
          case 2 -> treePage(image, random, false);
          default -> extreme(random, image.pageCount());
        };
    int at = random.nextInt(3) == 0 ? header + 8 : cell(image, page, random);
    image.inDatabase().putInt(at, target);
  }

  /** Overflow pages begin with a page number and hold, here, zeros mostly. */
  private static void overflow(DatabaseImage image, Random random) {
    ByteBuffer bytes = image.inDatabase();
    int page = 2;
    for (int attempt = 0; attempt < 200; attempt++) {
      page = 2 + random.nextInt(image.pageCount() - 1);
      int start = image.offsetOf(page);
      int next = bytes.getInt(start);
      if (next > 0 && next <= image.pageCount() && bytes.getInt(start + 8) == 0) {
        break;
      }
    }
    int target =
        switch (random.nextInt(3)) {
          case 0 -> page;
          case 1 -> Math.max(2, page - 1);
          default -> extreme(random, image.pageCount());
        };
    bytes.putInt(image.offsetOf(page), target);
  }

  private static void pointerMap(DatabaseImage image, Random random) {
    ByteBuffer bytes = image.inDatabase();
    if (bytes.getInt(52) == 0) {
      bytes.putInt(52, 1 + random.nextInt(9)); // Claims to have pointer maps.
      bytes.putInt(64, random.nextInt(2));
    }
    int perMap = image.pageSize / 5;
    int maps = (image.pageCount() - 2) / (perMap + 1) + 1;
    for (int i = random.nextInt(5); i >= 0; i--) {
      int start = image.offsetOf(2 + random.nextInt(maps) * (perMap + 1));
      int entry = start + 5 * random.nextInt(perMap);
      if (entry + 5 > image.database.length) {
        continue;
      }
      if (random.nextBoolean()) {
        image.database[entry] = (byte) random.nextInt(8);
      } else {
        bytes.putInt(entry + 1, extreme(random, image.pageCount()));
      }
    }
  }

  private static void logHeader(DatabaseImage image, Random random) {
    ByteBuffer bytes = ByteBuffer.wrap(image.wal);
    switch (random.nextInt(4)) {
      case 0 -> bytes.putInt(8, 1 << random.nextInt(31));
      case 1 -> bytes.putInt(0, bytes.getInt(0) ^ 1);
      default -> bytes.putInt(4 * random.nextInt(8), extreme(random, image.pageSize));
    }
    if (random.nextInt(3) > 0) {
      image.signLog();
    }
  }

  private static void logFrames(DatabaseImage image, Random random) {
    ByteBuffer bytes = ByteBuffer.wrap(image.wal);
    int frames = (image.wal.length - 32) / (24 + image.pageSize);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int frame = 32 + random.nextInt(frames) * (24 + image.pageSize);
      int pages = image.pageCount();
      bytes.putInt(frame + (random.nextBoolean() ? 0 : 4), extreme(random, pages));
    }
    image.signLog();
  }

  /** Damaged pages that come from the log. */
  private static void logPages(DatabaseImage image, Random random) {
    int frames = (image.wal.length - 32) / (24 + image.pageSize);
    for (int i = random.nextInt(8); i >= 0; i--) {
      int page = 32 + random.nextInt(frames) * (24 + image.pageSize) + 24;
      int range = random.nextBoolean() ? 110 : image.pageSize;
      image.wal[page + random.nextInt(range)] = (byte) random.nextInt();
    }
    image.signLog();
  }

  private static void journalHeader(DatabaseImage image, Random random) {
    ByteBuffer bytes = ByteBuffer.wrap(image.journal);
    for (int i = random.nextInt(2); i >= 0; i--) {
      int field = 8 + 4 * random.nextInt(5);
      boolean isSize = field >= 20 && random.nextBoolean();
      // A database of more pages than fit on the disk would only test the disk.
      int value = isSize ? 1 << random.nextInt(31) : extreme(random, image.pageCount());
      bytes.putInt(field, field == 16 ? value & 0xffffff : value);
    }
  }

  private static void journalRecords(DatabaseImage image, Random random) {
    ByteBuffer bytes = ByteBuffer.wrap(image.journal);
    int records = (image.journal.length - 512) / (image.pageSize + 8);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int record = 512 + random.nextInt(records) * (image.pageSize + 8);
      if (random.nextBoolean()) {
        bytes.putInt(record, extreme(random, image.pageCount()));
      } else {
        image.journal[record + 4 + random.nextInt(image.pageSize)] = (byte) random.nextInt();
      }
    }
    image.signJournal(512, image.pageSize);
  }

  /** The name of a super-journal at the end. */
  private static void journalName(DatabaseImage image, Random random) {
    byte[] name = new byte[random.nextInt(40)];
    random.nextBytes(name);
    int sum = 0;
    for (byte b : name) {
      sum += b;
    }
    ByteBuffer trailer = ByteBuffer.allocate(4 + name.length + 16);
    trailer.putInt(0x40000000 / image.pageSize + 1).put(name);
    trailer.putInt(random.nextInt(3) == 0 ? extreme(random, 50) : name.length);
    trailer.putInt(random.nextInt(4) == 0 ? random.nextInt() : sum);
    trailer.put(image.journal, 0, 8);
    int end = image.journal.length;
    image.journal = Arrays.copyOf(image.journal, end + trailer.capacity());
    System.arraycopy(trailer.array(), 0, image.journal, end, trailer.capacity());
  }
}

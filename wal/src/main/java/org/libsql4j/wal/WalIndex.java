package org.libsql4j.wal;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.SharedMemory;

/**
 * The index of a log: which frame has which page, and what readers and checkpoints tell each other.
 *
 * <p>In memory shared by all users of the database, or in private memory when the database file is
 * locked exclusively. What is read here may change at any moment, and may be nonsense: nothing is
 * used as an address unchecked.
 */
final class WalIndex {
  /** A read mark that means "none". */
  static final int MARK_UNUSED = -1;

  static final int READ_MARKS = 5;

  /** Frames that a region holds; region 0 holds fewer. */
  static final int FRAMES_PER_REGION = 4096;

  static final int INFO_BYTES = 136;
  static final int FRAMES_IN_FIRST = FRAMES_PER_REGION - INFO_BYTES / 4;

  /** Where the hash table begins, in every region. */
  static final int TABLE_OFFSET = FRAMES_PER_REGION * 4;

  /**
   * How often an index that is not mapped is looked at before it is mapped, which takes as long as
   * about a hundred looks, but happens to those who will look much oftener.
   */
  private static final int UNMAPPED_LOOKS = 20;

  private static final byte[] ZEROS = new byte[SharedMemory.REGION_BYTES];
  private static final int SLOTS = 2 * FRAMES_PER_REGION;
  private static final int HASH_FACTOR = 383;

  private static final int SECOND_HEADER_OFFSET = IndexHeader.BYTES;
  private static final int BACKFILL_OFFSET = 96;
  private static final int READ_MARK_OFFSET = 100;
  private static final int BACKFILL_ATTEMPTED_OFFSET = 128;

  private final DatabaseFile databaseFile;
  private final boolean onHeap;

  /** Private memory stands in for shared memory that cannot be trusted. */
  private boolean detached;

  /** Where {@link #append} put the last frame in the hash table of its region. */
  private int lastKey;

  /**
   * How the index of an empty log begins that this connection made without mapping it; null once it
   * is mapped, or somebody else changed it.
   */
  private @Nullable ByteBuffer unmapped;

  private int looks;

  private @Nullable SharedMemory shared;
  private @Nullable ByteBuffer[] regions = new @Nullable ByteBuffer[4];

  /**
   * @param databaseFile whose shared memory it is
   * @param onHeap use private memory
   */
  WalIndex(DatabaseFile databaseFile, boolean onHeap) {
    this.databaseFile = databaseFile;
    this.onHeap = onHeap;
  }

  boolean isOnHeap() {
    return onHeap;
  }

  boolean isDetached() {
    return detached;
  }

  /** Begins with empty private memory, or goes back to the shared memory. */
  void setDetached(boolean value) {
    detached = value;
    unmapped = null;
    Arrays.fill(regions, null);
  }

  /** The shared memory, which is joined when first needed. */
  SharedMemory memory() {
    SharedMemory present = shared;
    if (present == null) {
      present = databaseFile.openSharedMemory();
      if (present == null) {
        throw new LibsqlException(ResultCode.CANTOPEN);
      }
      shared = present;
    }
    return present;
  }

  /** Whether a region exists; with {@code create} it does afterwards. */
  boolean hasRegion(int number, boolean create) {
    if (number < regions.length && regions[number] != null) {
      return true;
    }
    ByteBuffer found;
    if (onHeap || detached) {
      found =
          create
              ? ByteBuffer.allocate(SharedMemory.REGION_BYTES).order(ByteOrder.nativeOrder())
              : null;
    } else {
      found = memory().region(number, create);
    }
    if (found == null) {
      return false;
    }
    if (number >= regions.length) {
      regions = Arrays.copyOf(regions, Math.max(number + 1, regions.length * 2));
    }
    regions[number] = found;
    unmapped = null;
    return true;
  }

  private ByteBuffer region(int number) {
    ByteBuffer[] present = regions;
    ByteBuffer found = number < present.length ? present[number] : null;
    return found != null ? found : mapRegion(number);
  }

  private ByteBuffer mapRegion(int number) {
    hasRegion(number, false);
    ByteBuffer found = number < regions.length ? regions[number] : null;
    if (found == null) {
      throw WalFormat.corrupt();
    }
    return found;
  }

  /** Orders accesses to shared memory; see {@link SharedMemory#barrier}. */
  void barrier() {
    SharedMemory present = shared;
    if (present != null) {
      present.barrier();
    }
  }

  boolean isReadOnly() {
    return !onHeap && memory().isReadOnly();
  }

  /** Ends the use of the shared memory. */
  void close(boolean delete) {
    SharedMemory present = shared;
    shared = null;
    unmapped = null;
    Arrays.fill(regions, null);
    if (present == null) {
      return;
    }
    if (delete) {
      present.closeAndDelete();
    } else {
      present.close();
    }
  }

  // ---- an index that is not mapped

  /**
   * Makes the index of an empty log without mapping it. All locks are held.
   *
   * @param recovery makes a draft in region 0, of which there is only the beginning meanwhile
   * @return false if that is not possible; the connection's header is that of the draft even so
   */
  boolean makeUnmapped(WalRecovery recovery) {
    if (onHeap || detached) {
      return false;
    }
    ByteBuffer made = ByteBuffer.allocate(INFO_BYTES).order(ByteOrder.nativeOrder());
    regions[0] = made;
    try {
      recovery.runOnNothing();
    } finally {
      regions[0] = null;
    }
    if (memory().createUnmapped(made.array())) {
      unmapped = made;
      looks = 0;
    }
    return unmapped != null;
  }

  /** Whether it can be told without a mapping if the index is still that of an empty log. */
  boolean isUnmapped() {
    if (looks > UNMAPPED_LOOKS) {
      unmapped = null;
    }
    return unmapped != null;
  }

  /** Where to find the headers: what the file has now, or region 0. */
  private ByteBuffer headers() {
    ByteBuffer present = unmapped;
    unmapped = null; // Also if reading fails: somebody may have cut the file.
    if (present != null && memory().readUnmapped(present.array())) {
      looks++;
      unmapped = present;
      return present;
    }
    return region(0);
  }

  // ---- headers

  /** Whether both headers, which were this one, still are. */
  boolean headersAre(IndexHeader header) {
    ByteBuffer both = headers();
    boolean are = header.isStill(both, 0);
    if (are) {
      barrier();
      are = header.isStill(both, SECOND_HEADER_OFFSET);
    }
    if (!are) {
      unmapped = null;
    }
    return are;
  }

  /** Reads both headers; false if they differ, as they do while somebody changes them. */
  boolean loadHeader(IndexHeader dest) {
    ByteBuffer first = region(0);
    dest.load(first, 0);
    barrier();
    return dest.isSame(first, SECOND_HEADER_OFFSET);
  }

  /** Makes a header the one that everybody sees. Needs WRITE. */
  void storeHeader(IndexHeader header) {
    header.seal();
    ByteBuffer first = region(0);
    header.store(first, SECOND_HEADER_OFFSET);
    barrier();
    header.store(first, 0);
  }

  /** Whether the first header, which was this one, still is. */
  boolean headerIs(IndexHeader header) {
    boolean is = header.isStill(headers(), 0);
    if (!is) {
      unmapped = null;
    }
    return is;
  }

  /** Whether the log is in the round of a header. */
  boolean hasSaltsOf(IndexHeader header) {
    return header.hasSaltsOf(region(0), 0);
  }

  /** Reads the first header alone: right for who holds WRITE. */
  void loadFirstHeader(IndexHeader dest) {
    dest.load(region(0), 0);
  }

  // ---- marks

  int backfill() {
    // Nothing was moved out of an empty log; if it is not empty any more, its header tells.
    return unmapped != null ? 0 : region(0).getInt(BACKFILL_OFFSET);
  }

  void setBackfill(int frames) {
    region(0).putInt(BACKFILL_OFFSET, frames);
  }

  int backfillAttempted() {
    return region(0).getInt(BACKFILL_ATTEMPTED_OFFSET);
  }

  void setBackfillAttempted(int frames) {
    region(0).putInt(BACKFILL_ATTEMPTED_OFFSET, frames);
  }

  int readMark(int mark) {
    return region(0).getInt(READ_MARK_OFFSET + 4 * mark);
  }

  void setReadMark(int mark, int frame) {
    region(0).putInt(READ_MARK_OFFSET + 4 * mark, frame);
  }

  // ---- frames

  private static int regionOf(int frame) {
    return (frame + FRAMES_PER_REGION - FRAMES_IN_FIRST - 1) / FRAMES_PER_REGION;
  }

  /** Frames in the regions before this one. */
  private static int framesBefore(int region) {
    return region == 0 ? 0 : FRAMES_IN_FIRST + (region - 1) * FRAMES_PER_REGION;
  }

  private static int pagesOffset(int region) {
    return region == 0 ? INFO_BYTES : 0;
  }

  private static int hash(int pageNumber) {
    return pageNumber * HASH_FACTOR & SLOTS - 1;
  }

  private static int slotAt(ByteBuffer region, int key) {
    return region.getShort(TABLE_OFFSET + 2 * key) & 0xffff;
  }

  /** The page in a frame. */
  int pageOf(int frame) {
    int number = regionOf(frame);
    int place = frame - framesBefore(number) - 1;
    return region(number).getInt(pagesOffset(number) + 4 * place);
  }

  /** The last frame of a page among the frames {@code from} to {@code to}, or 0. */
  int find(int pageNumber, int from, int to) {
    int firstRegion = regionOf(from);
    for (int number = regionOf(to); number >= firstRegion; number--) {
      int found = findIn(number, pageNumber, from, to);
      if (found != 0) {
        return found;
      }
    }
    return 0;
  }

  private int findIn(int number, int pageNumber, int from, int to) {
    ByteBuffer region = region(number);
    int before = framesBefore(number);
    int pages = pagesOffset(number);
    int key = hash(pageNumber);
    int found = 0;
    int slot;
    int probes = SLOTS;
    while ((slot = slotAt(region, key)) != 0) {
      int frame = before + slot;
      if (slot > FRAMES_PER_REGION || --probes == 0) {
        throw WalFormat.corrupt();
      }
      if (frame <= to && frame >= from && region.getInt(pages + 4 * slot - 4) == pageNumber) {
        found = frame;
      }
      key = key + 1 & SLOTS - 1;
    }
    return found;
  }

  /** Adds the next frame. Needs WRITE. */
  void append(int frame, int pageNumber) {
    int number = regionOf(frame);
    hasRegion(number, true);
    ByteBuffer region = region(number);
    int place = frame - framesBefore(number);
    int pages = pagesOffset(number);
    if (place == 1) {
      zero(region, pages, SharedMemory.REGION_BYTES);
    } else if (region.getInt(pages + 4 * place - 4) != 0) {
      truncate(frame - 1); // Left behind by a writer that died.
    }
    int key = firstProbe(region, pages, pageNumber);
    int probes = place;
    while (slotAt(region, key) != 0) {
      if (probes-- == 0) {
        throw WalFormat.corrupt();
      }
      key = key + 1 & SLOTS - 1;
    }
    lastKey = key;
    region.putInt(pages + 4 * place - 4, pageNumber);
    region.putShort(TABLE_OFFSET + 2 * key, (short) place);
  }

  /**
   * Where to begin to look for a free slot. A page that is written again and again has a frame in
   * one slot after the other; if the last slot that was taken is of this page, all between its hash
   * and there are taken.
   */
  private int firstProbe(ByteBuffer region, int pages, int pageNumber) {
    int slot = slotAt(region, lastKey);
    boolean isSamePage =
        slot != 0 && slot <= FRAMES_PER_REGION && region.getInt(pages + 4 * slot - 4) == pageNumber;
    return isSamePage ? lastKey : hash(pageNumber);
  }

  /**
   * Takes the frames after {@code lastFrame} out of its region. Later regions are cleared when
   * their first frame is added.
   */
  void truncate(int lastFrame) {
    if (lastFrame == 0) {
      return;
    }
    int number = regionOf(lastFrame);
    if (!hasRegion(number, false)) {
      return;
    }
    ByteBuffer region = region(number);
    int last = lastFrame - framesBefore(number);
    for (int key = 0; key < SLOTS; key++) {
      if (slotAt(region, key) > last) {
        region.putShort(TABLE_OFFSET + 2 * key, (short) 0);
      }
    }
    for (int at = pagesOffset(number) + 4 * last; at < TABLE_OFFSET; at += 4) {
      region.putInt(at, 0);
    }
  }

  private static void zero(ByteBuffer region, int from, int to) {
    ByteBuffer dest = region.duplicate();
    ((Buffer) dest).clear().position(from);
    dest.put(ZEROS, 0, to - from);
  }

  /**
   * Takes over the frames of an index made in private memory, and writes only what differs: readers
   * may be using the same frames at this moment.
   */
  void copyFrames(WalIndex source, int lastFrame) {
    for (int number = 0; lastFrame > 0 && number <= regionOf(lastFrame); number++) {
      hasRegion(number, true);
      ByteBuffer from = source.region(number);
      ByteBuffer to = region(number);
      for (int at = pagesOffset(number); at < SharedMemory.REGION_BYTES; at += 4) {
        int value = from.getInt(at);
        if (to.getInt(at) != value) {
          to.putInt(at, value);
        }
      }
    }
  }
}

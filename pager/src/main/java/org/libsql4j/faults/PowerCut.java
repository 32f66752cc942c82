package org.libsql4j.faults;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.libsql4j.vfs.FileKind;
import org.libsql4j.vfs.MemoryVfs;
import org.libsql4j.vfs.OpenOptions;

/**
 * What is on disk when the power goes.
 *
 * <p>All that was synced is there. Of the rest any part may be: each write or truncation is done,
 * lost, or, unless the device says otherwise, done for some of its sectors. Files come and go as
 * they did; the operating system keeps directories in order.
 */
public final class PowerCut {
  private static final int SECTOR_BYTES = 512;

  /** What becomes of writes that were not synced. */
  public enum Unsynced {
    /** All of them are done. */
    KEPT,
    /** None of them is. */
    LOST,
    /** Each is done, lost or torn, by chance. */
    RANDOM
  }

  private PowerCut() {}

  /**
   * The files as they are found after the power comes back.
   *
   * @param recorded what was done
   * @param count after how many events the power goes
   * @param seed of what is by chance
   */
  public static MemoryVfs after(RecordingVfs recorded, int count, Unsynced unsynced, long seed) {
    List<FileEvent> events = recorded.events();
    Map<String, Integer> lastSync = new HashMap<>();
    for (int i = 0; i < count; i++) {
      if (events.get(i) instanceof FileEvent.Sync sync) {
        lastSync.put(sync.path(), i);
      }
    }
    MemoryVfs image = sameDevice(recorded.target());
    recorded.start().forEach(image::setContent);
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      FileEvent event = events.get(i);
      boolean synced = i < lastSync.getOrDefault(event.path(), -1);
      apply(image, event, synced ? Unsynced.KEPT : unsynced, random);
    }
    return image;
  }

  private static MemoryVfs sameDevice(MemoryVfs original) {
    MemoryVfs probe = original;
    int characteristics;
    int sectorSize;
    try (var file = probe.open(null, OpenOptions.temporary(FileKind.TRANSIENT))) {
      characteristics = file.deviceCharacteristics();
      sectorSize = file.sectorSize();
    }
    return new MemoryVfs(
        original.environment(), original.pendingByte(), sectorSize, characteristics);
  }

  private static void apply(MemoryVfs image, FileEvent event, Unsynced fate, Random random) {
    if (event instanceof FileEvent.Create) {
      image.setContent(event.path(), new byte[0]);
    } else if (event instanceof FileEvent.Delete) {
      if (image.isWritable(event.path())) {
        image.delete(event.path(), false);
      }
    } else if (event instanceof FileEvent.Write write) {
      write(image, write, fate, random);
    } else if (event instanceof FileEvent.Truncate truncate && isDone(fate, random)) {
      byte[] content = image.contentOf(truncate.path());
      image.setContent(truncate.path(), Arrays.copyOf(content, (int) truncate.size()));
    }
  }

  private static boolean isDone(Unsynced fate, Random random) {
    return fate == Unsynced.KEPT || (fate == Unsynced.RANDOM && random.nextBoolean());
  }

  private static void write(MemoryVfs image, FileEvent.Write write, Unsynced fate, Random random) {
    boolean torn = fate == Unsynced.RANDOM && random.nextInt(3) == 0;
    if (!torn && !isDone(fate, random)) {
      return;
    }
    byte[] content = image.contentOf(write.path());
    int start = (int) write.position();
    int end = start + write.bytes().length;
    int from = start;
    while (from < end) {
      int to = Math.min(end, (from / SECTOR_BYTES + 1) * SECTOR_BYTES);
      if (!torn || random.nextBoolean()) {
        content = Arrays.copyOf(content, Math.max(content.length, to));
        System.arraycopy(write.bytes(), from - start, content, from, to - from);
      }
      from = to;
    }
    image.setContent(write.path(), content);
  }
}

package org.libsql4j.faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.libsql4j.vfs.DeviceCharacteristics;
import org.libsql4j.vfs.FileKind;
import org.libsql4j.vfs.MemoryVfs;
import org.libsql4j.vfs.OpenOptions;

/**
 * What is on disk when the power goes.
 *
 * <p>All that was synced is there. Of the rest any part may be: each write or truncation is done,
 * lost, or done for some of its sectors of 512 bytes; so the order of writes means nothing. On a
 * device that does not promise {@link DeviceCharacteristics#POWERSAFE_OVERWRITE}, a sector of the
 * device's size that is hit by a torn write may also hold garbage, what stood beside the write
 * included.
 *
 * <p>Files come and go in the order in which they did. With {@link Directory#LAGS} some of the last
 * of these changes are lost unless they were made durable, by the sync of a new file of a kind that
 * needs it or by a deletion that says so.
 *
 * <p>An object goes through what was recorded from the beginning to the end, and makes any number
 * of images at each point.
 */
public final class PowerCut {
  private static final int TORN_BYTES = 512;

  /** What becomes of writes that were not synced. */
  public enum Unsynced {
    /** All of them are done. */
    KEPT,
    /** None of them is. */
    LOST,
    /** Each is done, lost or torn, by chance. */
    RANDOM
  }

  /** What becomes of files that were created or deleted. */
  public enum Directory {
    /** They are as they were, as on most journalling file systems when a crash is not far away. */
    IN_TIME,
    /** The last changes that were not made durable may be lost. */
    LAGS
  }

  /** The bytes of a file, whatever its name is. */
  private static final class Content {
    byte[] durable;
    final List<FileEvent> pending = new ArrayList<>();

    Content(byte[] durable) {
      this.durable = durable;
    }
  }

  /** A name was given to a file, or taken away. */
  private record NameChange(String path, @Nullable Content content) {}

  private final RecordingVfs recorded;
  private final int sectorBytes;
  private final int characteristics;
  private final Map<String, Content> names = new HashMap<>();
  private final Map<String, Content> durableNames = new HashMap<>();
  private final List<NameChange> nameChanges = new ArrayList<>();
  private int count;

  /** At the beginning of what was recorded. */
  public PowerCut(RecordingVfs recorded) {
    this.recorded = recorded;
    try (var file = recorded.target().open(null, OpenOptions.temporary(FileKind.TRANSIENT))) {
      characteristics = file.deviceCharacteristics();
      sectorBytes = file.sectorSize();
    }
    recorded.start().forEach((path, bytes) -> names.put(path, new Content(bytes)));
    durableNames.putAll(names);
  }

  /**
   * The files as they are found after the power comes back.
   *
   * @param recorded what was done
   * @param count after how many events the power goes
   * @param seed of what is by chance
   */
  public static MemoryVfs after(RecordingVfs recorded, int count, Unsynced unsynced, long seed) {
    return new PowerCut(recorded).advanceTo(count).image(unsynced, Directory.IN_TIME, seed);
  }

  /** Goes on to the moment after so many events; not back. */
  public PowerCut advanceTo(int events) {
    if (events < count) {
      throw new IllegalArgumentException("cannot go back to " + events + " from " + count);
    }
    while (count < events) {
      add(recorded.events().get(count++));
    }
    return this;
  }

  /** After how many events this is. */
  public int count() {
    return count;
  }

  private void add(FileEvent event) {
    if (event instanceof FileEvent.Create) {
      change(event.path(), new Content(new byte[0]));
    } else if (event instanceof FileEvent.Delete delete) {
      change(event.path(), null);
      if (delete.durable()) {
        makeNamesDurable(nameChanges.size());
      }
    } else {
      addToFile(event);
    }
  }

  private void change(String path, @Nullable Content content) {
    nameChanges.add(new NameChange(path, content));
    apply(names, nameChanges.get(nameChanges.size() - 1));
  }

  private static void apply(Map<String, Content> names, NameChange change) {
    Content content = change.content();
    if (content == null) {
      names.remove(change.path());
    } else {
      names.put(change.path(), content);
    }
  }

  private void makeNamesDurable(int changes) {
    List<NameChange> done = nameChanges.subList(0, changes);
    done.forEach(change -> apply(durableNames, change));
    done.clear();
  }

  private void addToFile(FileEvent event) {
    Content content = names.get(event.path());
    if (content == null) {
      return; // Deleted while it was open.
    }
    if (!(event instanceof FileEvent.Sync sync)) {
      content.pending.add(event);
      return;
    }
    Random unused = new Random(0);
    for (FileEvent done : content.pending) {
      content.durable = applied(content.durable, done, Unsynced.KEPT, unused);
    }
    content.pending.clear();
    if (sync.directory()) {
      int changes = nameChanges.size();
      while (changes > 0 && nameChanges.get(changes - 1).content() != content) {
        changes--;
      }
      makeNamesDurable(changes);
    }
  }

  /**
   * The files as they are found if the power goes now.
   *
   * @param seed of what is by chance
   */
  public MemoryVfs image(Unsynced unsynced, Directory directory, long seed) {
    Random random = new Random(seed);
    MemoryVfs original = recorded.target();
    MemoryVfs image =
        new MemoryVfs(original.environment(), original.pendingByte(), sectorBytes, characteristics);
    Map<String, Content> found = new HashMap<>(durableNames);
    int done = nameChanges.size();
    if (directory == Directory.LAGS) {
      done = random.nextInt(done + 1);
    }
    nameChanges.subList(0, done).forEach(change -> apply(found, change));
    found.entrySet().stream()
        .sorted(Map.Entry.comparingByKey()) // So that the seed decides all.
        .forEach(
            entry -> {
              byte[] bytes = entry.getValue().durable;
              for (FileEvent event : entry.getValue().pending) {
                bytes = applied(bytes, event, unsynced, random);
              }
              image.setContent(entry.getKey(), bytes);
            });
    return image;
  }

  /** May change the array if all is done, and never otherwise. */
  private byte[] applied(byte[] content, FileEvent event, Unsynced fate, Random random) {
    if (event instanceof FileEvent.Truncate truncate) {
      return isDone(fate, random) ? Arrays.copyOf(content, (int) truncate.size()) : content;
    }
    FileEvent.Write write = (FileEvent.Write) event;
    boolean torn = fate == Unsynced.RANDOM && random.nextInt(3) == 0;
    if (!torn && !isDone(fate, random)) {
      return content;
    }
    int start = (int) write.position();
    int end = start + write.bytes().length;
    byte[] changed = Arrays.copyOf(content, Math.max(content.length, end));
    if (!torn) {
      System.arraycopy(write.bytes(), 0, changed, start, end - start);
      return changed;
    }
    int reached = tear(write, changed, random);
    return Arrays.copyOf(changed, Math.max(content.length, reached));
  }

  private static boolean isDone(Unsynced fate, Random random) {
    return fate == Unsynced.KEPT || (fate == Unsynced.RANDOM && random.nextBoolean());
  }

  /** Does some sectors of a write; tells where the last one of them ends. */
  private int tear(FileEvent.Write write, byte[] content, Random random) {
    int start = (int) write.position();
    int end = start + write.bytes().length;
    int reached = 0;
    for (int from = start; from < end; ) {
      int to = Math.min(end, (from / TORN_BYTES + 1) * TORN_BYTES);
      if (random.nextBoolean()) {
        System.arraycopy(write.bytes(), from - start, content, from, to - from);
        reached = to;
      }
      from = to;
    }
    boolean safe = (characteristics & DeviceCharacteristics.POWERSAFE_OVERWRITE) != 0;
    if (!safe && random.nextInt(4) == 0) {
      int hit = (start + random.nextInt(end - start)) / sectorBytes * sectorBytes;
      for (int i = hit; i < Math.min(content.length, hit + sectorBytes); i++) {
        content[i] = (byte) random.nextInt();
      }
      reached = Math.max(reached, Math.min(end, hit + sectorBytes));
    }
    return reached;
  }
}

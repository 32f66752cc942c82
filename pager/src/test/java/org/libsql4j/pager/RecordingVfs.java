package org.libsql4j.pager;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.LockLevel;
import org.libsql4j.vfs.MemoryVfs;
import org.libsql4j.vfs.OpenOptions;
import org.libsql4j.vfs.SyncMode;
import org.libsql4j.vfs.VfsEnvironment;
import org.libsql4j.vfs.VirtualFileSystem;

/**
 * A memory file system that records what is done to files, so that a test can ask what a power
 * failure after any step would leave behind; and that can fail at any step.
 */
final class RecordingVfs implements VirtualFileSystem {
  sealed interface Event {
    record Write(String path, long position, byte[] bytes) implements Event {}

    record Truncate(String path, long size) implements Event {}

    record Sync(String path) implements Event {}

    record Create(String path) implements Event {}

    record Delete(String path) implements Event {}
  }

  final MemoryVfs target;
  final List<Event> events = new ArrayList<>();

  /** Calls until one fails; negative for never. */
  int failAfter = -1;

  boolean failForEver;
  boolean failed;
  ResultCode failure = ResultCode.IOERR;
  int calls;

  RecordingVfs(MemoryVfs target) {
    this.target = target;
  }

  private void step() {
    calls++;
    if (failAfter >= 0 && (failAfter-- == 0 || (failForEver && failed))) {
      failed = true;
      failAfter = failForEver ? 0 : -1;
      throw new LibsqlException(failure);
    }
  }

  @Override
  public String name() {
    return "recording";
  }

  @Override
  public long pendingByte() {
    return target.pendingByte();
  }

  @Override
  public VfsEnvironment environment() {
    return target.environment();
  }

  @Override
  public DatabaseFile open(@Nullable String path, OpenOptions options) {
    step();
    if (path != null && options.create() && !target.isWritable(path)) {
      events.add(new Event.Create(path));
    }
    return new RecordingFile(path == null ? "" : path, target.open(path, options));
  }

  @Override
  public void delete(String path, boolean syncDirectory) {
    step();
    events.add(new Event.Delete(path));
    target.delete(path, syncDirectory);
  }

  @Override
  public boolean exists(String path) {
    return target.exists(path);
  }

  @Override
  public boolean isWritable(String path) {
    return target.isWritable(path);
  }

  @Override
  public String fullPathname(String path) {
    return path;
  }

  /**
   * What is on disk if the power goes after {@code count} events.
   *
   * @param keep which of the writes that were not synced reached the disk; asked once for each
   */
  MemoryVfs after(Map<String, byte[]> start, int count, java.util.function.IntPredicate keep) {
    Map<String, Integer> lastSync = new HashMap<>();
    for (int i = 0; i < count; i++) {
      if (events.get(i) instanceof Event.Sync sync) {
        lastSync.put(sync.path(), i);
      }
    }
    MemoryVfs image =
        new MemoryVfs(
            target.environment(),
            target.pendingByte(),
            512,
            target
                .open("/probe", OpenOptions.readWriteCreate(org.libsql4j.vfs.FileKind.TRANSIENT))
                .deviceCharacteristics());
    start.forEach(image::setContent);
    for (int i = 0; i < count; i++) {
      apply(image, events.get(i), i, lastSync, keep);
    }
    return image;
  }

  private static void apply(
      MemoryVfs image,
      Event event,
      int index,
      Map<String, Integer> lastSync,
      java.util.function.IntPredicate keep) {
    if (event instanceof Event.Write write) {
      if (index < lastSync.getOrDefault(write.path(), -1) || keep.test(index)) {
        byte[] content = image.contentOf(write.path());
        int end = (int) write.position() + write.bytes().length;
        byte[] larger = java.util.Arrays.copyOf(content, Math.max(content.length, end));
        System.arraycopy(write.bytes(), 0, larger, (int) write.position(), write.bytes().length);
        image.setContent(write.path(), larger);
      }
    } else if (event instanceof Event.Truncate truncate) {
      if (index < lastSync.getOrDefault(truncate.path(), -1) || keep.test(index)) {
        byte[] content = image.contentOf(truncate.path());
        image.setContent(truncate.path(), java.util.Arrays.copyOf(content, (int) truncate.size()));
      }
    } else if (event instanceof Event.Create create) {
      image.setContent(create.path(), new byte[0]);
    } else if (event instanceof Event.Delete delete && image.isWritable(delete.path())) {
      image.delete(delete.path(), false);
    }
  }

  TreeSet<String> pathsWritten() {
    TreeSet<String> paths = new TreeSet<>();
    for (Event event : events) {
      if (event instanceof Event.Write write) {
        paths.add(write.path());
      }
    }
    return paths;
  }

  private final class RecordingFile implements DatabaseFile {
    private final String path;
    private final DatabaseFile file;

    RecordingFile(String path, DatabaseFile file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public int read(long position, byte[] dest, int destOffset, int length) {
      step();
      return file.read(position, dest, destOffset, length);
    }

    @Override
    public void write(long position, byte[] src, int srcOffset, int length) {
      step();
      byte[] copy = java.util.Arrays.copyOfRange(src, srcOffset, srcOffset + length);
      events.add(new Event.Write(path, position, copy));
      file.write(position, src, srcOffset, length);
    }

    @Override
    public void truncate(long size) {
      step();
      events.add(new Event.Truncate(path, size));
      file.truncate(size);
    }

    @Override
    public void sync(SyncMode mode, boolean dataOnly) {
      step();
      events.add(new Event.Sync(path));
      file.sync(mode, dataOnly);
    }

    @Override
    public long size() {
      step();
      return file.size();
    }

    @Override
    public boolean tryLock(LockLevel level) {
      return file.tryLock(level);
    }

    @Override
    public void unlock(LockLevel level) {
      file.unlock(level);
    }

    @Override
    public LockLevel lockLevel() {
      return file.lockLevel();
    }

    @Override
    public boolean isReservedByAnyone() {
      return file.isReservedByAnyone();
    }

    @Override
    public void awaitUnlock(long timeoutMillis) {
      file.awaitUnlock(timeoutMillis);
    }

    @Override
    public int sectorSize() {
      return file.sectorSize();
    }

    @Override
    public int deviceCharacteristics() {
      return file.deviceCharacteristics();
    }

    @Override
    public boolean isReadOnly() {
      return file.isReadOnly();
    }

    @Override
    public boolean hasMoved() {
      return file.hasMoved();
    }

    @Override
    public void close() {
      file.close();
    }
  }
}

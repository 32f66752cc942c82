package org.libsql4j.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.FileKind;
import org.libsql4j.vfs.LockLevel;
import org.libsql4j.vfs.MemoryVfs;
import org.libsql4j.vfs.OpenOptions;
import org.libsql4j.vfs.SharedMemory;
import org.libsql4j.vfs.SyncMode;

/**
 * A file system in memory that records what is done to files, for {@link PowerCut} to replay, and
 * knows which files are open and which locks are held.
 *
 * <p>Used by one thread at a time.
 */
public final class RecordingVfs extends ForwardingVfs {
  private final MemoryVfs target;
  private final List<FileEvent> events = new ArrayList<>();
  private final Map<String, byte[]> start = new HashMap<>();
  private final List<RecordingFile> open = new ArrayList<>();
  private final List<CountedMemory> memories = new ArrayList<>();

  /** Around a file system in memory. */
  public RecordingVfs(MemoryVfs target) {
    super(target);
    this.target = target;
  }

  /** Where the files are. */
  public MemoryVfs target() {
    return target;
  }

  /** What was done since {@link #startRecording}. */
  public List<FileEvent> events() {
    return Collections.unmodifiableList(events);
  }

  /** Forgets what was done, and takes these files, as far as they exist, as durable. */
  public void startRecording(String... paths) {
    events.clear();
    start.clear();
    for (String path : paths) {
      if (target.isWritable(path)) {
        start.put(path, target.contentOf(path));
      }
    }
  }

  /** Names of the files and shared memories that are open, in no order. */
  public List<String> openFiles() {
    List<String> names = new ArrayList<>();
    open.forEach(file -> names.add(file.path));
    memories.forEach(memory -> names.add(memory.path + "-shm"));
    return names;
  }

  /** The locks that are held, in words; for example {@code /db SHARED}, {@code /db-shm 0x8}. */
  public List<String> heldLocks() {
    List<String> locks = new ArrayList<>();
    for (RecordingFile file : open) {
      if (file.lockLevel() != LockLevel.NONE) {
        locks.add(file.path + " " + file.lockLevel());
      }
    }
    for (CountedMemory memory : memories) {
      if (memory.held != 0) {
        locks.add(memory.path + "-shm 0x" + Integer.toHexString(memory.held));
      }
    }
    return locks;
  }

  Map<String, byte[]> start() {
    return start;
  }

  @Override
  public DatabaseFile open(@Nullable String path, OpenOptions options) {
    boolean isNew = path != null && options.create() && !target.isWritable(path);
    DatabaseFile file = target.open(path, options);
    if (path != null && isNew) {
      events.add(new FileEvent.Create(path));
    }
    RecordingFile recording =
        new RecordingFile(path == null ? "temporary" : path, path != null, options.kind(), file);
    open.add(recording);
    return recording;
  }

  @Override
  public void delete(String path, boolean syncDirectory) {
    target.delete(path, syncDirectory);
    events.add(new FileEvent.Delete(path, syncDirectory));
  }

  private final class RecordingFile extends ForwardingFile {
    private final String path;
    private final boolean recorded;
    private final FileKind kind;

    RecordingFile(String path, boolean recorded, FileKind kind, DatabaseFile file) {
      super(file);
      this.path = path;
      this.recorded = recorded;
      this.kind = kind;
    }

    private void record(FileEvent event) {
      if (recorded) {
        events.add(event);
      }
    }

    @Override
    public void write(long position, byte[] src, int srcOffset, int length) {
      byte[] copy = new byte[length];
      System.arraycopy(src, srcOffset, copy, 0, length);
      record(new FileEvent.Write(path, position, copy));
      super.write(position, src, srcOffset, length);
    }

    @Override
    public void truncate(long size) {
      record(new FileEvent.Truncate(path, size));
      super.truncate(size);
    }

    @Override
    public void sync(SyncMode mode, boolean dataOnly) {
      super.sync(mode, dataOnly);
      record(new FileEvent.Sync(path, kind.needsDirectorySync()));
    }

    @Override
    public @Nullable SharedMemory openSharedMemory() {
      SharedMemory memory = super.openSharedMemory();
      if (memory == null) {
        return null;
      }
      CountedMemory counted = new CountedMemory(path, memory);
      memories.add(counted);
      return counted;
    }

    @Override
    public void close() {
      open.remove(this);
      super.close();
    }
  }

  private final class CountedMemory extends ForwardingSharedMemory {
    private final String path;

    /** Bits of the locks that are held, shared ones 8 places higher. */
    private int held;

    CountedMemory(String path, SharedMemory target) {
      super(target);
      this.path = path;
    }

    private static int bits(int first, int count, boolean exclusive) {
      return ((1 << count) - 1) << (exclusive ? first : first + LOCK_COUNT);
    }

    @Override
    public boolean tryLock(int first, int count, boolean exclusive) {
      boolean done = super.tryLock(first, count, exclusive);
      held |= done ? bits(first, count, exclusive) : 0;
      return done;
    }

    @Override
    public void unlock(int first, int count, boolean exclusive) {
      super.unlock(first, count, exclusive);
      held &= ~bits(first, count, exclusive);
    }

    @Override
    public void close() {
      memories.remove(this);
      super.close();
    }

    @Override
    public void closeAndDelete() {
      memories.remove(this);
      super.closeAndDelete();
    }
  }
}

package org.libsql4j.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.MemoryVfs;
import org.libsql4j.vfs.OpenOptions;
import org.libsql4j.vfs.SyncMode;

/**
 * A file system in memory that records what is done to files, for {@link PowerCut} to replay.
 *
 * <p>Used by one thread at a time.
 */
public final class RecordingVfs extends ForwardingVfs {
  private final MemoryVfs target;
  private final List<FileEvent> events = new ArrayList<>();
  private final Map<String, byte[]> start = new HashMap<>();

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

  Map<String, byte[]> start() {
    return start;
  }

  @Override
  public DatabaseFile open(@Nullable String path, OpenOptions options) {
    if (path != null && options.create() && !target.isWritable(path)) {
      events.add(new FileEvent.Create(path));
    }
    DatabaseFile file = target.open(path, options);
    return path == null ? file : new RecordingFile(path, file);
  }

  @Override
  public void delete(String path, boolean syncDirectory) {
    target.delete(path, syncDirectory);
    events.add(new FileEvent.Delete(path));
  }

  private final class RecordingFile extends ForwardingFile {
    private final String path;

    RecordingFile(String path, DatabaseFile file) {
      super(file);
      this.path = path;
    }

    @Override
    public void write(long position, byte[] src, int srcOffset, int length) {
      byte[] copy = new byte[length];
      System.arraycopy(src, srcOffset, copy, 0, length);
      events.add(new FileEvent.Write(path, position, copy));
      super.write(position, src, srcOffset, length);
    }

    @Override
    public void truncate(long size) {
      events.add(new FileEvent.Truncate(path, size));
      super.truncate(size);
    }

    @Override
    public void sync(SyncMode mode, boolean dataOnly) {
      super.sync(mode, dataOnly);
      events.add(new FileEvent.Sync(path));
    }
  }
}

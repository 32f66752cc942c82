package org.libsql4j.pager;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.VirtualFileSystem;

/** The simplest write-ahead log there can be: a list, shared by the connections of a test. */
final class ListWal implements WriteAheadLog {
  record Frame(int pageNumber, byte[] data, int databaseSize) {}

  /** What connections share. */
  static final class Provider implements WriteAheadLogProvider {
    final Map<String, List<Frame>> logs = new HashMap<>();
    final Map<String, Object> writers = new HashMap<>();

    @Override
    public WriteAheadLog open(
        VirtualFileSystem vfs,
        DatabaseFile databaseFile,
        String path,
        boolean exclusive,
        long sizeLimit) {
      return new ListWal(this, path, databaseFile);
    }

    @Override
    public boolean exists(VirtualFileSystem vfs, String path) {
      return logs.containsKey(path);
    }

    @Override
    public void destroy(VirtualFileSystem vfs, String path) {
      logs.remove(path);
    }
  }

  private final Provider provider;
  private final String path;
  private final DatabaseFile databaseFile;
  private final List<Frame> frames;

  /** Frames visible to this connection; its own uncommitted ones follow. */
  private int visible = -1;

  private int committed;

  ListWal(Provider provider, String path, DatabaseFile databaseFile) {
    this.provider = provider;
    this.path = path;
    this.databaseFile = databaseFile;
    this.frames = provider.logs.computeIfAbsent(path, p -> new ArrayList<>());
  }

  private int lastCommit() {
    for (int i = frames.size(); i > 0; i--) {
      if (frames.get(i - 1).databaseSize() > 0) {
        return i;
      }
    }
    return 0;
  }

  @Override
  public boolean beginReadTransaction() {
    int end = lastCommit();
    boolean changed = end != visible;
    visible = end;
    committed = end;
    return changed;
  }

  @Override
  public void endReadTransaction() {}

  @Override
  public int findFrame(int pageNumber) {
    for (int i = visible; i > 0; i--) {
      if (frames.get(i - 1).pageNumber() == pageNumber) {
        return i;
      }
    }
    return 0;
  }

  @Override
  public void readFrame(int frameNumber, byte[] dest) {
    System.arraycopy(frames.get(frameNumber - 1).data(), 0, dest, 0, dest.length);
  }

  @Override
  public int databaseSize() {
    return committed <= 0 ? 0 : frames.get(committed - 1).databaseSize();
  }

  @Override
  public void beginWriteTransaction() {
    if (provider.writers.putIfAbsent(path, this) != null) {
      throw new LibsqlException(ResultCode.BUSY);
    }
    if (lastCommit() != visible) {
      provider.writers.remove(path);
      throw new LibsqlException(ResultCode.BUSY_SNAPSHOT);
    }
  }

  @Override
  public void endWriteTransaction() {
    provider.writers.remove(path, this);
  }

  @Override
  public void undo(PageNumberConsumer forgotten) {
    while (frames.size() > committed) {
      int pageNumber = frames.remove(frames.size() - 1).pageNumber();
      visible = Math.min(visible, frames.size());
      forgotten.accept(pageNumber);
    }
  }

  @Override
  public void savepoint(int[] dest) {
    dest[0] = frames.size();
  }

  @Override
  public void savepointUndo(int[] state) {
    while (frames.size() > state[0]) {
      frames.remove(frames.size() - 1);
    }
    visible = frames.size();
  }

  @Override
  public int appendFrames(
      int pageSize, Page[] pages, int count, int databaseSize, boolean commit, WalSync sync) {
    for (int i = 0; i < count; i++) {
      boolean last = commit && i == count - 1;
      Page page = pages[i];
      frames.add(new Frame(page.pageNumber(), page.data.clone(), last ? databaseSize : 0));
    }
    visible = frames.size();
    if (commit) {
      committed = visible;
    }
    return count;
  }

  @Override
  public CheckpointResult checkpoint(
      CheckpointMode mode,
      @Nullable BusyHandler busyHandler,
      WalSync sync,
      int pageSize,
      @Nullable CheckpointListener listener) {
    for (Frame frame : frames) {
      databaseFile.write((frame.pageNumber() - 1L) * pageSize, frame.data(), 0, pageSize);
    }
    if (!frames.isEmpty()) {
      databaseFile.truncate((long) databaseSize() * pageSize);
    }
    return new CheckpointResult(false, frames.size(), frames.size());
  }

  @Override
  public void awaitUnlock(long timeoutMillis) {}

  @Override
  public void beginLateWrite() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int changesSince(FrameConsumer changed) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void adoptNewest() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int frameCount() {
    return visible;
  }

  @Override
  public void readRawFrame(int frameNumber, byte[] dest) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void appendRawFrame(int pageSize, byte[] frame, WalSync sync) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void sync() {
    // Nothing outlives this list.
  }

  @Override
  public @Nullable WalSnapshot snapshot() {
    return null;
  }

  @Override
  public void useSnapshot(@Nullable WalSnapshot snapshot) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int takeCommittedFrameCount() {
    return committed;
  }

  @Override
  public boolean setExclusiveMode(boolean exclusive) {
    return false;
  }

  @Override
  public boolean isExclusiveMode() {
    return false;
  }

  @Override
  public boolean usesHeapMemory() {
    return false;
  }

  @Override
  public void setSizeLimit(long bytes) {}

  @Override
  public @Nullable DatabaseFile file() {
    return null;
  }

  @Override
  public void close(WalSync sync, int pageSize, boolean checkpoint) {
    beginReadTransaction();
    if (checkpoint && provider.logs.containsKey(path)) {
      checkpoint(CheckpointMode.TRUNCATE, null, sync, pageSize, null);
      provider.logs.remove(path);
    }
  }
}

package org.libsql4j.faults;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.LockLevel;
import org.libsql4j.vfs.OpenOptions;
import org.libsql4j.vfs.SharedMemory;
import org.libsql4j.vfs.SyncMode;
import org.libsql4j.vfs.VfsEnvironment;
import org.libsql4j.vfs.VirtualFileSystem;

/**
 * A file system in which one operation fails, or several from one on: opening, reading, writing,
 * cutting, syncing, deleting, asking for sizes and existence, locking, mapping shared memory; or in
 * which there is no memory for a page.
 *
 * <p>Used by one thread at a time.
 */
public final class FailingVfs extends ForwardingVfs {
  /** How operations fail. */
  public enum Fault {
    /** Any operation; with the extended code that fits it. */
    IO_ERROR,
    /** What needs room on the disk, with FULL. */
    DISK_FULL,
    /** Reading gives fewer bytes than there are. */
    SHORT_READ,
    /** There is no memory for a page; nothing else fails. */
    NO_MEMORY
  }

  /** What can fail, and with which code. */
  private enum Operation {
    OPEN(ResultCode.CANTOPEN),
    CREATE(ResultCode.CANTOPEN),
    DELETE(ResultCode.IOERR_DELETE),
    EXISTS(ResultCode.IOERR_ACCESS),
    READ(ResultCode.IOERR_READ),
    WRITE(ResultCode.IOERR_WRITE),
    TRUNCATE(ResultCode.IOERR_TRUNCATE),
    SYNC(ResultCode.IOERR_FSYNC),
    SIZE(ResultCode.IOERR_FSTAT),
    LOCK(ResultCode.IOERR_LOCK),
    ASK_RESERVED(ResultCode.IOERR_CHECKRESERVEDLOCK),
    SHARED_OPEN(ResultCode.IOERR_SHMOPEN),
    SHARED_MAP(ResultCode.IOERR_SHMMAP),
    SHARED_CREATE(ResultCode.IOERR_SHMSIZE),
    SHARED_READ(ResultCode.IOERR_SHMMAP),
    SHARED_LOCK(ResultCode.IOERR_SHMLOCK),
    ALLOCATE(ResultCode.NOMEM);

    final ResultCode code;

    Operation(ResultCode code) {
      this.code = code;
    }

    boolean canFail(Fault fault) {
      return switch (fault) {
        case IO_ERROR -> this != ALLOCATE;
        case DISK_FULL ->
            this == WRITE || this == CREATE || this == SHARED_MAP || this == SHARED_CREATE;
        case SHORT_READ -> this == READ;
        case NO_MEMORY -> this == ALLOCATE;
      };
    }
  }

  private static final Runnable NOTHING = () -> {};

  private Fault fault = Fault.IO_ERROR;
  private @Nullable ResultCode fixedCode;
  private int untilFailure = -1;
  private int times;
  private Runnable action = NOTHING;
  private @Nullable ResultCode failed;
  private int calls;

  /** Around a file system that works. */
  public FailingVfs(VirtualFileSystem target) {
    super(target);
  }

  /**
   * Makes an operation fail.
   *
   * @param skip how many operations succeed before
   * @param all whether all operations after it fail too
   * @param failure with which code
   */
  public void failAfter(int skip, boolean all, ResultCode failure) {
    failAfter(skip, all ? Integer.MAX_VALUE : 1, Fault.IO_ERROR);
    fixedCode = failure;
  }

  /**
   * Makes operations fail.
   *
   * @param skip how many operations that can fail in this way succeed before
   * @param count how many of them fail then
   * @param how with the code that the operating system's error would give
   */
  public void failAfter(int skip, int count, Fault how) {
    untilFailure = skip;
    times = count;
    fault = how;
    fixedCode = null;
    action = NOTHING;
    failed = null;
  }

  /** Does something in the middle of an operation, which succeeds. */
  public void runAfter(int skip, Runnable something) {
    failAfter(skip, 0, Fault.IO_ERROR);
    action = something;
  }

  /** From now on nothing fails. */
  public void recover() {
    untilFailure = -1;
    times = 0;
  }

  /** Whether the operation was reached since {@link #failAfter} or {@link #runAfter}. */
  public boolean hasFailed() {
    return failed != null;
  }

  /** With which code the last operation failed, OK if none did. */
  public ResultCode failure() {
    ResultCode code = failed;
    return code == null ? ResultCode.OK : code;
  }

  /** How many operations still succeed before one fails; -1 if none will. */
  public int untilFailure() {
    return untilFailure;
  }

  /** Operations so far. */
  public int calls() {
    return calls;
  }

  private void step(Operation operation) {
    if (isFailing(operation)) {
      throw new LibsqlException(failure());
    }
  }

  private boolean isFailing(Operation operation) {
    calls++;
    if (untilFailure < 0 || !operation.canFail(fault) || untilFailure-- > 0) {
      return false;
    }
    failed = codeOf(operation);
    action.run();
    times--;
    untilFailure = times > 0 ? 0 : -1;
    return times >= 0;
  }

  private ResultCode codeOf(Operation operation) {
    ResultCode fixed = fixedCode;
    if (fixed != null) {
      return fixed;
    }
    return switch (fault) {
      case IO_ERROR, NO_MEMORY -> operation.code;
      case DISK_FULL -> operation == Operation.WRITE ? ResultCode.FULL : operation.code;
      case SHORT_READ -> ResultCode.IOERR_SHORT_READ;
    };
  }

  @Override
  public DatabaseFile open(@Nullable String path, OpenOptions options) {
    step(options.create() ? Operation.CREATE : Operation.OPEN);
    return new FailingFile(super.open(path, options));
  }

  @Override
  public void delete(String path, boolean syncDirectory) {
    step(Operation.DELETE);
    super.delete(path, syncDirectory);
  }

  @Override
  public boolean exists(String path) {
    step(Operation.EXISTS);
    return super.exists(path);
  }

  @Override
  public VfsEnvironment environment() {
    VfsEnvironment sound = super.environment();
    return new VfsEnvironment(
        sound.clock(),
        sound.sleeper(),
        sound.randomness(),
        bytes -> {
          if (isFailing(Operation.ALLOCATE)) {
            throw new OutOfMemoryError("as a test wants it");
          }
          return sound.allocator().allocate(bytes);
        });
  }

  private final class FailingFile extends ForwardingFile {
    FailingFile(DatabaseFile file) {
      super(file);
    }

    @Override
    public int read(long position, byte[] dest, int destOffset, int length) {
      if (!isFailing(Operation.READ)) {
        return super.read(position, dest, destOffset, length);
      }
      if (fault != Fault.SHORT_READ) {
        throw new LibsqlException(failure());
      }
      return super.read(position, dest, destOffset, length / 2);
    }

    @Override
    public void write(long position, byte[] src, int srcOffset, int length) {
      step(Operation.WRITE);
      super.write(position, src, srcOffset, length);
    }

    @Override
    public void truncate(long size) {
      step(Operation.TRUNCATE);
      super.truncate(size);
    }

    @Override
    public void sync(SyncMode mode, boolean dataOnly) {
      step(Operation.SYNC);
      super.sync(mode, dataOnly);
    }

    @Override
    public long size() {
      step(Operation.SIZE);
      return super.size();
    }

    @Override
    public boolean tryLock(LockLevel level) {
      step(Operation.LOCK);
      return super.tryLock(level);
    }

    @Override
    public boolean isReservedByAnyone() {
      step(Operation.ASK_RESERVED);
      return super.isReservedByAnyone();
    }

    @Override
    public @Nullable SharedMemory openSharedMemory() {
      step(Operation.SHARED_OPEN);
      SharedMemory memory = super.openSharedMemory();
      return memory == null ? null : new FailingMemory(memory);
    }
  }

  private final class FailingMemory extends ForwardingSharedMemory {
    FailingMemory(SharedMemory memory) {
      super(memory);
    }

    @Override
    public @Nullable ByteBuffer region(int index, boolean create) {
      step(Operation.SHARED_MAP);
      return super.region(index, create);
    }

    @Override
    public boolean createUnmapped(byte[] head) {
      step(Operation.SHARED_CREATE);
      return super.createUnmapped(head);
    }

    @Override
    public boolean readUnmapped(byte[] dest) {
      step(Operation.SHARED_READ);
      return super.readUnmapped(dest);
    }

    @Override
    public boolean tryLock(int first, int count, boolean exclusive) {
      step(Operation.SHARED_LOCK);
      return super.tryLock(first, count, exclusive);
    }
  }
}

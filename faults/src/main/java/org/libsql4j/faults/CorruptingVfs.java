package org.libsql4j.faults;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.FileKind;
import org.libsql4j.vfs.OpenOptions;
import org.libsql4j.vfs.VirtualFileSystem;

/**
 * A file system that now and then changes a bit of what is read. What it has read wrong once it may
 * read right the next time, as a bad cable does.
 *
 * <p>Used by one thread at a time.
 */
public final class CorruptingVfs extends ForwardingVfs {
  private final Random random;
  private final int oneIn;
  private final FileKind kind;
  private boolean enabled = true;
  private int damaged;

  /**
   * @param kind of the files that are affected
   * @param oneIn how many reads there are to one that is damaged, on average
   */
  public CorruptingVfs(VirtualFileSystem target, FileKind kind, int oneIn, long seed) {
    super(target);
    this.kind = kind;
    this.oneIn = oneIn;
    this.random = new Random(seed);
  }

  /** Starts or stops the damage. */
  public void setEnabled(boolean value) {
    enabled = value;
  }

  /** How many reads were damaged. */
  public int damagedReads() {
    return damaged;
  }

  @Override
  public DatabaseFile open(@Nullable String path, OpenOptions options) {
    DatabaseFile file = super.open(path, options);
    return options.kind() == kind ? new CorruptingFile(file) : file;
  }

  private final class CorruptingFile extends ForwardingFile {
    CorruptingFile(DatabaseFile file) {
      super(file);
    }

    @Override
    public int read(long position, byte[] dest, int destOffset, int length) {
      int count = super.read(position, dest, destOffset, length);
      if (enabled && count > 0 && random.nextInt(oneIn) == 0) {
        dest[destOffset + random.nextInt(count)] ^= (byte) (1 << random.nextInt(8));
        damaged++;
      }
      return count;
    }
  }
}

package org.libsql4j.connection;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.cipher.CipherKey;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.pager.BusyHandler;
import org.libsql4j.pager.JournalMode;
import org.libsql4j.pager.PageCodec;
import org.libsql4j.pager.PagerOptions;
import org.libsql4j.pager.Synchronous;
import org.libsql4j.pager.WriteAheadLogProvider;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.FileKind;
import org.libsql4j.vfs.MemdbVfs;
import org.libsql4j.vfs.OpenOptions;
import org.libsql4j.vfs.VirtualFileSystem;

/** Opens files on one file system with one set of options. */
public final class FileOpener implements DatabaseOpener {
  /** Pages that an intermediate result keeps in memory, in KiB as a negative number. */
  private static final int EPHEMERAL_CACHE = -WorkingMemory.budget(16_000 << 10) / 1024;

  /** Keeps names given with {@code mode=memory&cache=shared} apart from {@code vfs=memdb}. */
  private static final String SHARED_MEMORY = "/shared/";

  private final VirtualFileSystem vfs;
  private final boolean readOnly;
  private final boolean create;
  private final boolean immutable;
  private final BusyHandler busyHandler;
  private final @Nullable WriteAheadLogProvider walProvider;
  private boolean readOnlySharedMemory;
  private @Nullable CipherKey temporaryKey;

  /**
   * @param readOnly open files for reading only
   * @param create create files that do not exist
   * @param immutable nobody changes the files: read without locks
   * @param busyHandler asked when a lock is taken
   * @param walProvider where write-ahead logs come from; null if WAL databases cannot be opened
   */
  public FileOpener(
      VirtualFileSystem vfs,
      boolean readOnly,
      boolean create,
      boolean immutable,
      BusyHandler busyHandler,
      @Nullable WriteAheadLogProvider walProvider) {
    this.vfs = vfs;
    this.readOnly = readOnly;
    this.create = create;
    this.immutable = immutable;
    this.busyHandler = busyHandler;
    this.walProvider = walProvider;
  }

  /** Has write-ahead logs read without writing to their shared memory. */
  public FileOpener readOnlySharedMemory(boolean value) {
    readOnlySharedMemory = value;
    return this;
  }

  @Override
  public Btree open(String name, @Nullable Supplier<PageCodec> encryption) {
    FileName file = FileName.parse(name);
    String mode = file.mode();
    checkAllowed(mode);
    boolean shared = "shared".equals(file.cache());
    VirtualFileSystem place = file.vfs(vfs);
    PagerOptions options;
    if (file.path().equals(":memory:") || "memory".equals(mode)) {
      options =
          shared
              ? PagerOptions.file(MemdbVfs.instance(), SHARED_MEMORY + file.path())
                  .memoryJournal(true)
              : PagerOptions.memory(place);
      options.readOnly(readOnly && mode == null);
    } else if (file.path().isEmpty()) {
      options = PagerOptions.temporary(place).codec(temporaryCodec());
    } else {
      options = fileOptions(place, file, mode);
      if (encryption != null) {
        options.codec(encryption.get());
        encryptTemporaryFiles();
      }
    }
    return withHandler(options.busyHandler(busyHandler).writeAheadLogProvider(walProvider));
  }

  private PagerOptions fileOptions(VirtualFileSystem place, FileName file, @Nullable String mode) {
    String overwrite = file.parameters().get("psow");
    return PagerOptions.file(place, file.path())
        .readOnly(readOnly || "ro".equals(mode))
        .create(mode == null ? create : mode.equals("rwc"))
        .immutable(immutable || file.isSet("immutable"))
        .noLock(file.isWithoutLocks())
        .readOnlySharedMemory(readOnlySharedMemory || file.isSet("readonly_shm"))
        .memoryJournal(place instanceof MemdbVfs)
        .powersafeOverwrite(overwrite == null ? null : file.isSet("psow"))
        .permissionsOf(file.parameters().get("modeof"));
  }

  /** A name cannot ask for more than the connection's options allow. */
  private void checkAllowed(@Nullable String mode) {
    if (mode == null) {
      return;
    }
    boolean allowed =
        switch (mode) {
          case "rw" -> !readOnly;
          case "rwc" -> !readOnly && create;
          default -> true;
        };
    if (!allowed) {
      throw new LibsqlException(ResultCode.PERM, "access mode not allowed: " + mode);
    }
  }

  private Btree withHandler(PagerOptions options) {
    Btree btree = Btree.open(options);
    btree.setBusyHandler(busyHandler);
    return btree;
  }

  @Override
  public Btree openBytes(byte[] bytes, boolean isReadOnly, long maxBytes) {
    return withHandler(
        PagerOptions.file(MemdbVfs.holding(bytes, isReadOnly, maxBytes), "x")
            .memoryJournal(true)
            .busyHandler(busyHandler)
            .writeAheadLogProvider(walProvider));
  }

  @Override
  public Btree openTemporary(int pageSizeBytes) {
    return withHandler(
        PagerOptions.temporary(vfs).codec(temporaryCodec()).pageSizeBytes(pageSizeBytes));
  }

  @Override
  public Btree openEphemeral() {
    Btree btree =
        Btree.open(PagerOptions.temporary(vfs).codec(temporaryCodec()).cacheSize(EPHEMERAL_CACHE));
    btree.pager().setSynchronous(Synchronous.OFF, false, false);
    btree.pager().setJournalMode(JournalMode.OFF);
    return btree;
  }

  @Override
  public DatabaseFile openTransient() {
    DatabaseFile file = vfs.open(null, OpenOptions.temporary(FileKind.TRANSIENT));
    CipherKey key = temporaryKey;
    return key == null ? file : CipherKey.encrypting(file, vfs.environment().randomness());
  }

  @Override
  public void encryptTemporaryFiles() {
    if (temporaryKey == null) {
      temporaryKey = CipherKey.random(vfs.environment().randomness());
    }
  }

  @Override
  public @Nullable PageCodec temporaryCodec() {
    CipherKey key = temporaryKey;
    return key == null ? null : key.get();
  }

  @Override
  public VirtualFileSystem vfs() {
    return vfs;
  }
}

package org.libsql4j.vfs;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** The files of the operating system. */
public final class NioVfs implements VirtualFileSystem {
  private static final NioVfs DEFAULT = new NioVfs(VfsEnvironment.system(), DEFAULT_PENDING_BYTE);
  private static final int TEMP_NAME_BYTES = 8;

  private final VfsEnvironment environment;
  private final long pendingByte;

  /** With the lock bytes at another place, which only tests want. */
  public NioVfs(VfsEnvironment environment, long pendingByte) {
    this.environment = environment;
    this.pendingByte = pendingByte;
  }

  /** With the system's clock and randomness. */
  public static NioVfs instance() {
    return DEFAULT;
  }

  @Override
  public String name() {
    return "nio";
  }

  @Override
  public long pendingByte() {
    return pendingByte;
  }

  @Override
  public VfsEnvironment environment() {
    return environment;
  }

  @Override
  public DatabaseFile open(@Nullable String path, OpenOptions options) {
    String name = path != null ? path : temporaryName();
    try {
      return openNamed(new File(name), options);
    } catch (FileAlreadyExistsException e) {
      throw IoFailure.of(ResultCode.CANTOPEN, e);
    } catch (IOException | InvalidPathException | SecurityException e) {
      throw cannotOpen(name, options, e);
    }
  }

  private static LibsqlException cannotOpen(String name, OpenOptions options, Exception cause) {
    Path path = pathOrNull(name);
    if (path != null && Files.isDirectory(path)) {
      // A C program can open a directory for reading, and fails when it does read.
      return IoFailure.of(
          options.writable() ? ResultCode.CANTOPEN_ISDIR : ResultCode.IOERR_READ, cause);
    }
    boolean isNewJournal = options.create() && options.kind().needsDirectorySync();
    if (isNewJournal && path != null && !Files.exists(path) && isUnwritableParent(path)) {
      return IoFailure.of(ResultCode.READONLY_DIRECTORY, cause);
    }
    return IoFailure.of(ResultCode.CANTOPEN, cause);
  }

  private static @Nullable Path pathOrNull(String name) {
    try {
      return Paths.get(name);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static boolean isUnwritableParent(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    return parent != null && Files.isDirectory(parent) && !Files.isWritable(parent);
  }

  // java.io.File where it will do: of java.nio.file.Path more code runs, for each file of each
  // open.

  private NioFile openNamed(File path, OpenOptions options) throws IOException {
    boolean isPlain = !options.kind().isLocked();
    if (isPlain && options.create() && options.writable() && !options.exclusive()) {
      return openOrCreate(path, options);
    }
    if (!isPlain && !options.exclusive()) {
      try {
        return openLocked(path, options); // It is there, mostly.
      } catch (NoSuchFileException e) {
        if (!options.create()) {
          throw e;
        }
      }
    }
    boolean isNew = options.create() && createIfAbsent(path, options);
    if (!options.create() && !path.exists()) {
      throw new NoSuchFileException(path.getPath());
    }
    return isPlain ? openPlain(path, options, isNew) : openLocked(path, options);
  }

  /** Opens a file that opening creates; one system call less than to create it before. */
  private NioFile openOrCreate(File path, OpenOptions options) throws IOException {
    boolean isNew = !path.exists();
    NioFile file = openPlain(path, options, isNew);
    if (isNew) {
      copyPermissions(path, options.kind());
    }
    return file;
  }

  /** Returns whether the file was made by this call. */
  private static boolean createIfAbsent(File path, OpenOptions options) throws IOException {
    try {
      if (!options.exclusive() && path.exists()) {
        return false;
      }
      Files.createFile(path.toPath());
      copyPermissions(path, options.kind());
      return true;
    } catch (FileAlreadyExistsException e) {
      if (options.exclusive()) {
        throw e;
      }
      return false;
    }
  }

  /** Whoever may use the database must be able to roll its journal back. */
  private static void copyPermissions(File path, FileKind kind) {
    if (kind != FileKind.MAIN_JOURNAL && kind != FileKind.WAL) {
      return;
    }
    String name = path.getPath();
    int suffix = name.lastIndexOf('-');
    if (suffix <= 0) {
      return;
    }
    FilePermissions.copy(new File(name.substring(0, suffix)), path);
  }

  private NioFile openPlain(File path, OpenOptions options, boolean isNew) throws IOException {
    boolean writable = options.writable();
    RandomAccessFile handle;
    try {
      handle = new RandomAccessFile(path, writable ? "rw" : "r");
    } catch (FileNotFoundException e) {
      if (!writable || options.exclusive()) {
        throw e;
      }
      writable = false;
      handle = new RandomAccessFile(path, "r");
    }
    return new NioFile(path, options, !writable, isNew, handle, null, environment.sleeper());
  }

  private NioFile openLocked(File path, OpenOptions options) throws IOException {
    while (true) {
      FileIdentity identity = FileIdentity.join(path, pendingByte);
      NioFile file = null;
      try {
        file = openWith(identity, path, options);
      } finally {
        if (file == null) {
          identity.leave();
        }
      }
      if (!file.hasMoved()) {
        return file;
      }
      file.close(); // The name was given to another file while we looked.
    }
  }

  private NioFile openWith(FileIdentity identity, File path, OpenOptions options)
      throws IOException {
    boolean writable = options.writable();
    RandomAccessFile handle = identity.takeIdle(writable);
    if (handle == null) {
      try {
        handle = new RandomAccessFile(path, writable ? "rw" : "r");
        identity.adopt(handle);
      } catch (FileNotFoundException e) {
        if (!writable) {
          throw e;
        }
        return openWith(identity, path, OpenOptions.readOnly(options.kind()));
      }
    }
    return new NioFile(path, options, !writable, false, handle, identity, environment.sleeper());
  }

  @Override
  public void delete(String path, boolean syncDirectory) {
    // One system call; java.nio.file.Files looks what it is first, but knows why it failed.
    if (!new File(path).delete()) {
      deleteOrExplain(path);
    }
    if (syncDirectory) {
      DirectorySync.syncParentOf(Paths.get(path));
    }
  }

  private static void deleteOrExplain(String path) {
    try {
      Files.delete(Paths.get(path));
    } catch (NoSuchFileException e) {
      throw IoFailure.of(ResultCode.IOERR_DELETE_NOENT, e);
    } catch (IOException | InvalidPathException e) {
      throw IoFailure.of(ResultCode.IOERR_DELETE, e);
    }
  }

  @Override
  public boolean exists(String path) {
    // One system call and, unlike with java.nio.file.Files, no exception when there is no file.
    return new File(path).length() > 0;
  }

  @Override
  public void copyPermissions(String from, String to) {
    if (!new File(from).exists()) {
      throw new LibsqlException(ResultCode.IOERR_FSTAT);
    }
    FilePermissions.copy(new File(from), new File(to));
  }

  @Override
  public boolean isWritable(String path) {
    Path asPath = pathOrNull(path);
    return asPath != null && Files.isReadable(asPath) && Files.isWritable(asPath);
  }

  @Override
  public String fullPathname(String path) {
    try {
      return resolve(Paths.get(path).toAbsolutePath().normalize()).toString();
    } catch (InvalidPathException | IOException e) {
      throw IoFailure.of(ResultCode.CANTOPEN_FULLPATH, e);
    }
  }

  /** Follows symbolic links as far as the path exists; what does not exist is kept as it is. */
  private static Path resolve(Path path) throws IOException {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return resolveNew(path); // Nothing there, mostly.
    }
  }

  private static Path resolveNew(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      Path target = Files.readSymbolicLink(path);
      Path parent = path.getParent();
      return (parent == null ? target : parent.resolve(target)).normalize();
    }
    Path parent = path.getParent();
    Path name = path.getFileName();
    if (parent == null || name == null || !Files.isDirectory(parent, new LinkOption[0])) {
      return path;
    }
    return parent.toRealPath().resolve(name);
  }

  /** A new name in the directory for temporary files: java.io.tmpdir. */
  private String temporaryName() {
    String directory = System.getProperty("java.io.tmpdir", ".");
    byte[] random = new byte[TEMP_NAME_BYTES];
    environment.randomness().nextBytes(random);
    StringBuilder name = new StringBuilder("libsql_");
    for (byte b : random) {
      name.append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return Paths.get(directory, name.toString()).toString();
  }
}

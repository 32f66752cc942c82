package org.libsql4j.faults;

import org.jspecify.annotations.Nullable;
import org.libsql4j.vfs.DatabaseFile;
import org.libsql4j.vfs.OpenOptions;
import org.libsql4j.vfs.VfsEnvironment;
import org.libsql4j.vfs.VirtualFileSystem;

/** A file system that does what another one does. */
class ForwardingVfs implements VirtualFileSystem {
  private final VirtualFileSystem target;

  ForwardingVfs(VirtualFileSystem target) {
    this.target = target;
  }

  @Override
  public String name() {
    return target.name();
  }

  @Override
  public DatabaseFile open(@Nullable String path, OpenOptions options) {
    return target.open(path, options);
  }

  @Override
  public void delete(String path, boolean syncDirectory) {
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
    return target.fullPathname(path);
  }

  @Override
  public long pendingByte() {
    return target.pendingByte();
  }

  @Override
  public VfsEnvironment environment() {
    return target.environment();
  }
}

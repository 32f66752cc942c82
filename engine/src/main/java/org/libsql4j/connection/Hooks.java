package org.libsql4j.connection;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.libsql4j.pager.CheckpointListener;

/** What the application wants to be told of, or asked, while a connection works. */
public final class Hooks {
  private @Nullable UpdateHook update;
  private @Nullable PreUpdateHook preUpdate;
  private @Nullable BooleanSupplier commit;
  private @Nullable Runnable rollback;
  private @Nullable TraceListener trace;
  private @Nullable Authorizer authorizer;
  private @Nullable BooleanSupplier progress;
  private int progressInterval;
  private @Nullable WalHook wal;
  private @Nullable CheckpointListener checkpoint;

  /** Told of rows that have changed. */
  public @Nullable UpdateHook update() {
    return update;
  }

  /** Sets {@link #update}; null takes it away. */
  public void setUpdate(@Nullable UpdateHook update) {
    this.update = update;
  }

  /** Told of rows before they change. */
  public @Nullable PreUpdateHook preUpdate() {
    return preUpdate;
  }

  /** Statements compiled before do not call it. */
  public void setPreUpdate(@Nullable PreUpdateHook preUpdate) {
    this.preUpdate = preUpdate;
  }

  /** Asked before a commit; true turns it into a rollback. */
  public @Nullable BooleanSupplier commit() {
    return commit;
  }

  /** Sets {@link #commit}; null takes it away. */
  public void setCommit(@Nullable BooleanSupplier commit) {
    this.commit = commit;
  }

  /** Called after rollbacks. */
  public @Nullable Runnable rollback() {
    return rollback;
  }

  /** Sets {@link #rollback}; null takes it away. */
  public void setRollback(@Nullable Runnable rollback) {
    this.rollback = rollback;
  }

  /** Told what runs. */
  public @Nullable TraceListener trace() {
    return trace;
  }

  /** Sets {@link #trace}; null takes it away. */
  public void setTrace(@Nullable TraceListener trace) {
    this.trace = trace;
  }

  /** Told of commits to write-ahead logs, in place of automatic checkpoints. */
  public @Nullable WalHook wal() {
    return wal;
  }

  /** Sets {@link #wal}; null takes it away. */
  public void setWal(@Nullable WalHook wal) {
    this.wal = wal;
  }

  /** Told of pages that a checkpoint moves. */
  public @Nullable CheckpointListener checkpoint() {
    return checkpoint;
  }

  /** Sets {@link #checkpoint}; null takes it away. */
  public void setCheckpoint(@Nullable CheckpointListener checkpoint) {
    this.checkpoint = checkpoint;
  }

  /** Asked what statements may do. */
  public @Nullable Authorizer authorizer() {
    return authorizer;
  }

  /** Sets {@link #authorizer}; null takes it away. */
  public void setAuthorizer(@Nullable Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  /** Asked every now and then while a statement runs; true interrupts it. */
  public @Nullable BooleanSupplier progress() {
    return progress;
  }

  /** About how many instructions lie between two calls of {@link #progress()}. */
  public int progressInterval() {
    return progressInterval;
  }

  /** Takes all hooks away but the progress handler. */
  public void clear() {
    update = null;
    preUpdate = null;
    commit = null;
    rollback = null;
    trace = null;
    authorizer = null;
    wal = null;
    checkpoint = null;
  }

  void setProgress(int interval, @Nullable BooleanSupplier progress) {
    this.progress = interval > 0 ? progress : null;
    this.progressInterval = interval;
  }
}

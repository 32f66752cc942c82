package org.libsql4j;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.Btree;
import org.libsql4j.connection.AttachedDatabase;
import org.libsql4j.connection.ConnectionState;
import org.libsql4j.connection.DatabaseAttachment;
import org.libsql4j.connection.SavedSettings;
import org.libsql4j.pager.PagerOptions;

/** Makes a used connection as good as a new one, for pools. */
final class ConnectionReset {
  /** What pragmas may have changed in the pager of the main database, with its default. */
  private static final String PAGER_DEFAULTS =
      "PRAGMA main.locking_mode=NORMAL;"
          + "PRAGMA main.synchronous=FULL;"
          + "PRAGMA main.cache_spill=ON;"
          + "PRAGMA main.journal_size_limit=-1;"
          + "PRAGMA main.secure_delete=OFF;"
          + "PRAGMA main.cache_size="
          + PagerOptions.DEFAULT_CACHE_SIZE;

  private final Connection connection;
  private final ConnectionState state;
  private final SavedSettings settings;
  private final List<String> pragmas;
  private final @Nullable Consumer<Connection> onConnect;

  /**
   * @param pragmas statements that set a connection up
   * @param onConnect does the rest of it
   */
  ConnectionReset(
      Connection connection, List<String> pragmas, @Nullable Consumer<Connection> onConnect) {
    this.connection = connection;
    this.state = connection.state();
    this.pragmas = List.copyOf(pragmas);
    this.onConnect = onConnect;
    setUp();
    this.settings = new SavedSettings(state);
  }

  private void setUp() {
    for (String pragma : pragmas) {
      connection.execute(pragma);
    }
    if (onConnect != null) {
      onConnect.accept(connection);
    }
  }

  /** The statements of the connection are reset, blobs and backups closed. */
  void run() {
    if (!state.autoCommit) {
      connection.rollback();
    }
    state.hooks().clear();
    state.collations().setNeeded(null);
    state.setProgressHandler(0, null);
    state.ephemeralTrees().clear();
    detachAll();
    settings.restore(state);
    if (!connection.isRemote()) {
      connection.executeMultiple(PAGER_DEFAULTS);
    }
    setUp();
    state.lastInsertRowid = 0;
    state.changes = 0;
    state.totalChanges = 0;
    state.clearInterrupt();
    state.recompileStatements();
  }

  private void detachAll() {
    List<String> attached = new ArrayList<>();
    for (int i = AttachedDatabase.TEMP + 1; i < state.databases().size(); i++) {
      attached.add(state.database(i).name());
    }
    for (String name : attached) {
      DatabaseAttachment.detach(state, name);
    }
    AttachedDatabase temp = state.database(AttachedDatabase.TEMP);
    Btree btree = temp.btreeOrNull();
    if (btree != null) {
      btree.close();
      temp.setBtree(null);
      temp.schema().clear();
      state.expireStatements();
    }
  }
}

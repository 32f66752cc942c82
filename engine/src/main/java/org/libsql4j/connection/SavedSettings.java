package org.libsql4j.connection;

import org.libsql4j.pager.BusyHandler;

/** The settings of a connection at one moment, to go back to. */
public final class SavedSettings {
  private final long switches;
  private final int[] limits = new int[Limit.values().length];
  private final ConnectionSettings settings;
  private final BusyHandler busyHandler;
  private final int busyTimeoutMillis;

  /** Takes down the settings as they are. */
  public SavedSettings(ConnectionState state) {
    switches = state.switches();
    for (Limit limit : Limit.values()) {
      limits[limit.ordinal()] = state.limit(limit);
    }
    settings = state.settings().copy();
    busyHandler = state.busyHandler();
    busyTimeoutMillis = state.busyTimeoutMillis();
  }

  /** Makes the settings what they were. */
  public void restore(ConnectionState state) {
    for (ConnectionFlag flag : ConnectionFlag.values()) {
      state.set(flag, ConnectionState.contains(switches, flag));
    }
    for (Limit limit : Limit.values()) {
      state.setLimit(limit, limits[limit.ordinal()]);
    }
    state.settings().setAll(settings);
    if (state.busyHandler() != busyHandler) {
      state.setBusyHandler(busyHandler);
      if (busyTimeoutMillis > 0) {
        state.setBusyTimeout(busyTimeoutMillis);
      }
    }
  }
}

package org.libsql4j.compat.remote;

import org.libsql4j.compat.sqld.SqldServer;

/** How requests go to the server. */
enum Way {
  HTTP,
  WEB_SOCKET;

  String url(SqldServer server) {
    return this == HTTP ? server.url() : server.url().replace("http:", "ws:");
  }
}

package org.libsql4j.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a replica has to know of its primary.
 *
 * @param url of the primary
 * @param authToken empty for none
 * @param namespace the database on the server; null for the one that the URL names
 * @param syncInterval how often to sync; zero for never by itself
 * @param readYourWrites whether a write is visible as soon as it returns
 */
public record ReplicaSettings(
    String url,
    String authToken,
    @Nullable String namespace,
    Duration syncInterval,
    boolean readYourWrites) {
  /** Without the token. */
  @Override
  public String toString() {
    return "ReplicaSettings[" + url + "]";
  }
}

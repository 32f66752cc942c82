package org.libsql4j.replication;

import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.OkHttpClient;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.ReplicaOptions.Kind;
import org.libsql4j.ReplicaOptions.Protocol;
import org.libsql4j.replication.ReplicationException.Reason;

/** Finds out which version of the protocol is to be used. */
final class ProtocolChoice {
  private static final int HTTP_OK = 200;
  private static final int HTTP_OK_LAST = 299;
  private static final int HTTP_UNAUTHORIZED = 401;

  private ProtocolChoice() {}

  /**
   * Whether a file is to be kept by version 2. A file that is there tells by what stands beside it;
   * otherwise the server is asked, unless the options say.
   *
   * @throws ReplicationException if the server has to be asked and does not answer
   */
  static boolean isSynced(Path file, ReplicaOptions options) {
    if (options.kind() == Kind.SYNCED_DATABASE) {
      return true;
    }
    String url = options.url();
    if (options.kind() == Kind.LOCAL_REPLICA || url == null) {
      return false;
    }
    if (options.syncProtocol() != Protocol.AUTO) {
      return options.syncProtocol() == Protocol.V2;
    }
    if (Files.exists(ReplicaFile.stateFile(file))) {
      return false;
    }
    return Files.exists(SyncedState.file(file)) || serverSpeaksIt(url, options);
  }

  private static boolean serverSpeaksIt(String url, ReplicaOptions options) {
    OkHttpClient http = HttpClients.create(options);
    try {
      ServerAddress address = ServerAddress.parse(url, options.namespace(), options.authToken());
      int status = new SyncedServer(http, address, options).probe();
      if (status == HTTP_UNAUTHORIZED) {
        throw new ReplicationException(Reason.UNAUTHORIZED, "Unauthorized");
      }
      return status >= HTTP_OK && status <= HTTP_OK_LAST;
    } finally {
      HttpClients.close(http);
    }
  }
}

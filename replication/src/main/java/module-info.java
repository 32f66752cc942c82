/** Embedded replicas of a libSQL server, statements on its primary, and remote databases. */
module org.libsql4j.replication {
  requires static org.jspecify;
  requires com.fasterxml.jackson.core;
  requires com.google.protobuf;
  requires okhttp3;
  requires okio;
  requires transitive org.libsql4j.engine;

  exports org.libsql4j.remote;
  exports org.libsql4j.replication;

  provides org.libsql4j.spi.ReplicaProvider with
      org.libsql4j.replication.SharedReplicas;
  provides org.libsql4j.spi.RemoteDatabaseProvider with
      org.libsql4j.remote.HranaProvider;
}

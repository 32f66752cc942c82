/** Embedded replicas of a libSQL server, and statements on its primary. */
module org.libsql4j.replication {
  requires static org.jspecify;
  requires com.google.protobuf;
  requires okhttp3;
  requires okio;
  requires transitive org.libsql4j.engine;

  exports org.libsql4j.replication;

  provides org.libsql4j.spi.ReplicaProvider with
      org.libsql4j.replication.SharedReplicas;
}

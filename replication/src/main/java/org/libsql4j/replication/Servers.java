package org.libsql4j.replication;

import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.libsql4j.ReplicaHealth;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.replication.ReplicationException.Reason;

/**
 * The servers of a replica, the primary first: tries a request on one after the other, and all of
 * them again after a while.
 *
 * <p>Only failures to reach a server, and its answer that it cannot for the time being, lead to
 * another attempt; whatever else a server says is its answer.
 */
final class Servers {
  /** Something that is asked of a server. */
  interface Request<T> {
    /**
     * @throws GrpcException what the server answered
     */
    T on(Endpoint server) throws GrpcException;
  }

  private final ReplicaOptions options;
  private final List<Endpoint> endpoints = new ArrayList<>();

  /**
   * @throws ReplicationException REFUSED if a URL is none
   */
  Servers(ReplicaOptions options, OkHttpClient http) {
    this.options = options;
    List<String> urls = new ArrayList<>();
    String primary = options.url();
    if (primary != null) {
      urls.add(primary);
    }
    urls.addAll(options.failoverUrls());
    for (String url : urls) {
      ServerAddress address = ServerAddress.parse(url, options.namespace(), options.authToken());
      endpoints.add(new Endpoint(address, http, options));
    }
  }

  boolean isEmpty() {
    return endpoints.isEmpty();
  }

  List<ReplicaHealth.Server> health() {
    List<ReplicaHealth.Server> health = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      health.add(endpoint.health());
    }
    return health;
  }

  /**
   * Asks for something that may be asked for again.
   *
   * @param progress whether the attempt that failed has achieved something
   */
  <T> T ask(Request<T> request, Progress progress) {
    return ask(request, endpoints, progress);
  }

  private <T> T ask(Request<T> request, List<Endpoint> asked, Progress progress) {
    Backoff backoff = new Backoff(options);
    ReplicationException failure = null;
    while (true) {
      try {
        return askEach(request, asked, false);
      } catch (ReplicationException e) {
        if (e.reason() == Reason.CIRCUIT_OPEN && failure != null) {
          throw failure;
        }
        if (e.reason() != Reason.TRANSPORT) {
          throw e;
        }
        failure = e;
      }
      if (progress.made()) {
        backoff.restart();
      }
      if (!backoff.nextAttempt()) {
        throw failure;
      }
    }
  }

  /** Tells whether there was progress since it was last asked. */
  interface Progress {
    boolean made();
  }

  /**
   * As {@link #ask(Request, Progress)}, for what is done at once or not at all.
   *
   * @param only the server to ask; null for any
   */
  <T> T ask(Request<T> request, @Nullable Endpoint only) {
    return ask(request, only == null ? endpoints : List.of(only), () -> false);
  }

  /**
   * Asks for something that must not be done twice: again only if it was certainly not done.
   *
   * @param only the server to ask; null for any
   */
  <T> T askOnce(Request<T> request, @Nullable Endpoint only) {
    List<Endpoint> asked = only == null ? endpoints : List.of(only);
    Backoff backoff = new Backoff(options);
    while (true) {
      try {
        return askEach(request, asked, true);
      } catch (ReplicationException e) {
        if (e.reason() != Reason.TRANSPORT || e.mayHaveBeenDone() || !backoff.nextAttempt()) {
          throw e;
        }
      }
    }
  }

  private <T> T askEach(Request<T> request, List<Endpoint> asked, boolean once) {
    ReplicationException failure = null;
    for (Endpoint endpoint : asked) {
      if (!endpoint.breaker().permits()) {
        continue;
      }
      try {
        return askOne(request, endpoint);
      } catch (ReplicationException e) {
        if (e.reason() != Reason.TRANSPORT || (once && e.mayHaveBeenDone())) {
          throw e;
        }
        failure = e;
      }
    }
    throw failure != null ? failure : nobodyPermits();
  }

  /** Asks one server, whose circuit breaker has permitted it. */
  private static <T> T askOne(Request<T> request, Endpoint endpoint) {
    boolean reported = false;
    try {
      T answer = request.on(endpoint);
      endpoint.breaker().succeeded();
      reported = true;
      return answer;
    } catch (GrpcException e) {
      ReplicationException failure = e.toReplicationException();
      reported = true;
      report(endpoint, failure);
      throw failure;
    } catch (ReplicationException e) {
      reported = true;
      report(endpoint, e);
      throw e;
    } catch (LibsqlException e) {
      endpoint.breaker().succeeded();
      reported = true;
      throw e;
    } finally {
      if (!reported) {
        endpoint.breaker().failed("an unexpected failure");
      }
    }
  }

  private static void report(Endpoint endpoint, ReplicationException failure) {
    if (failure.reason() == Reason.TRANSPORT) {
      endpoint.breaker().failed(String.valueOf(failure.getMessage()));
    } else {
      endpoint.breaker().succeeded();
    }
  }

  private ReplicationException nobodyPermits() {
    String last = null;
    for (Endpoint endpoint : endpoints) {
      last = endpoint.health().lastFailure();
    }
    return new ReplicationException(
        Reason.CIRCUIT_OPEN,
        "the server is left alone for a while because it has failed too often"
            + (last == null ? "" : ": " + last));
  }
}

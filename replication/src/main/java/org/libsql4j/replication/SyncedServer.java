package org.libsql4j.replication;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.libsql4j.EncryptionConfig;
import org.libsql4j.ReplicaHealth;
import org.libsql4j.ReplicaOptions;
import org.libsql4j.pager.PageCodec;
import org.libsql4j.replication.ReplicationException.Reason;

/**
 * A server that speaks version 2 of the protocol: frames of write-ahead logs over HTTP.
 *
 * <p>Requests may be made again: frames say where they belong.
 */
final class SyncedServer {
  private static final MediaType BYTES = MediaType.get("application/octet-stream");
  private static final int OK_FROM = 200;
  private static final int OK_TO = 299;
  private static final int REDIRECT_FROM = 300;
  private static final int REDIRECT_TO = 399;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int SERVER_ERROR = 500;
  private static final int MAX_REDIRECTS = 5;
  private static final int MAX_TEXT = 1 << 16;

  /** What an answer to a request for frames can be. */
  sealed interface Pulled permits Frames, EndOfGeneration {}

  /** One frame after the other. */
  record Frames(byte[] bytes) implements Pulled {}

  /**
   * There are no more frames.
   *
   * @param generation the one that the server has now
   */
  record EndOfGeneration(int generation) implements Pulled {}

  /**
   * An answer to frames.
   *
   * @param conflict whether the server has others there
   * @param maxFrame the last frame that it has
   * @param baton to be given with the next frames; null for none
   */
  record Pushed(boolean conflict, int generation, int maxFrame, @Nullable String baton) {}

  private final OkHttpClient http;
  private final ServerAddress address;
  private final ReplicaOptions options;
  private final CircuitBreaker breaker;

  SyncedServer(OkHttpClient http, ServerAddress address, ReplicaOptions options) {
    this.http = http;
    this.address = address;
    this.options = options;
    this.breaker =
        new CircuitBreaker(
            options.circuitFailures(), options.circuitPause(), options.environment().clock());
  }

  ReplicaHealth.Server health() {
    return breaker.health(address.url().toString());
  }

  // ---- requests

  /** The status of {@code GET /info}: a server that has it speaks this protocol. */
  int probe() {
    return ask(builder("info"), false, response -> response.code());
  }

  /** Which generation the server has. */
  int generation() {
    return ask(
        builder("info"),
        true,
        response -> {
          if (!isOk(response.code())) {
            throw refused("failed to pull db export", response);
          }
          int generation = unsigned(parse(text(response)), "current_generation");
          if (generation == 0) {
            throw new ReplicationException(
                Reason.PROTOCOL, "invalid remote state: generation is 0");
          }
          return generation;
        });
  }

  /** Fetches the file with which a generation begins; it is on the disk when this returns. */
  void export(int generation, Path target) {
    boolean done =
        ask(
            builder("export/" + Integer.toUnsignedString(generation)),
            true,
            response -> {
              if (!isOk(response.code())) {
                throw refused("failed to pull frame", response);
              }
              EncryptionConfig encryption = options.encryption();
              PageCodec codec = encryption == null ? null : encryption.newCodec();
              ExportedFile.save(body(response).byteStream(), target, codec);
              return true;
            });
    if (!done) {
      throw new ReplicationException(Reason.TRANSPORT, "no export came");
    }
  }

  /** Asks for frames from one number to before another. */
  Pulled pull(int generation, int from, int to) {
    return ask(
        builder(path(generation, from, to)),
        true,
        response -> {
          if (isOk(response.code())) {
            return new Frames(frames(body(response)));
          }
          if (response.code() == BAD_REQUEST || response.code() == SERVER_ERROR) {
            return new EndOfGeneration(unsigned(parse(text(response)), "generation"));
          }
          throw refused("failed to pull frame", response);
        });
  }

  private static byte[] frames(ResponseBody body) throws IOException {
    byte[] bytes = body.bytes();
    if (bytes.length == 0 || bytes.length % SyncedLog.FRAME_BYTES != 0) {
      throw new ReplicationException(
          Reason.PROTOCOL, "server returned invalid length of frames: " + bytes.length);
    }
    return bytes;
  }

  /** Sends frames from one number to before another. */
  Pushed push(int generation, int from, int to, @Nullable String baton, byte[] frames) {
    String path = path(generation, from, to) + (baton == null ? "" : "/" + baton);
    return ask(
        builder(path).post(RequestBody.create(frames, BYTES)),
        true,
        response -> {
          if (!isOk(response.code())) {
            throw refused("failed to push frame", response);
          }
          Map<String, Object> fields = parse(text(response));
          Object status = fields.get("status");
          if (!"ok".equals(status) && !"conflict".equals(status)) {
            throw new ReplicationException(
                Reason.PROTOCOL, "json value error, unexpected value: " + status);
          }
          return new Pushed(
              "conflict".equals(status),
              unsigned(fields, "generation"),
              unsigned(fields, "max_frame_no"),
              fields.get("baton") instanceof String next ? next : null);
        });
  }

  private static String path(int generation, int from, int to) {
    return "sync/" + Integer.toUnsignedString(generation) + "/" + from + "/" + to;
  }

  private Request.Builder builder(String path) {
    Request.Builder builder =
        new Request.Builder()
            .url(address.url().newBuilder().addPathSegments(path).build())
            .header("Authorization", "Bearer " + address.token().get());
    String key = options.remoteEncryptionKey();
    return key == null ? builder : builder.header("x-turso-encryption-key", key);
  }

  // ---- answers

  /** Makes something of an answer. */
  private interface Reader<T> {
    T read(Response response) throws IOException;
  }

  private <T> T ask(Request.Builder request, boolean again, Reader<T> reader) {
    Backoff backoff = new Backoff(options);
    while (true) {
      if (!breaker.permits()) {
        throw new ReplicationException(
            Reason.CIRCUIT_OPEN,
            "the server is left alone for a while because it has failed too often: "
                + health().lastFailure());
      }
      try {
        T answer = askOnce(request, reader);
        breaker.succeeded();
        return answer;
      } catch (ReplicationException e) {
        if (e.reason() != Reason.TRANSPORT) {
          breaker.succeeded();
          throw e;
        }
        breaker.failed(String.valueOf(e.getMessage()));
        if (!again || !backoff.nextAttempt()) {
          throw e;
        }
      }
    }
  }

  private <T> T askOnce(Request.Builder builder, Reader<T> reader) {
    Request request = builder.build();
    try {
      for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
        try (Response response = http.newCall(request).execute()) {
          int code = response.code();
          if (code < REDIRECT_FROM || code > REDIRECT_TO) {
            return reader.read(response);
          }
          request = redirected(request, response);
        }
      }
      throw new ReplicationException(Reason.PROTOCOL, "too many redirects");
    } catch (IOException e) {
      String text = address.url() + ": " + e;
      throw e instanceof ConnectException
          ? ReplicationException.notSent(text, e)
          : new ReplicationException(Reason.TRANSPORT, text, e);
    }
  }

  private static Request redirected(Request request, Response response) {
    String location = response.header("Location");
    HttpUrl target = location == null ? null : request.url().resolve(location);
    if (target == null) {
      throw new ReplicationException(Reason.PROTOCOL, "redirect response with no location header");
    }
    Request.Builder next = request.newBuilder().url(target);
    if (!target.host().equals(request.url().host())) {
      next.removeHeader("Authorization").removeHeader("x-turso-encryption-key");
    }
    return next.build();
  }

  private static ReplicationException refused(String what, Response response) throws IOException {
    int code = response.code();
    Reason reason = Reason.REFUSED;
    if (code == UNAUTHORIZED || code == FORBIDDEN) {
      reason = Reason.UNAUTHORIZED;
    } else if (code >= SERVER_ERROR) {
      reason = Reason.TRANSPORT;
    }
    return new ReplicationException(
        reason, what + ": status=" + code + ", error=" + text(response));
  }

  private static boolean isOk(int code) {
    return code >= OK_FROM && code <= OK_TO;
  }

  private static ResponseBody body(Response response) throws IOException {
    ResponseBody body = response.body();
    if (body == null) {
      throw new IOException("no answer");
    }
    return body;
  }

  private static String text(Response response) throws IOException {
    InputStream in = body(response).byteStream();
    byte[] bytes = new byte[MAX_TEXT];
    int length = 0;
    while (length < bytes.length) {
      int count = in.read(bytes, length, bytes.length - length);
      if (count < 0) {
        break;
      }
      length += count;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static Map<String, Object> parse(String text) {
    try {
      return FlatJson.parse(text);
    } catch (IOException e) {
      throw new ReplicationException(Reason.PROTOCOL, "json decode error: " + e.getMessage(), e);
    }
  }

  /** Numbers of frames and generations have 32 bits; ours reach to half of that. */
  private static int unsigned(Map<String, Object> fields, String name) {
    long value = FlatJson.number(fields, name);
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new ReplicationException(
          Reason.PROTOCOL, "json value error, unexpected value of " + name);
    }
    return (int) value;
  }
}

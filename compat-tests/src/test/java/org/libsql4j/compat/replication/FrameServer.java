package org.libsql4j.compat.replication;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.compat.sqld.SqldServer;

/**
 * A server that speaks version 2 of the sync protocol, as libSQL's native client expects it: a base
 * file and the frames after it, generation by generation. Keeps everything in memory.
 */
final class FrameServer implements AutoCloseable {
  private static final int FRAME_BYTES = 24 + 4096;

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final HttpServer server;
  private final List<byte[]> frames = new ArrayList<>();
  private byte[] base;
  private int generation = 1;

  /** What was asked for, with method and path. */
  final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  /** After so many more requests the connection breaks before the answer; -1 for never. */
  int breakAfter = -1;

  /** So many requests are answered with the HTTP status 503. */
  int unavailable;

  private @Nullable String statements;
  private @Nullable Path writeAheadLog;

  /** What the last frame number in answers is too low by. */
  int forgotten;

  /**
   * @param base a database file in WAL mode
   */
  FrameServer(byte[] base) throws IOException {
    this.base = base.clone();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  int frameCount() {
    return frames.size();
  }

  /** Frames without their salts and checksums, which are each client's own. */
  List<String> pages() {
    List<String> pages = new ArrayList<>();
    for (byte[] frame : frames) {
      ByteBuffer bytes = ByteBuffer.wrap(frame);
      pages.add(
          bytes.getInt(0)
              + " "
              + bytes.getInt(4)
              + " "
              + Arrays.hashCode(Arrays.copyOfRange(frame, 24, FRAME_BYTES)));
    }
    return pages;
  }

  /** Moves the frames into the base file and begins to count anew. */
  void beginGeneration() {
    int size = base.length / 4096;
    for (byte[] frame : frames) {
      ByteBuffer head = ByteBuffer.wrap(frame);
      int page = head.getInt(0);
      if (page * 4096 > base.length) {
        base = Arrays.copyOf(base, page * 4096);
      }
      System.arraycopy(frame, 24, base, (page - 1) * 4096, 4096);
      size = head.getInt(4) != 0 ? head.getInt(4) : size;
    }
    base = Arrays.copyOf(base, size * 4096);
    frames.clear();
    generation++;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      requests.add(exchange.getRequestMethod() + " " + path);
      if (unavailable > 0) {
        unavailable--;
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      boolean breaks = breakAfter == 0;
      if (breakAfter >= 0) {
        breakAfter--;
      }
      String[] parts = path.substring(1).split("/", -1);
      byte[] answer;
      int status = 200;
      switch (parts[0]) {
        case "info" -> answer = json("{\"current_generation\":" + generation + "}");
        case "export" -> answer = base;
        case "sync" -> {
          int from = Integer.parseInt(parts[2]);
          if (exchange.getRequestMethod().equals("POST")) {
            answer = json(push(from, body));
          } else {
            answer = pull(Integer.parseInt(parts[1]), from, Integer.parseInt(parts[3]));
            if (answer.length == 0) {
              status = 400;
              answer = json("{\"generation\":" + generation + "}");
            }
          }
        }
        default -> {
          if (statements != null) {
            forward(exchange, body, statements);
            return;
          }
          status = 404;
          answer = json("{}");
        }
      }
      if (breaks) {
        return;
      }
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  /**
   * Has a server execute statements, and takes the frames of its write-ahead log, which it must not
   * checkpoint.
   */
  void follow(SqldServer primary) {
    statements = primary.url();
    writeAheadLog = primary.dataFile().resolveSibling("data-wal");
  }

  private static void forward(HttpExchange exchange, byte[] body, String to) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(to + exchange.getRequestURI().getPath()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    String type = exchange.getRequestHeaders().getFirst("content-type");
    if (type != null) {
      request.header("content-type", type);
    }
    try {
      HttpResponse<byte[]> answer =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** The committed frames of a log that another process writes. */
  private void readLog(Path log) throws IOException {
    frames.clear();
    byte[] bytes = Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
    List<byte[]> transaction = new ArrayList<>();
    for (int at = 32; at + FRAME_BYTES <= bytes.length; at += FRAME_BYTES) {
      if (!Arrays.equals(bytes, 16, 24, bytes, at + 8, at + 16)) {
        break;
      }
      transaction.add(Arrays.copyOfRange(bytes, at, at + FRAME_BYTES));
      if (ByteBuffer.wrap(bytes).getInt(at + 4) != 0) {
        frames.addAll(transaction);
        transaction.clear();
      }
    }
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] pull(int wanted, int from, int to) throws IOException {
    if (writeAheadLog != null) {
      readLog(writeAheadLog);
    }
    if (wanted != generation || from > frames.size()) {
      return new byte[0];
    }
    ByteBuffer answer =
        ByteBuffer.allocate((Math.min(to - 1, frames.size()) - from + 1) * FRAME_BYTES);
    for (int number = from; answer.hasRemaining(); number++) {
      answer.put(frames.get(number - 1));
    }
    return answer.array();
  }

  private String push(int from, byte[] body) {
    boolean conflict = false;
    for (int at = 0, number = from; at < body.length; at += FRAME_BYTES, number++) {
      byte[] frame = Arrays.copyOfRange(body, at, at + FRAME_BYTES);
      if (number > frames.size()) {
        frames.add(frame);
      } else {
        conflict |= !samePage(frames.get(number - 1), frame);
      }
    }
    int last = Math.max(0, frames.size() - forgotten);
    return "{\"status\":\""
        + (conflict ? "conflict" : "ok")
        + "\",\"generation\":"
        + generation
        + ",\"max_frame_no\":"
        + last
        + "}";
  }

  private static boolean samePage(byte[] a, byte[] b) {
    return Arrays.equals(a, 24, FRAME_BYTES, b, 24, FRAME_BYTES);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

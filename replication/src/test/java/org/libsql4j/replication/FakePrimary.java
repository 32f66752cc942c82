package org.libsql4j.replication;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.MessageLite;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.libsql4j.replication.proto.DescribeResult;
import org.libsql4j.replication.proto.Description;
import org.libsql4j.replication.proto.ExecuteResults;
import org.libsql4j.replication.proto.Frame;
import org.libsql4j.replication.proto.Frames;
import org.libsql4j.replication.proto.HelloResponse;
import org.libsql4j.replication.proto.LogOffset;
import org.libsql4j.replication.proto.QueryResult;
import org.libsql4j.replication.proto.ResultRows;

/** A primary whose log is made up by a test, and which can misbehave in every way. */
final class FakePrimary implements AutoCloseable {
  private final HttpServer server;
  private final List<byte[]> frames = new ArrayList<>();
  private final String token = UUID.randomUUID().toString();
  private long checksum;
  UUID logId = UUID.randomUUID();

  /** Changes the answer to a request for frames before it is sent. */
  UnaryOperator<Frames> damage = UnaryOperator.identity();

  /** After how many bytes the connection breaks within an answer with frames; -1 for never. */
  int cutAfter = -1;

  /** Answers of this status instead of frames, if not 0. */
  int status;

  String statusMessage = "";

  /** How often a snapshot is asked for in vain; the log before it counts as compacted. */
  int snapshotDelays = -1;

  /** So many requests are answered with the HTTP status 503. */
  int unavailable;

  /** Whether the connection breaks while a statement is executed. */
  boolean cutExecute;

  /** What was asked for, by its last word. */
  final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  @Nullable String requiredAuthorization;
  int helloCount;
  int batchCount;

  FakePrimary() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Appends a frame to the log; {@code sizeAfter} not 0 commits. */
  void log(int page, int sizeAfter, byte[] content) {
    byte[] frame = new byte[LogFrame.BYTES];
    System.arraycopy(content, 0, frame, LogFrame.HEADER_BYTES, LogFrame.PAGE_BYTES);
    checksum = FrameChecksum.of(checksum, content, 0, LogFrame.PAGE_BYTES);
    ByteBuffer.wrap(frame)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(frames.size())
        .putLong(checksum)
        .putInt(page)
        .putInt(sizeAfter);
    frames.add(frame);
  }

  /** The log, frame by frame. */
  List<byte[]> frames() {
    return frames;
  }

  /** The pages of a database file as one transaction. */
  void logDatabase(byte[] file) {
    int count = file.length / LogFrame.PAGE_BYTES;
    for (int page = 1; page <= count; page++) {
      byte[] content = new byte[LogFrame.PAGE_BYTES];
      System.arraycopy(file, (page - 1) * LogFrame.PAGE_BYTES, content, 0, content.length);
      log(page, page == count ? count : 0, content);
    }
  }

  void forget() {
    frames.clear();
    checksum = 0;
    logId = UUID.randomUUID();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] request = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      requests.add(path.substring(path.lastIndexOf('/') + 1));
      if (unavailable > 0) {
        unavailable--;
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      if (path.startsWith("/proxy.Proxy/")) {
        answerProxy(exchange, path);
        return;
      }
      if (path.equals("/info")) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      String required = requiredAuthorization;
      if (required != null
          && !required.equals(exchange.getRequestHeaders().getFirst("x-authorization"))) {
        refuse(exchange, 16, "AuthError: The JWT is invalid");
      } else if (path.endsWith("/Hello")) {
        helloCount++;
        HelloResponse.Builder hello =
            HelloResponse.newBuilder()
                .setLogId(logId.toString())
                .setSessionToken(ByteString.copyFrom(token, StandardCharsets.UTF_8));
        if (!frames.isEmpty()) {
          hello.setCurrentReplicationIndex(frames.size() - 1);
        }
        send(exchange, hello.build(), -1);
      } else if (!token.equals(exchange.getRequestHeaders().getFirst("x-session-token"))) {
        refuse(exchange, 9, "NO_HELLO");
      } else if (snapshotDelays >= 0 && !path.endsWith("/Snapshot")) {
        refuse(exchange, 9, "NEED_SNAPSHOT");
      } else if (snapshotDelays > 0) {
        snapshotDelays--;
        boolean folderExists = snapshotDelays < 2;
        refuse(
            exchange,
            folderExists ? 14 : 13,
            folderExists
                ? "snapshot not found"
                : "IO error: No such file or directory (os error 2)");
      } else if (snapshotDelays == 0) {
        snapshotDelays = -1;
        sendSnapshot(exchange);
      } else if (status != 0) {
        refuse(exchange, status, statusMessage);
      } else {
        batchCount++;
        LogOffset offset =
            LogOffset.parseFrom(CodedInputStream.newInstance(request, 5, request.length - 5));
        Frames.Builder batch = Frames.newBuilder();
        for (byte[] frame :
            frames.subList((int) Math.min(offset.getNextOffset(), frames.size()), frames.size())) {
          batch.addFrames(Frame.newBuilder().setData(ByteString.copyFrom(frame)));
        }
        send(exchange, damage.apply(batch.build()), cutAfter);
      }
    }
  }

  /** Every statement changes one row. */
  private void answerProxy(HttpExchange exchange, String path) throws IOException {
    if (path.endsWith("/Describe")) {
      send(
          exchange,
          DescribeResult.newBuilder().setDescription(Description.getDefaultInstance()).build(),
          -1);
      return;
    }
    if (cutExecute) {
      exchange.sendResponseHeaders(200, 100);
      return;
    }
    ResultRows row = ResultRows.newBuilder().setAffectedRowCount(1).build();
    send(
        exchange,
        ExecuteResults.newBuilder().addResults(QueryResult.newBuilder().setRow(row)).build(),
        -1);
  }

  /** A transaction that changes nothing. */
  void logOnePage() {
    byte[] first = new byte[LogFrame.PAGE_BYTES];
    System.arraycopy(frames.get(0), LogFrame.HEADER_BYTES, first, 0, first.length);
    int pages =
        ByteBuffer.wrap(frames.get(frames.size() - 1)).order(ByteOrder.LITTLE_ENDIAN).getInt(20);
    log(1, pages, first);
  }

  /** The same log at another place. */
  void copyLogOf(FakePrimary other) {
    frames.clear();
    frames.addAll(other.frames);
    checksum = other.checksum;
    logId = other.logId;
  }

  /** All frames, the newest first; only the last one sent commits. */
  private void sendSnapshot(HttpExchange exchange) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    int sizeAfter =
        ByteBuffer.wrap(frames.get(frames.size() - 1)).order(ByteOrder.LITTLE_ENDIAN).getInt(20);
    for (int i = frames.size() - 1; i >= 0; i--) {
      byte[] frame = frames.get(i).clone();
      ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).putInt(20, i == 0 ? sizeAfter : 0);
      byte[] message = Frame.newBuilder().setData(ByteString.copyFrom(frame)).build().toByteArray();
      answer.write(ByteBuffer.allocate(5).put((byte) 0).putInt(message.length).array());
      answer.write(message);
    }
    byte[] trailers = "grpc-status:0\r\n".getBytes(StandardCharsets.US_ASCII);
    answer.write(ByteBuffer.allocate(5).put((byte) 0x80).putInt(trailers.length).array());
    answer.write(trailers);
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(answer.toByteArray());
    }
  }

  private static void refuse(HttpExchange exchange, int status, String message) throws IOException {
    exchange.getResponseHeaders().add("grpc-status", Integer.toString(status));
    exchange.getResponseHeaders().add("grpc-message", message.replace(" ", "%20"));
    exchange.sendResponseHeaders(200, -1);
  }

  private static void send(HttpExchange exchange, MessageLite message, int cutAfter)
      throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    byte[] bytes = message.toByteArray();
    answer.write(ByteBuffer.allocate(5).put((byte) 0).putInt(bytes.length).array());
    answer.write(bytes);
    byte[] trailers = "grpc-status:0\r\n".getBytes(StandardCharsets.US_ASCII);
    answer.write(ByteBuffer.allocate(5).put((byte) 0x80).putInt(trailers.length).array());
    answer.write(trailers);
    byte[] all = answer.toByteArray();
    exchange.getResponseHeaders().add("content-type", "application/grpc-web+proto");
    exchange.sendResponseHeaders(200, cutAfter < 0 ? 0 : all.length);
    OutputStream out = exchange.getResponseBody();
    out.write(all, 0, cutAfter < 0 ? all.length : Math.min(cutAfter, all.length));
    if (cutAfter < 0) {
      out.close();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

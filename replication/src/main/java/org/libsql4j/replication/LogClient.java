package org.libsql4j.replication;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.UUID;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.libsql4j.replication.proto.HelloRequest;
import org.libsql4j.replication.proto.HelloResponse;
import org.libsql4j.replication.proto.LogOffset;

/** The service {@code wal_log.ReplicationLog} of a primary. */
final class LogClient {
  private static final String SERVICE = "wal_log.ReplicationLog/";
  private static final int HANDSHAKE_VERSION = 1;
  private static final int MAX_FRAME_MESSAGE_BYTES = 1 << 16;
  private static final int READ_BYTES = 1 << 16;

  /** Of the messages Frames and Frame: the first field, some bytes. */
  private static final int FRAMES_TAG = 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private static final int DATA_TAG = 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  /** Takes frames as they arrive. */
  interface FrameSink {
    void accept(LogFrame frame);
  }

  /**
   * What a primary says of its log.
   *
   * @param lastFrame number of the last frame; empty while it has none
   */
  record Hello(UUID logId, OptionalLong lastFrame) {}

  private final GrpcWebClient client;
  private final ServerAddress server;
  private volatile @Nullable String sessionToken;

  LogClient(GrpcWebClient client, ServerAddress server) {
    this.client = client;
    this.server = server;
  }

  /** Begins a session. */
  Hello hello() throws GrpcException {
    HelloResponse answer =
        client.unary(
            SERVICE + "Hello",
            HelloRequest.newBuilder().setHandshakeVersion(HANDSHAKE_VERSION).build(),
            headers(),
            HelloResponse.parser());
    String token = answer.getSessionToken().toString(StandardCharsets.UTF_8);
    uuid(token, "session token");
    sessionToken = token;
    return new Hello(
        uuid(answer.getLogId(), "log id"),
        answer.hasCurrentReplicationIndex()
            ? OptionalLong.of(answer.getCurrentReplicationIndex())
            : OptionalLong.empty());
  }

  private static UUID uuid(String text, String what) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new ReplicationException(
          ReplicationException.Reason.PROTOCOL, "the server's " + what + " is no UUID", e);
    }
  }

  /** Frames from a number on, as many as the server thinks right, in ascending order. */
  void batch(long from, FrameSink sink) throws GrpcException {
    client.call(
        SERVICE + "BatchLogEntries",
        LogOffset.newBuilder().setNextOffset(from).build(),
        headers(),
        (message, length) -> readBatch(message, sink));
  }

  /** Frame by frame, as the whole may be larger than the memory. */
  private static void readBatch(InputStream message, FrameSink sink) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(message, READ_BYTES);
    in.setSizeLimit(Integer.MAX_VALUE);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == FRAMES_TAG) {
        int limit = in.pushLimit(in.readRawVarint32());
        sink.accept(new LogFrame(frameData(in)));
        in.popLimit(limit);
      } else if (!in.skipField(tag)) {
        throw new InvalidProtocolBufferException("unexpected end of a group");
      }
    }
  }

  private static LogFrame readFrame(InputStream message, int length) throws IOException {
    if (length > MAX_FRAME_MESSAGE_BYTES) {
      throw new InvalidProtocolBufferException("a frame of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    int count = 0;
    while (count < length) {
      int read = message.read(bytes, count, length - count);
      if (read < 0) {
        throw new EOFException("the answer ends within a frame");
      }
      count += read;
    }
    return new LogFrame(frameData(CodedInputStream.newInstance(bytes)));
  }

  /** The field of a message Frame that matters; empty if it is not there. */
  private static byte[] frameData(CodedInputStream in) throws IOException {
    byte[] data = new byte[0];
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == DATA_TAG) {
        data = in.readByteArray();
      } else if (!in.skipField(tag)) {
        throw new InvalidProtocolBufferException("unexpected end of a group");
      }
    }
    return data;
  }

  /** The newest frame of each page from one number to another, in descending order. */
  void snapshot(long from, FrameSink sink) throws GrpcException {
    client.call(
        SERVICE + "Snapshot",
        LogOffset.newBuilder().setNextOffset(from).build(),
        headers(),
        (message, length) -> sink.accept(readFrame(message, length)));
  }

  /** Ends the call that is being made in another thread, if there is one. */
  void cancel() {
    client.cancel();
  }

  private Headers headers() {
    Headers.Builder headers = server.headers();
    String token = sessionToken;
    if (token != null) {
      headers.add("x-session-token", token);
    }
    return headers.build();
  }
}

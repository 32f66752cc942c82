package org.libsql4j.replication;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.libsql4j.remote.IdleConnectionCheck;
import org.libsql4j.remote.OneShotBody;

/**
 * Calls of gRPC in the form of gRPC-web: one message in a POST, messages and then trailers in the
 * answer.
 *
 * <p>See "gRPC-web" in the gRPC project's protocol documents. Errors that come before any message
 * are in the headers of the answer, others in its last frame.
 */
final class GrpcWebClient {
  private static final MediaType CONTENT_TYPE = MediaType.get("application/grpc-web");
  private static final int FRAME_HEADER_BYTES = 5;
  private static final int COMPRESSED = 1;
  private static final int TRAILERS = 0x80;

  /** More than a pool of connections keeps. */
  private static final int MAX_CLOSED_CONNECTIONS = 8;

  private static final int MAX_TRAILER_BYTES = 1 << 16;
  private static final int HTTP_OK = 200;
  private static final int HTTP_UNAUTHORIZED = 401;
  private static final int HTTP_FORBIDDEN = 403;
  private static final int HTTP_TOO_MANY_REQUESTS = 429;
  private static final int HTTP_SERVER_ERROR = 500;
  private static final int HTTP_UNAVAILABLE = 503;

  /** Takes the messages of an answer, one after another. */
  interface MessageReader {
    /**
     * @param message ends where the message ends
     */
    void read(InputStream message, int length) throws IOException;
  }

  private final OkHttpClient client;
  private final HttpUrl base;
  private volatile @Nullable Call running;

  GrpcWebClient(OkHttpClient client, HttpUrl base) {
    this.client = client;
    this.base = base;
  }

  /** A call with exactly one message as answer. */
  <T extends MessageLite> T unary(
      String method, MessageLite message, Headers headers, Parser<T> parser) throws GrpcException {
    Only<T> only = new Only<>(parser);
    call(method, message, headers, only);
    T result = only.message;
    if (result == null) {
      throw protocolError("no message in the answer to " + method, null);
    }
    return result;
  }

  private static final class Only<T> implements MessageReader {
    private final Parser<T> parser;
    @Nullable T message;

    Only(Parser<T> parser) {
      this.parser = parser;
    }

    @Override
    public void read(InputStream in, int length) throws IOException {
      if (message != null) {
        throw new InvalidProtocolBufferException("more than one message in the answer");
      }
      message = parser.parseFrom(in);
    }
  }

  /**
   * Makes a call.
   *
   * @param method {@code package.Service/Method}
   * @throws GrpcException the server's status, if it is not success; messages may have come before
   */
  void call(String method, MessageLite message, Headers headers, MessageReader reader)
      throws GrpcException {
    try (Response response = execute(method, message, headers)) {
      checkHttpStatus(response);
      String status = response.header("grpc-status");
      if (status != null) {
        check(GrpcStatus.parse(status, response.header("grpc-message")));
        return;
      }
      ResponseBody body = response.body();
      if (body == null) {
        throw new EOFException("no answer");
      }
      readFrames(body.byteStream(), reader);
    } catch (InvalidProtocolBufferException e) {
      throw protocolError("answer to " + method + " is damaged: " + e.getMessage(), e);
    } catch (IOException e) {
      String text = base + ": " + describe(e);
      throw isBeforeSending(e)
          ? ReplicationException.notSent(text, e)
          : new ReplicationException(ReplicationException.Reason.TRANSPORT, text, e);
    } finally {
      running = null;
    }
  }

  /** Connections that the server has closed since they were used are passed over. */
  private Response execute(String method, MessageLite message, Headers headers) throws IOException {
    IdleConnectionCheck.ClosedException closed = null;
    for (int attempt = 0; attempt < MAX_CLOSED_CONNECTIONS; attempt++) {
      Call call = client.newCall(request(method, message, headers));
      running = call;
      try {
        return call.execute();
      } catch (IdleConnectionCheck.ClosedException e) {
        closed = e;
      }
    }
    throw ReplicationException.notSent(base + ": " + closed, closed);
  }

  /** Ends the call that was begun last, from another thread. */
  void cancel() {
    Call call = running;
    if (call != null) {
      call.cancel();
    }
  }

  private Request request(String method, MessageLite message, Headers headers) {
    return new Request.Builder()
        .url(base.newBuilder().addPathSegments(method).build())
        .headers(headers)
        .header("te", "trailers")
        .post(body(message))
        .build();
  }

  /** Makes a call without waiting; what becomes of it does not matter. */
  void tell(String method, MessageLite message, Headers headers) {
    client
        .newCall(request(method, message, headers))
        .enqueue(
            new Callback() {
              @Override
              public void onFailure(Call call, IOException e) {}

              @Override
              public void onResponse(Call call, Response response) {
                response.close();
              }
            });
  }

  private static boolean isBeforeSending(IOException e) {
    return e instanceof ConnectException
        || e instanceof UnknownHostException
        || e instanceof NoRouteToHostException;
  }

  private static RequestBody body(MessageLite message) {
    byte[] bytes = message.toByteArray();
    byte[] framed = new byte[FRAME_HEADER_BYTES + bytes.length];
    for (int i = 0; i < 4; i++) {
      framed[1 + i] = (byte) (bytes.length >>> (24 - 8 * i));
    }
    System.arraycopy(bytes, 0, framed, FRAME_HEADER_BYTES, bytes.length);
    return new OneShotBody(CONTENT_TYPE, framed);
  }

  private void checkHttpStatus(Response response) {
    int code = response.code();
    if (code == HTTP_OK) {
      return;
    }
    String text = base + " answers with HTTP status " + code;
    if (code == HTTP_TOO_MANY_REQUESTS || code == HTTP_UNAVAILABLE) {
      throw ReplicationException.notSent(text, null);
    }
    ReplicationException.Reason reason;
    if (code == HTTP_UNAUTHORIZED || code == HTTP_FORBIDDEN) {
      reason = ReplicationException.Reason.UNAUTHORIZED;
    } else if (code >= HTTP_SERVER_ERROR) {
      reason = ReplicationException.Reason.TRANSPORT;
    } else {
      reason = ReplicationException.Reason.PROTOCOL;
    }
    throw new ReplicationException(reason, text);
  }

  private static void readFrames(InputStream in, MessageReader reader)
      throws IOException, GrpcException {
    while (true) {
      int flags = in.read();
      if (flags < 0) {
        throw new EOFException("the answer ends before its trailers");
      }
      int length = readLength(in);
      if ((flags & TRAILERS) != 0) {
        check(readTrailers(in, length));
        return;
      }
      if ((flags & COMPRESSED) != 0 || length < 0) {
        throw new InvalidProtocolBufferException("unexpected frame");
      }
      BoundedInputStream message = new BoundedInputStream(in, length);
      reader.read(message, length);
      message.skipRest();
    }
  }

  private static int readLength(InputStream in) throws IOException {
    int length = 0;
    for (int i = 0; i < 4; i++) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the answer ends within a frame");
      }
      length = length << 8 | next;
    }
    return length;
  }

  private static GrpcStatus readTrailers(InputStream in, int length) throws IOException {
    if (length < 0 || length > MAX_TRAILER_BYTES) {
      throw new InvalidProtocolBufferException("trailers of " + length + " bytes");
    }
    byte[] text = new byte[length];
    int count = 0;
    while (count < length) {
      int read = in.read(text, count, length - count);
      if (read < 0) {
        throw new EOFException("the answer ends within its trailers");
      }
      count += read;
    }
    String status = "";
    String message = null;
    for (String line : new String(text, StandardCharsets.ISO_8859_1).split("\r\n", -1)) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? line : line.substring(0, colon);
      if (name.equalsIgnoreCase("grpc-status")) {
        status = line.substring(colon + 1);
      } else if (name.equalsIgnoreCase("grpc-message")) {
        message = line.substring(colon + 1);
      }
    }
    return GrpcStatus.parse(status, message);
  }

  private static void check(GrpcStatus status) throws GrpcException {
    if (!status.isOk()) {
      throw new GrpcException(status);
    }
  }

  private static ReplicationException protocolError(String message, @Nullable Throwable cause) {
    return new ReplicationException(ReplicationException.Reason.PROTOCOL, message, cause);
  }

  private static String describe(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}

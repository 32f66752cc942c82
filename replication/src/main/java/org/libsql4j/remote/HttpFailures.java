package org.libsql4j.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.HttpUrl;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.libsql4j.error.ResultCode;
import org.libsql4j.remote.RemoteException.Reason;

/** What a server means with another status than success. */
final class HttpFailures {
  private static final int MAX_BODY_BYTES = 1 << 16;
  private static final int SHOWN = 300;

  private HttpFailures() {}

  /**
   * @throws RemoteException if the status is not success
   */
  static void check(Response response, HttpUrl base) throws IOException {
    if (response.isSuccessful()) {
      return;
    }
    int status = response.code();
    if (response.isRedirect()) {
      throw RemoteException.protocol(
          base + " redirects to " + response.header("Location") + ", which is not followed");
    }
    ServerError error = error(body(response), status, base);
    throw new RemoteException(
        reason(error, status),
        code(error, status),
        error.message(),
        -1,
        error.code(),
        error.message());
  }

  private static Reason reason(ServerError error, int status) {
    return switch (status) {
      case 400 -> isExpiry(error) ? Reason.EXPIRED : Reason.PROTOCOL;
      case 401, 403 -> Reason.UNAUTHORIZED;
      default -> Reason.REFUSED;
    };
  }

  private static ResultCode code(ServerError error, int status) {
    return switch (status) {
      case 400 -> isExpiry(error) ? ResultCode.ABORT_ROLLBACK : ResultCode.PROTOCOL;
      case 401, 403 -> ResultCode.AUTH;
      case 404 -> ResultCode.CANTOPEN;
      case 429, 503 -> ResultCode.BUSY;
      default -> ResultCode.IOERR;
    };
  }

  /** The stream that a baton stands for is not there, or not any more. */
  private static boolean isExpiry(ServerError error) {
    return error.isExpiry()
        || error.message().contains("baton")
        || error.message().contains("stream has expired");
  }

  private static String body(Response response) throws IOException {
    ResponseBody body = response.body();
    if (body == null) {
      return "";
    }
    Buffer buffer = new Buffer();
    long left = MAX_BODY_BYTES;
    while (left > 0) {
      long count = body.source().read(buffer, left);
      if (count < 0) {
        break;
      }
      left -= count;
    }
    return buffer.readString(StandardCharsets.UTF_8);
  }

  private static ServerError error(String body, int status, HttpUrl base) throws IOException {
    String text = body.trim();
    if (text.startsWith("{")) {
      try (JsonInput in = JsonInput.of(text)) {
        in.nextRoot();
        return JsonResults.error(in);
      } catch (JsonProcessingException | RemoteException e) {
        return new ServerError(base + " answers with HTTP status " + status, null);
      }
    }
    String from = base + " answers with HTTP status " + status;
    if (text.isEmpty() || text.startsWith("<")) {
      return new ServerError(from, null);
    }
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return new ServerError(from + ": " + shown, null);
  }
}

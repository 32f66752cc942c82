package org.libsql4j.remote;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.ResultCode;
import org.libsql4j.remote.RemoteException.Reason;

/**
 * One WebSocket: requests with numbers go out, answers with these numbers come in. Used by one
 * thread at a time, but for {@link #cancel}.
 */
final class WebSocketLink {
  private static final int NORMAL_CLOSURE = 1000;
  private static final Duration PING_INTERVAL = Duration.ofSeconds(20);

  /** What OkHttp is ready to have in its queue, in bytes. */
  private static final int LARGEST_MESSAGE = 1 << 24;

  private static final String PROTOCOL_HEADER = "Sec-WebSocket-Protocol";

  /** Reads what is in an answer, whose object has begun. */
  interface Reader<T> {
    T read(JsonInput in) throws IOException;
  }

  private volatile RemoteClient client;
  private final Listener listener = new Listener();
  private final StoredTexts texts = new StoredTexts();
  private final WebSocket socket;
  private String token = "";
  private int version;
  private int nextRequestId;
  private int nextId;
  private volatile boolean cancelled;
  private volatile boolean brokenOff;

  private WebSocketLink(RemoteClient client) {
    this.client = client;
    OkHttpClient http = client.http().newBuilder().pingInterval(PING_INTERVAL).build();
    Request request =
        client.request(client.base()).header(PROTOCOL_HEADER, "hrana3, hrana2").build();
    this.socket = http.newWebSocket(request, listener);
  }

  /**
   * Connects and says hello.
   *
   * @throws RemoteException if the server cannot be reached or refuses
   */
  static WebSocketLink open(RemoteClient client) {
    WebSocketLink link = new WebSocketLink(client);
    boolean done = false;
    try {
      link.begin();
      done = true;
      return link;
    } finally {
      if (!done) {
        link.socket.cancel();
      }
    }
  }

  private void begin() {
    Event event = take(client.settings().connectTimeout().plus(client.requestTimeout()));
    if (!(event instanceof Opened opened)) {
      throw failure(event, false);
    }
    String protocol = opened.protocol();
    version =
        switch (protocol) {
          case "hrana3" -> 3;
          case "hrana2" -> 2;
          default ->
              throw RemoteException.protocol(
                  client.base() + " speaks no version of the protocol that is known here");
        };
    sayHello(client.token());
  }

  int version() {
    return version;
  }

  StoredTexts texts() {
    return texts;
  }

  RemoteClient client() {
    return client;
  }

  /** Makes it as patient as another client is. */
  void setClient(RemoteClient value) {
    client = value;
  }

  boolean isBroken() {
    return listener.ended || brokenOff;
  }

  /** A number for a stream or cursor that no other has. */
  int newId() {
    return nextId++;
  }

  // ---- messages
  // -----------------------------------------------------------------------------------

  private void sayHello(String newToken) {
    RemoteClient.authorize(new Request.Builder(), newToken); // Looks at its characters.
    send(
        out -> {
          out.writeStringField("type", "hello");
          out.writeStringField("jwt", newToken.isEmpty() ? null : newToken);
        });
    token = newToken;
    while (true) {
      String message = message();
      try (JsonInput in = JsonInput.of(message)) {
        Header header = Header.of(message);
        if (header.type.equals("hello_ok")) {
          return;
        }
        if (header.type.equals("hello_error")) {
          in.nextRoot();
          in.enterRootObject();
          throw refused(errorOf(in));
        }
      } catch (IOException e) {
        throw damaged(e);
      }
    }
  }

  private static RemoteException refused(ServerError error) {
    return new RemoteException(
        Reason.UNAUTHORIZED, ResultCode.AUTH, error.message(), -1, error.code(), error.message());
  }

  private void send(JsonBody.Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JsonRequests.FACTORY.createGenerator(text)) {
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw client.failure(e, false, false);
    }
    if (!socket.send(text.toString())) {
      breakOff();
      throw text.getBuffer().length() > LARGEST_MESSAGE / 4
          ? new RemoteException(
              Reason.TRANSPORT,
              ResultCode.TOOBIG,
              "the statement and its values are too large for one message to " + client.base(),
              null)
          : failure(closed(), false);
    }
  }

  /** Sends a request; answers its number. */
  int request(JsonBody.Fields request) {
    String now = client.token();
    if (!now.equals(token)) {
      sayHello(now);
    }
    int id = nextRequestId++;
    send(
        out -> {
          out.writeStringField("type", "request");
          out.writeNumberField("request_id", id);
          out.writeObjectFieldStart("request");
          request.write(out);
          out.writeEndObject();
        });
    return id;
  }

  /**
   * Waits for an answer; those to earlier requests are dropped.
   *
   * @param reader of a response
   * @param onError of an error that came instead
   */
  <T> T await(int requestId, Reader<T> reader, Reader<T> onError) {
    while (true) {
      String message = message();
      try {
        Header header = Header.of(message);
        if (header.requestId != requestId) {
          continue;
        }
        boolean failed = header.type.equals("response_error");
        JsonInput in = JsonInput.of(message);
        enter(in, failed ? "error" : "response");
        return failed ? onError.read(in) : reader.read(in);
      } catch (IOException e) {
        throw damaged(e);
      }
    }
  }

  private static void enter(JsonInput in, String wanted) throws IOException {
    in.nextRoot();
    in.enterRootObject();
    String name = in.nextField();
    while (name != null && !name.equals(wanted)) {
      in.skip();
      name = in.nextField();
    }
    if (name == null) {
      throw JsonInput.unexpected("nothing", wanted);
    }
    in.enterObject();
  }

  private static ServerError errorOf(JsonInput in) throws IOException {
    String name = in.nextField();
    while (name != null) {
      if (name.equals("error")) {
        in.enterObject();
        return JsonResults.error(in);
      }
      in.skip();
      name = in.nextField();
    }
    return new ServerError("the server refuses the connection", null);
  }

  RemoteException damaged(IOException e) {
    breakOff();
    return e instanceof JsonProcessingException json
        ? HttpStream.notJson(json)
        : client.failure(e, true, false);
  }

  /** What a message says about itself. */
  private static final class Header {
    private String type = "";
    private long requestId = -1;

    static Header of(String message) throws IOException {
      Header header = new Header();
      try (JsonInput in = JsonInput.of(message)) {
        in.nextRoot();
        in.enterRootObject();
        String name = in.nextField();
        while (name != null && !(header.isRequest() && header.requestId >= 0)) {
          switch (name) {
            case "type" -> header.type = in.text();
            case "request_id" -> header.requestId = in.integer();
            default -> in.skip();
          }
          name = header.isRequest() && header.requestId >= 0 ? null : in.nextField();
        }
      }
      return header;
    }

    private boolean isRequest() {
      return type.startsWith("response");
    }
  }

  // ---- waiting
  // ------------------------------------------------------------------------------------

  private String message() {
    Event event = take(client.requestTimeout());
    if (event instanceof Message message) {
      return message.text();
    }
    throw failure(event, true);
  }

  private @Nullable Event take(Duration patience) {
    try {
      return listener.events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancel();
      return new Broken(null, null, "interrupted");
    }
  }

  /**
   * @param event that came instead of a message; null if none came in time
   * @param sent whether the server may have got a request
   */
  private RemoteException failure(@Nullable Event event, boolean sent) {
    boolean byUser = cancelled || Thread.currentThread().isInterrupted();
    if (event == null && !byUser) {
      breakOff();
      return client.failure(new InterruptedIOException("timeout"), sent, false);
    }
    if (event instanceof Broken broken && !byUser) {
      RemoteException answer = broken.answer();
      if (answer != null) {
        return answer;
      }
      Throwable cause = broken.cause();
      return client.failure(
          cause instanceof IOException io ? io : new IOException(broken.text(), cause),
          sent,
          false);
    }
    return client.failure(null, sent, byUser);
  }

  private Event closed() {
    Event end = listener.last();
    return end == null ? new Broken(null, null, "closed") : end;
  }

  /** Breaks it off; by any thread. */
  void cancel() {
    cancelled = true;
    breakOff();
    listener.events.add(new Broken(null, null, "interrupted"));
  }

  private void breakOff() {
    brokenOff = true;
    socket.cancel();
  }

  void close() {
    socket.close(NORMAL_CLOSURE, null);
  }

  // ---- what comes in
  // ------------------------------------------------------------------------------

  private sealed interface Event {}

  private record Opened(String protocol) implements Event {}

  private record Message(String text) implements Event {}

  /**
   * @param answer what the server answered instead of opening a WebSocket, or null
   */
  private record Broken(@Nullable RemoteException answer, @Nullable Throwable cause, String text)
      implements Event {}

  private final class Listener extends WebSocketListener {
    final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    volatile boolean ended;
    private volatile @Nullable Event end;

    @Nullable Event last() {
      return end;
    }

    private void end(Broken event) {
      end = event;
      ended = true;
      events.add(event);
    }

    @Override
    public void onOpen(WebSocket opened, Response response) {
      String protocol = response.header(PROTOCOL_HEADER);
      events.add(new Opened(protocol == null ? "" : protocol));
    }

    @Override
    public void onMessage(WebSocket from, String text) {
      events.add(new Message(text));
    }

    @Override
    public void onClosing(WebSocket from, int code, String reason) {
      end(new Broken(null, null, "closed by the server: " + code + " " + reason));
      from.close(NORMAL_CLOSURE, null);
    }

    @Override
    public void onFailure(WebSocket from, Throwable cause, @Nullable Response response) {
      RemoteException answer = null;
      if (response != null) {
        try {
          HttpFailures.check(response, client.base());
        } catch (RemoteException e) {
          answer = e;
        } catch (IOException e) {
          cause.addSuppressed(e);
        }
      }
      end(new Broken(answer, cause, String.valueOf(cause.getMessage())));
    }
  }
}

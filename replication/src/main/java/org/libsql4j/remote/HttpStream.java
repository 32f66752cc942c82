package org.libsql4j.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;

/**
 * A stream over HTTP: each answer has a baton by which the server knows the stream in the next
 * request.
 */
final class HttpStream implements HranaStream {
  private static final int HTTP_UNAUTHORIZED = 401;

  private final HttpTransport transport;
  private final String path;
  private final StoredTexts texts = new StoredTexts();
  private HttpUrl base;
  private @Nullable String baton;
  private boolean fresh = true;
  private boolean broken;
  private long lastUsedNanos;
  private volatile @Nullable Call call;
  private volatile boolean cancelled;

  HttpStream(HttpTransport transport) {
    this.transport = transport;
    this.base = transport.client().base();
    this.path = "v" + transport.version();
  }

  private RemoteClient client() {
    return transport.client();
  }

  @Override
  public boolean isFresh() {
    return fresh;
  }

  @Override
  public boolean isStale() {
    long idle = System.nanoTime() - lastUsedNanos;
    return !fresh && idle > client().settings().idleTimeout().toNanos() / 10 * 9;
  }

  @Override
  public boolean isBroken() {
    return broken;
  }

  @Override
  public StoredTexts texts() {
    return texts;
  }

  @Override
  public List<HranaResult> send(List<HranaRequest> requests) {
    boolean done = false;
    try {
      OneShotBody body = pipeline(requests, false);
      List<HranaResult> results = exchange(body, requests);
      done = true;
      return results;
    } catch (IOException e) {
      throw client().failure(e, true, cancelled);
    } finally {
      broken |= !done;
    }
  }

  private OneShotBody pipeline(List<HranaRequest> requests, boolean close) throws IOException {
    return JsonBody.of(
        out -> {
          out.writeStringField("baton", baton);
          out.writeArrayFieldStart("requests");
          for (HranaRequest request : requests) {
            out.writeStartObject();
            JsonRequests.fields(out, request);
            out.writeEndObject();
          }
          if (close) {
            out.writeStartObject();
            out.writeStringField("type", "close");
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }

  private List<HranaResult> exchange(OneShotBody body, List<HranaRequest> requests) {
    long millis = client().requestTimeout().toMillis();
    try (Response response = post("pipeline", body, millis)) {
      return read(response, requests);
    } catch (JsonProcessingException e) {
      throw notJson(e);
    } catch (IOException e) {
      throw client().failure(e, body.isSent(), cancelled);
    } finally {
      call = null;
    }
  }

  static RemoteException notJson(JsonProcessingException e) {
    return RemoteException.protocol(
        "the answer of the server is damaged or cut off: " + e.getOriginalMessage(), e);
  }

  /**
   * Sends a request, and once more if the server does not accept the token and there is another.
   *
   * @param millis how long all of it may take; 0 for no limit
   */
  private Response post(String name, OneShotBody body, long millis) throws IOException {
    cancelled = false;
    HttpUrl target = base.newBuilder().addPathSegment(path).addPathSegment(name).build();
    String token = client().token();
    Response response = execute(target, body, token, millis);
    if (response.code() == HTTP_UNAUTHORIZED) {
      String renewed = client().token();
      if (!renewed.equals(token)) {
        response.close();
        response = execute(target, body, renewed, millis);
      }
    }
    boolean done = false;
    try {
      HttpFailures.check(response, base);
      done = true;
      return response;
    } finally {
      if (!done) {
        response.close();
      }
    }
  }

  private Response execute(HttpUrl target, OneShotBody body, String token, long millis)
      throws IOException {
    Request.Builder request = RemoteClient.authorize(client().request(target), token).post(body);
    if (millis == 0) {
      request.header("Accept-Encoding", "identity"); // Compression would hold rows back.
    }
    return client().execute(request.build(), millis, made -> call = made);
  }

  private static InputStream stream(Response response) {
    ResponseBody body = response.body();
    if (body == null) {
      throw RemoteException.protocol("the server sent no answer");
    }
    return body.byteStream();
  }

  private List<HranaResult> read(Response response, List<HranaRequest> requests)
      throws IOException {
    List<HranaResult> results = new ArrayList<>(requests.size());
    try (JsonInput in = JsonInput.of(stream(response))) {
      String nextBaton = null;
      String nextBase = null;
      if (!in.nextRoot()) {
        throw RemoteException.protocol("the answer of the server is empty");
      }
      in.enterRootObject();
      String name = in.nextField();
      while (name != null) {
        switch (name) {
          case "baton" -> nextBaton = in.textOrNull();
          case "base_url" -> nextBase = in.textOrNull();
          case "results" -> results(in, requests, results);
          default -> in.skip();
        }
        name = in.nextField();
      }
      goOn(nextBaton, nextBase);
    }
    if (results.size() != requests.size()) {
      throw RemoteException.protocol(
          "the server sent " + results.size() + " results for " + requests.size() + " requests");
    }
    return results;
  }

  private static void results(JsonInput in, List<HranaRequest> requests, List<HranaResult> results)
      throws IOException {
    in.enterArray();
    while (in.nextElement()) {
      in.startedObject();
      if (results.size() == requests.size()) {
        throw RemoteException.protocol("the server sent more results than were asked for");
      }
      results.add(JsonResults.streamResult(in, requests.get(results.size())));
    }
  }

  /** What the next request has to carry, and where it has to go. */
  void goOn(@Nullable String nextBaton, @Nullable String nextBase) {
    fresh = false;
    lastUsedNanos = System.nanoTime();
    baton = nextBaton;
    broken |= nextBaton == null;
    if (nextBase != null) {
      HttpUrl url = HttpUrl.parse(nextBase.endsWith("/") ? nextBase : nextBase + "/");
      if (url == null || (client().base().isHttps() && !url.isHttps())) {
        throw RemoteException.protocol(
            "the server sends to " + nextBase + ", which is no good URL");
      }
      base = url;
    }
  }

  @Override
  public HranaCursor openCursor(HranaRequest.Stmt stmt) {
    boolean done = false;
    OneShotBody body = null;
    try {
      body =
          JsonBody.of(
              out -> {
                out.writeStringField("baton", baton);
                JsonRequests.batch(out, List.of(new HranaRequest.Step(null, stmt)));
              });
      Response response = post("cursor", body, 0);
      HranaCursor cursor = HttpCursor.open(this, running(), response, stream(response));
      done = true;
      return cursor;
    } catch (JsonProcessingException e) {
      throw notJson(e);
    } catch (IOException e) {
      throw client().failure(e, body != null && body.isSent(), cancelled);
    } catch (RemoteException e) {
      done = e.reason() == RemoteException.Reason.STATEMENT;
      throw e;
    } finally {
      broken |= !done;
    }
  }

  private Call running() {
    Call running = call;
    if (running == null) {
      throw new IllegalStateException("no request is under way");
    }
    return running;
  }

  /** A failure in the middle of rows; the stream itself is still there. */
  RemoteException cursorFailure(IOException e) {
    return e instanceof JsonProcessingException json
        ? notJson(json)
        : client().failure(e, true, cancelled);
  }

  /** The rows of a cursor are over. */
  void used() {
    lastUsedNanos = System.nanoTime();
  }

  @Override
  public void cancel() {
    cancelled = true;
    Call running = call;
    if (running != null) {
      running.cancel();
    }
  }

  @Override
  public void close(boolean wait) {
    if (baton == null || broken || isStale()) {
      return;
    }
    broken = true;
    try {
      OneShotBody body = pipeline(List.of(), true);
      HttpUrl target = base.newBuilder().addPathSegment(path).addPathSegment("pipeline").build();
      Request request =
          RemoteClient.authorize(client().request(target), client().token()).post(body).build();
      Call last = client().http().newCall(request);
      if (wait) {
        last.timeout()
            .timeout(client().settings().connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
        last.execute().close();
      } else {
        last.enqueue(new Ignored());
      }
    } catch (IOException | LibsqlException e) {
      // The server ends by itself what nobody goes on with.
      call = null;
    }
  }

  private static final class Ignored implements Callback {
    @Override
    public void onFailure(Call call, IOException e) {}

    @Override
    public void onResponse(Call call, Response response) {
      response.close();
    }
  }
}

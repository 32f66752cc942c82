package org.libsql4j.remote;

import java.util.ArrayList;
import java.util.List;

/** A stream over a WebSocket, by a number that is chosen here. */
final class WebSocketStream implements HranaStream {
  private final WebSocketLink link;
  private final int id;
  private boolean fresh = true;
  private boolean broken;

  WebSocketStream(WebSocketLink link) {
    this.link = link;
    this.id = link.newId();
  }

  WebSocketLink link() {
    return link;
  }

  int id() {
    return id;
  }

  @Override
  public boolean isFresh() {
    return fresh;
  }

  @Override
  public boolean isStale() {
    return false;
  }

  @Override
  public boolean isBroken() {
    return broken || link.isBroken();
  }

  @Override
  public StoredTexts texts() {
    return link.texts();
  }

  @Override
  public List<HranaResult> send(List<HranaRequest> requests) {
    boolean done = false;
    try {
      int opening = open();
      int[] ids = new int[requests.size()];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = sendOne(requests.get(i));
      }
      checkOpened(opening);
      List<HranaResult> results = new ArrayList<>(ids.length);
      for (int i = 0; i < ids.length; i++) {
        HranaRequest request = requests.get(i);
        results.add(
            link.await(
                ids[i],
                in -> JsonResults.response(in, request),
                in -> new HranaResult.Failure(JsonResults.error(in))));
      }
      done = true;
      return results;
    } finally {
      broken |= !done;
    }
  }

  private int sendOne(HranaRequest request) {
    boolean ofStream =
        !(request instanceof HranaRequest.StoreSql || request instanceof HranaRequest.CloseSql);
    return link.request(
        out -> {
          if (ofStream) {
            out.writeNumberField("stream_id", id);
          }
          JsonRequests.fields(out, request);
        });
  }

  /** Tells the server of the stream, once; answers the number of that request, or -1. */
  int open() {
    if (!fresh) {
      return -1;
    }
    fresh = false;
    return link.request(
        out -> {
          out.writeStringField("type", "open_stream");
          out.writeNumberField("stream_id", id);
        });
  }

  void checkOpened(int requestId) {
    if (requestId >= 0) {
      awaitDone(requestId);
    }
  }

  /** Waits for an answer that tells nothing but success. */
  void awaitDone(int requestId) {
    link.await(
        requestId,
        in -> true,
        in -> {
          throw JsonResults.error(in).toException();
        });
  }

  @Override
  public HranaCursor openCursor(HranaRequest.Stmt stmt) {
    boolean done = false;
    try {
      int opening = open();
      HranaCursor cursor = WebSocketCursor.open(this, opening, stmt);
      done = true;
      return cursor;
    } catch (RemoteException e) {
      done = e.reason() == RemoteException.Reason.STATEMENT;
      throw e;
    } finally {
      broken |= !done;
    }
  }

  @Override
  public void cancel() {
    link.cancel();
  }

  @Override
  public void close(boolean wait) {
    if (fresh || isBroken()) {
      return;
    }
    broken = true;
    try {
      int request =
          link.request(
              out -> {
                out.writeStringField("type", "close_stream");
                out.writeNumberField("stream_id", id);
              });
      if (wait) {
        awaitDone(request);
      }
    } catch (RemoteException e) {
      // The server ends by itself what nobody goes on with.
      return;
    }
  }
}

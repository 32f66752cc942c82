package org.libsql4j.remote;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;
import org.libsql4j.spi.RemoteStatement.Column;

/** A cursor over a WebSocket: asks for some entries at a time. */
final class WebSocketCursor implements HranaCursor {
  private static final int FIRST_COUNT = 64;
  private static final int MAX_COUNT = 4096;

  /** A message that is larger has fewer entries next time. */
  private static final int LARGE_MESSAGE = 1 << 20;

  private final WebSocketStream stream;
  private final int id;
  private final CursorEntry entry = new CursorEntry();

  /** Stands within the array of entries; null if there is none to be read. */
  private @Nullable JsonInput entries;

  private int count = FIRST_COUNT;
  private boolean lastMessage;
  private boolean ended;

  private WebSocketCursor(WebSocketStream stream, int id) {
    this.stream = stream;
    this.id = id;
  }

  /**
   * @param opening number of the request that opens the stream, or -1
   */
  static HranaCursor open(WebSocketStream stream, int opening, HranaRequest.Stmt stmt) {
    WebSocketCursor cursor = new WebSocketCursor(stream, stream.link().newId());
    int request =
        stream
            .link()
            .request(
                out -> {
                  out.writeStringField("type", "open_cursor");
                  out.writeNumberField("stream_id", stream.id());
                  out.writeNumberField("cursor_id", cursor.id);
                  JsonRequests.batch(out, List.of(new HranaRequest.Step(null, stmt)));
                });
    int fetch = cursor.sendFetch();
    stream.checkOpened(opening);
    stream.awaitDone(request);
    cursor.receive(fetch);
    cursor.begin();
    return cursor;
  }

  private void begin() {
    CursorEntry.Kind kind = nextEntry();
    if (kind == CursorEntry.Kind.FAILURE) {
      RemoteException failure = entry.failure();
      finish();
      throw failure;
    }
    if (kind != CursorEntry.Kind.BEGIN) {
      throw JsonInput.unexpected(kind, "the start of the rows");
    }
  }

  private int sendFetch() {
    return stream
        .link()
        .request(
            out -> {
              out.writeStringField("type", "fetch_cursor");
              out.writeNumberField("cursor_id", id);
              out.writeNumberField("max_count", count);
            });
  }

  /** Takes the message with the entries asked for. */
  private void receive(int request) {
    stream
        .link()
        .await(
            request,
            in -> {
              entries = in;
              enterEntries(in);
              return true;
            },
            in -> {
              throw JsonResults.error(in).toException();
            });
  }

  private void enterEntries(JsonInput in) throws IOException {
    String name = in.nextField();
    while (name != null && !name.equals("entries")) {
      readOther(in, name);
      name = in.nextField();
    }
    if (name == null) {
      throw JsonInput.unexpected("nothing", "entries");
    }
    in.enterArray();
  }

  private void readOther(JsonInput in, String name) throws IOException {
    if (name.equals("done")) {
      lastMessage = in.bool();
    } else {
      in.skip();
    }
  }

  /** Null behind the last entry of all. */
  private CursorEntry.@Nullable Kind nextEntry() {
    try {
      while (true) {
        JsonInput in = entries;
        if (in == null) {
          if (lastMessage) {
            return null;
          }
          receive(sendFetch());
        } else if (in.nextElement()) {
          in.startedObject();
          CursorEntry.Kind kind = entry.read(in);
          if (kind != CursorEntry.Kind.OTHER) {
            return kind;
          }
        } else {
          leaveEntries(in);
        }
      }
    } catch (IOException e) {
      throw stream.link().damaged(e);
    }
  }

  private void leaveEntries(JsonInput in) throws IOException {
    entries = null;
    String name = in.nextField();
    while (name != null) {
      readOther(in, name);
      name = in.nextField();
    }
    count = in.position() > LARGE_MESSAGE ? Math.max(1, count / 2) : Math.min(MAX_COUNT, count * 2);
    in.close();
  }

  @Override
  public List<Column> columns() {
    return entry.columns();
  }

  @Override
  public Mem @Nullable [] nextOrNull() {
    if (ended) {
      return null;
    }
    boolean done = false;
    try {
      CursorEntry.Kind kind = nextEntry();
      if (kind == null) {
        throw RemoteException.transport("the answer of the server ends within the rows", null);
      }
      done = true;
      if (kind == CursorEntry.Kind.ROW) {
        return entry.cells();
      }
      RemoteException failure = kind == CursorEntry.Kind.FAILURE ? entry.failure() : null;
      finish();
      if (failure != null) {
        throw failure;
      }
      return null;
    } finally {
      if (!done) {
        close(true);
      }
    }
  }

  /** Reads to the end, without which the server would not go on with the stream. */
  private void finish() {
    try {
      while (nextEntry() != null) {
        // Nobody wants them.
      }
      ended = true;
      closeAtServer();
    } finally {
      ended = true;
    }
  }

  /** As {@link #finish}, wherever in a message the reading has ended. */
  private void discard() {
    entries = null;
    try {
      while (!lastMessage) {
        receive(sendFetch());
        JsonInput in = entries;
        while (in != null && in.nextElement()) {
          in.skipElement();
        }
        if (in != null) {
          leaveEntries(in);
        }
      }
    } catch (IOException e) {
      throw stream.link().damaged(e);
    }
    closeAtServer();
  }

  private void closeAtServer() {
    entries = null;
    stream
        .link()
        .request(
            out -> {
              out.writeStringField("type", "close_cursor");
              out.writeNumberField("cursor_id", id);
            });
  }

  /** The server does not go on with a stream before all rows were read. */
  @Override
  public void close(boolean keepStream) {
    if (ended) {
      return;
    }
    ended = true;
    if (stream.isBroken()) {
      return;
    }
    try {
      if (keepStream) {
        discard();
      } else {
        closeAtServer();
        stream.close(false);
      }
    } catch (RemoteException e) {
      entries = null; // The link is broken, and the cursor gone with it.
    }
  }
}

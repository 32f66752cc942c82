package org.libsql4j.remote;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import okhttp3.Call;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;
import org.libsql4j.spi.RemoteStatement.Column;

/** A cursor over HTTP: one JSON value a line, the baton first. */
final class HttpCursor implements HranaCursor {
  private final HttpStream stream;
  private final Call call;
  private final Response response;
  private final JsonInput in;
  private final CursorEntry entry = new CursorEntry();
  private boolean ended;

  private HttpCursor(HttpStream stream, Call call, Response response, JsonInput in) {
    this.stream = stream;
    this.call = call;
    this.response = response;
    this.in = in;
  }

  /** Reads up to where the rows begin. */
  static HranaCursor open(HttpStream stream, Call call, Response response, InputStream body)
      throws IOException {
    boolean done = false;
    try {
      HttpCursor cursor = new HttpCursor(stream, call, response, JsonInput.of(body));
      cursor.begin();
      done = true;
      return cursor;
    } finally {
      if (!done) {
        call.cancel();
        response.close();
      }
    }
  }

  private void begin() throws IOException {
    if (!in.nextRoot()) {
      throw RemoteException.protocol("the answer of the server is empty");
    }
    in.enterRootObject();
    String baton = null;
    String base = null;
    String name = in.nextField();
    while (name != null) {
      switch (name) {
        case "baton" -> baton = in.textOrNull();
        case "base_url" -> base = in.textOrNull();
        default -> in.skip();
      }
      name = in.nextField();
    }
    stream.goOn(baton, base);
    CursorEntry.Kind kind = nextEntry();
    if (kind == CursorEntry.Kind.FAILURE) {
      throw entry.failure();
    }
    if (kind != CursorEntry.Kind.BEGIN) {
      throw JsonInput.unexpected(kind, "the start of the rows");
    }
  }

  /** Null at the end of the body. */
  private CursorEntry.@Nullable Kind nextEntry() throws IOException {
    CursorEntry.Kind kind = CursorEntry.Kind.OTHER;
    while (kind == CursorEntry.Kind.OTHER) {
      if (!in.nextRoot()) {
        return null;
      }
      in.enterRootObject();
      kind = entry.read(in);
    }
    return kind;
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
      if (kind == CursorEntry.Kind.ROW) {
        done = true;
        return entry.cells();
      }
      if (kind == null) {
        throw RemoteException.transport("the answer of the server ends within the rows", null);
      }
      if (kind == CursorEntry.Kind.FAILURE) {
        throw entry.failure();
      }
      finish();
      done = true;
      return null;
    } catch (IOException e) {
      throw stream.cursorFailure(e);
    } finally {
      if (!done) {
        close(true);
      }
    }
  }

  /** Reads to the end, so that the network connection can be used again. */
  private void finish() throws IOException {
    while (nextEntry() != null) {
      // Only what is about replication comes after the rows.
    }
    end();
  }

  private void end() {
    ended = true;
    stream.used();
    response.close();
  }

  /** The server notices that nobody listens any more; its stream stays. */
  @Override
  public void close(boolean keepStream) {
    if (!ended) {
      call.cancel(); // Otherwise what is left would be read for a while.
      end();
    }
  }
}

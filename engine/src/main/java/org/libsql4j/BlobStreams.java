package org.libsql4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.libsql4j.error.LibsqlException;

/** Streams over a value in a row. */
final class BlobStreams {
  private BlobStreams() {}

  /** Reads to the end of the value. */
  static final class Input extends InputStream {
    private final IncrementalBlob blob;
    private int position;

    Input(IncrementalBlob blob, int position) {
      this.blob = blob;
      this.position = position;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      try {
        int count = Math.min(length, available());
        if (count == 0) {
          return -1;
        }
        blob.read(position, target, offset, count);
        position += count;
        return count;
      } catch (LibsqlException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    @Override
    public int available() {
      return Math.max(0, blob.length() - position);
    }

    @Override
    public long skip(long count) {
      int skipped = (int) Math.max(0, Math.min(count, available()));
      position += skipped;
      return skipped;
    }
  }

  /** Writes over the value, at most to its end. */
  static final class Output extends OutputStream {
    private final IncrementalBlob blob;
    private int position;

    Output(IncrementalBlob blob, int position) {
      this.blob = blob;
      this.position = position;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      try {
        blob.write(position, source, offset, length);
        position += length;
      } catch (LibsqlException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }
}

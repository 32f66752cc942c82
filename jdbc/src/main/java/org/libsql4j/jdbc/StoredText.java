package org.libsql4j.jdbc;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A long text in the database, of which only what is asked for is read. Positions count UTF-16 code
 * units from 0.
 *
 * <p>How it works: the text is decoded piece by piece, and it is remembered with which byte and
 * which code unit each piece begins. So a position is found by a search, once the text was read up
 * to it; the piece decoded last is kept for the next question.
 */
final class StoredText {
  private static final int PIECE_BYTES = 1 << 16;

  private final StoredValue value;
  private final CharsetDecoder decoder;

  /** With what the pieces begin; one more than there are pieces known. */
  private int[] firstBytes = new int[16];

  private int[] firstUnits = new int[16];
  private int pieces;

  private char @Nullable [] piece;
  private int pieceNumber = -1;

  StoredText(StoredValue value, Charset charset) {
    this.value = value;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }

  /** How many code units it has; reads all of it the first time. */
  int length() throws SQLException {
    while (!isComplete()) {
      load(pieces);
    }
    return firstUnits[pieces];
  }

  private boolean isComplete() {
    return pieces > 0 && firstBytes[pieces] == value.length();
  }

  /** Whether there is a code unit at a position. */
  private boolean has(int position) throws SQLException {
    while (firstUnits[pieces] <= position && !isComplete()) {
      load(pieces);
    }
    return position < firstUnits[pieces];
  }

  /** Copies code units from a position on; less than asked for only at the end. */
  int read(int position, char[] target, int offset, int count) throws SQLException {
    int done = 0;
    while (done < count && has(position + done)) {
      int at = position + done;
      int number = Arrays.binarySearch(firstUnits, 0, pieces, at);
      number = number < 0 ? -number - 2 : number;
      char[] units = load(number);
      int from = at - firstUnits[number];
      int part = Math.min(count - done, units.length - from);
      System.arraycopy(units, from, target, offset + done, part);
      done += part;
    }
    return done;
  }

  /** A part of it, which ends earlier where the text does. */
  String substring(int position, int count) throws SQLException {
    int size = count > PIECE_BYTES ? Math.min(count, Math.max(0, length() - position)) : count;
    char[] units = new char[size];
    return new String(units, 0, read(position, units, 0, size));
  }

  /** Decodes a piece that is known or the next one. */
  private char[] load(int number) throws SQLException {
    char[] present = piece;
    if (number == pieceNumber && present != null) {
      return present;
    }
    int from = firstBytes[number];
    int count = Math.min(PIECE_BYTES, value.length() - from);
    boolean last = from + count == value.length();
    ByteBuffer bytes = ByteBuffer.wrap(value.read(from, count));
    CharBuffer units = CharBuffer.allocate(count + 2);
    decoder.reset();
    decoder.decode(bytes, units, last);
    if (last) {
      decoder.flush(units);
    }
    char[] decoded = Arrays.copyOf(units.array(), units.position());
    if (number == pieces) {
      if (pieces + 1 == firstBytes.length) {
        firstBytes = Arrays.copyOf(firstBytes, pieces * 2 + 2);
        firstUnits = Arrays.copyOf(firstUnits, pieces * 2 + 2);
      }
      pieces++;
      firstBytes[pieces] = from + bytes.position();
      firstUnits[pieces] = firstUnits[number] + decoded.length;
    }
    piece = decoded;
    pieceNumber = number;
    return decoded;
  }

  /** Reads a part of it; closing the reader does not close the value. */
  Reader reader(int start, int count) {
    return new Part(start, start + count);
  }

  /** Ends it; harmless if it has ended. */
  void close() {
    piece = null;
    value.close();
  }

  private final class Part extends Reader {
    private final int end;
    private int position;

    Part(int start, int end) {
      this.position = start;
      this.end = end;
    }

    @Override
    public int read(char[] target, int offset, int count) throws IOException {
      int wanted = Math.min(count, end - position);
      if (wanted <= 0) {
        return count == 0 ? 0 : -1;
      }
      try {
        int found = StoredText.this.read(position, target, offset, wanted);
        position += found;
        return found == 0 ? -1 : found;
      } catch (SQLException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    @Override
    public void close() {
      position = end;
    }
  }
}

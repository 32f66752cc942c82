package org.libsql4j.vdbe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.libsql4j.btree.BtreeCursor;
import org.libsql4j.btree.PositionListener;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;
import org.libsql4j.record.Bytes;
import org.libsql4j.record.Mem;

/**
 * The long values of the current row of a result that nobody has asked for yet: type and length are
 * in their registers, the bytes still in the file.
 *
 * <p>They can be read while their cursor stands at the row, which is until the next step. If the
 * tree is about to change before that, they are read then: a row of a result is what it was when it
 * was reached. Should that fail, whoever asks for the value is told; the one who changes the tree
 * is not disturbed.
 */
final class DeferredValues implements PositionListener {
  /** Shorter values are read at once. */
  static final int MIN_BYTES = 1 << 16;

  private int count;
  private Mem[] targets = new Mem[1];
  private VdbeCursor[] cursors = new VdbeCursor[1];

  /** Where in the payload each value begins. */
  private int[] starts = new int[1];

  /** Whether the bytes are in the register. */
  private boolean[] loaded = new boolean[1];

  private @Nullable LibsqlException failure;

  /** Takes down the value of a field of a cursor's current record. */
  void add(VdbeCursor cursor, int field, Mem target) {
    RecordView record = cursor.record;
    int slot = indexOf(target);
    if (slot < 0) {
      slot = count++;
      if (slot == targets.length) {
        targets = Arrays.copyOf(targets, slot * 2);
        cursors = Arrays.copyOf(cursors, slot * 2);
        starts = Arrays.copyOf(starts, slot * 2);
        loaded = Arrays.copyOf(loaded, slot * 2);
      }
    }
    targets[slot] = target;
    cursors[slot] = cursor;
    starts[slot] = record.offset(field);
    loaded[slot] = false;
    target.setBlobShared(Bytes.EMPTY);
    record.setTypeAndLength(field, target);
    cursor.tree().setListener(this);
  }

  /** The row is left: what was not asked for is never read. */
  void clear() {
    for (int i = 0; i < count; i++) {
      cursors[i].tree().setListener(null);
      targets[i].setBlobShared(Bytes.EMPTY); // A value read in the meantime may be large.
      targets[i].setNull();
    }
    count = 0;
    failure = null;
  }

  /** Whether the bytes of a register are not to be looked at before {@link #load}. */
  boolean contains(Mem target) {
    return indexOf(target) >= 0;
  }

  private int indexOf(Mem target) {
    for (int i = 0; i < count; i++) {
      if (targets[i] == target) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Reads the value of a register that {@link #contains} knows, if it was not read before.
   *
   * @throws LibsqlException what went wrong
   */
  void load(Mem target) {
    int slot = indexOf(target);
    if (!loaded[slot]) {
      LibsqlException earlier = failure;
      if (earlier != null) {
        throw earlier;
      }
      target.bytes = read(slot);
      loaded[slot] = true;
    }
  }

  /** Reads the value of a register into an array of its own; null if the register has it. */
  byte @Nullable [] bytes(Mem target) {
    int slot = indexOf(target);
    if (loaded[slot] || failure != null) {
      return null;
    }
    return read(slot);
  }

  private byte[] read(int slot) {
    try {
      byte[] room = new byte[targets[slot].length];
      cursors[slot].tree().payload(starts[slot], room.length, room, 0);
      return room;
    } catch (IndexOutOfBoundsException e) {
      throw RecordView.corrupt();
    } catch (OutOfMemoryError e) {
      throw new LibsqlException(ResultCode.NOMEM, ResultCode.NOMEM.defaultMessage(), e);
    }
  }

  @Override
  public void positionWillBeLost(BtreeCursor cursor) {
    cursor.setListener(null);
    try {
      for (int i = 0; i < count; i++) {
        if (cursors[i].tree() == cursor) {
          load(targets[i]);
        }
      }
    } catch (LibsqlException e) {
      failure = e;
    }
  }
}

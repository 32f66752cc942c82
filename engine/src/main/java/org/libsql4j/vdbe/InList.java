package org.libsql4j.vdbe;

import org.libsql4j.record.Mem;
import org.libsql4j.record.Record;
import org.libsql4j.record.TextEncoding;
import org.libsql4j.vtab.InValues;

/** The values of an IN as a virtual table sees them: the entries of an ephemeral index. */
final class InList implements InValues {
  private final VdbeCursor set;
  private final TextEncoding encoding;
  private final Mem[] fields = {new Mem()};

  InList(VdbeCursor set, TextEncoding encoding) {
    this.set = set;
    this.encoding = encoding;
  }

  @Override
  public boolean first(Mem value) {
    boolean found = !set.tree().moveToFirst();
    set.moved(found);
    return found && take(value);
  }

  @Override
  public boolean next(Mem value) {
    return set.next() && take(value);
  }

  private boolean take(Mem value) {
    int size = set.tree().payloadSize();
    byte[] record = new byte[size];
    set.tree().payload(0, size, record, 0);
    Record.unpack(record, 0, size, fields, encoding);
    value.copyFrom(fields[0]);
    return true;
  }
}

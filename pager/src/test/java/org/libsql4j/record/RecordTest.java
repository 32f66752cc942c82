package org.libsql4j.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** Encoding, decoding and comparing records. */
class RecordTest {
  private static final long[] INTEGERS = {
    0,
    1,
    -1,
    2,
    127,
    128,
    -128,
    -129,
    32767,
    32768,
    -32769,
    8388607,
    8388608,
    -8388609,
    Integer.MAX_VALUE,
    1L << 31,
    -(1L << 31) - 1,
    (1L << 47) - 1,
    1L << 47,
    -(1L << 47) - 1,
    1L << 53,
    (1L << 53) + 1,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final Random random = new Random(42);

  private Mem value(TextEncoding encoding) {
    Mem mem = new Mem();
    switch (random.nextInt(7)) {
      case 0 -> mem.setNull();
      case 1 -> mem.setInteger(INTEGERS[random.nextInt(INTEGERS.length)]);
      case 2 -> mem.setInteger(random.nextInt(5));
      case 3 -> mem.setReal(random.nextInt(3) == 0 ? random.nextInt(4) + 0.5 : random.nextInt(4));
      case 4, 5 -> {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5) == 0 ? 90 : random.nextInt(4); i > 0; i--) {
          text.append("abAB \u00e4".charAt(random.nextInt(6)));
        }
        mem.setText(text.toString());
        mem.changeEncoding(encoding);
      }
      default -> {
        byte[] blob = new byte[random.nextInt(4)];
        random.nextBytes(blob);
        mem.setBlobShared(blob);
      }
    }
    return mem;
  }

  private Mem[] values(int count, TextEncoding encoding) {
    Mem[] values = new Mem[count];
    for (int i = 0; i < count; i++) {
      values[i] = value(encoding);
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource(TextEncoding.class)
  void decodesWhatItEncodes(TextEncoding encoding) {
    for (int round = 0; round < 2000; round++) {
      Mem[] fields = values(random.nextInt(200) == 0 ? 150 : random.nextInt(6), encoding);
      int format = random.nextBoolean() ? 4 : 1;
      byte[] record = Record.encode(fields, 0, fields.length, format);
      Mem[] decoded = new Mem[fields.length + 1];
      Arrays.setAll(decoded, i -> new Mem());
      byte[] shifted = new byte[record.length + 7];
      System.arraycopy(record, 0, shifted, 5, record.length);
      int count = Record.unpack(shifted, 5, record.length, decoded, encoding);
      assertThat(count).isEqualTo(fields.length);
      for (int i = 0; i < count; i++) {
        assertThat(decoded[i].type).isEqualTo(fields[i].type);
        assertThat(MemComparator.compare(decoded[i], fields[i], null)).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TextEncoding.class)
  void comparesAsDecodedValuesDo(TextEncoding encoding) {
    for (int round = 0; round < 20000; round++) {
      int fields = 1 + random.nextInt(3);
      Collation[] collations = new Collation[fields];
      byte[] flags = random.nextBoolean() ? null : new byte[fields];
      for (int i = 0; i < fields; i++) {
        collations[i] =
            switch (random.nextInt(4)) {
              case 0 -> Collations.NOCASE;
              case 1 -> Collations.RTRIM;
              case 2 -> Collations.BINARY;
              default -> null;
            };
        if (flags != null) {
          flags[i] = (byte) random.nextInt(4);
        }
      }
      KeyInfo keyInfo = new KeyInfo(encoding, fields, collations, flags);
      Mem[] stored = values(fields + random.nextInt(2), encoding);
      Mem[] wanted = values(fields, encoding);
      if (random.nextBoolean()) {
        wanted[0].copyFrom(stored[0]);
      }
      UnpackedRecord key = new UnpackedRecord(keyInfo, wanted, fields);
      key.defaultResult = random.nextInt(3) - 1;
      byte[] record = Record.encode(stored, 0, stored.length, 4);
      int result =
          RecordComparator.compare(record, 0, record.length, key, RecordComparator.strategy(key));
      assertThat(Integer.signum(result)).isEqualTo(expected(keyInfo, stored, key));
      assertThat(Integer.signum(RecordComparator.compare(record, 0, record.length, key)))
          .isEqualTo(Integer.signum(result));
    }
  }

  private static int expected(KeyInfo keyInfo, Mem[] stored, UnpackedRecord key) {
    for (int i = 0; i < key.fieldCount; i++) {
      int result =
          Integer.signum(MemComparator.compare(stored[i], key.fields[i], keyInfo.collation(i)));
      if (result != 0) {
        int flags = keyInfo.sortFlags(i);
        boolean nulls = stored[i].isNull() || key.fields[i].isNull();
        boolean negate = (flags & KeyInfo.DESC) != 0;
        negate ^= nulls && (flags & KeyInfo.NULLS_BIG) != 0;
        return negate ? -result : result;
      }
    }
    return key.defaultResult;
  }

  @Test
  void damagedRecordsAreCorrupt() {
    KeyInfo keyInfo = new KeyInfo(TextEncoding.UTF8, 3, new Collation[3], null);
    for (int round = 0; round < 20000; round++) {
      Mem[] fields = values(3, TextEncoding.UTF8);
      byte[] record = Record.encode(fields, 0, 3, 4);
      for (int i = random.nextInt(3); i >= 0; i--) {
        record[random.nextInt(Math.min(6, record.length))] = (byte) random.nextInt();
      }
      int length = random.nextInt(3) == 0 ? random.nextInt(record.length + 1) : record.length;
      byte[] exact = Arrays.copyOf(record, length);
      UnpackedRecord key = new UnpackedRecord(keyInfo, values(3, TextEncoding.UTF8), 3);
      Mem[] decoded = {new Mem(), new Mem(), new Mem(), new Mem()};
      corruptAtWorst(() -> Record.unpack(exact, 0, length, decoded, TextEncoding.UTF8));
      corruptAtWorst(
          () -> RecordComparator.compare(exact, 0, length, key, RecordComparator.strategy(key)));
    }
  }

  private static void corruptAtWorst(Runnable action) {
    try {
      action.run();
    } catch (LibsqlException e) {
      assertThat(e.resultCode()).isEqualTo(ResultCode.CORRUPT);
    }
  }

  @Test
  void smallIntegersTakeNoBytesInFormatFour() {
    assertThat(SerialType.ofInteger(0, 4)).isEqualTo(SerialType.ZERO);
    assertThat(SerialType.ofInteger(1, 4)).isEqualTo(SerialType.ONE);
    assertThat(SerialType.ofInteger(1, 3)).isEqualTo(1);
    assertThat(SerialType.ofInteger(-1, 4)).isEqualTo(1);
    assertThat(SerialType.size(SerialType.ONE)).isZero();
    assertThat(SerialType.size(13 + 2 * 7)).isEqualTo(7);
  }
}

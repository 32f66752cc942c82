package org.libsql4j.record;

/** The three collations that every connection knows: BINARY, NOCASE and RTRIM. */
public final class Collations {
  private Collations() {}

  /** Compares bytes as unsigned numbers. */
  public static final Collation BINARY =
      new Collation() {
        @Override
        public String name() {
          return "BINARY";
        }

        @Override
        public int compare(byte[] l, int lo, int ll, byte[] r, int ro, int rl) {
          return Bytes.compare(l, lo, ll, r, ro, rl);
        }

        @Override
        public boolean isBinary() {
          return true;
        }
      };

  /** Folds the 26 upper case letters of ASCII before it compares. */
  public static final Collation NOCASE =
      new Collation() {
        @Override
        public String name() {
          return "NOCASE";
        }

        @Override
        public int compare(byte[] l, int lo, int ll, byte[] r, int ro, int rl) {
          int n = Math.min(ll, rl);
          for (int i = 0; i < n; i++) {
            int difference = Bytes.toLowerAscii(l[lo + i]) - Bytes.toLowerAscii(r[ro + i]);
            if (difference != 0) {
              return difference;
            }
          }
          return ll - rl;
        }
      };

  /** Like BINARY, but ignores trailing spaces. */
  public static final Collation RTRIM =
      new Collation() {
        @Override
        public String name() {
          return "RTRIM";
        }

        @Override
        public int compare(byte[] l, int lo, int ll, byte[] r, int ro, int rl) {
          return Bytes.compare(l, lo, trimmed(l, lo, ll), r, ro, trimmed(r, ro, rl));
        }

        private int trimmed(byte[] bytes, int offset, int length) {
          int n = length;
          while (n > 0 && bytes[offset + n - 1] == ' ') {
            n--;
          }
          return n;
        }
      };
}

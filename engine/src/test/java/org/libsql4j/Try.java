package org.libsql4j;

final class Try {
  private Try() {}

  public static void main(String[] args) {
    try (Connection connection = Database.openLocal(args[0]).connect()) {
      for (int i = 1; i < args.length; i++) {
        System.out.println("> " + args[i]);
        long best = Long.MAX_VALUE;
        int repeat = Integer.getInteger("repeat", 1);
        StringBuilder out = new StringBuilder();
        for (int r = 0; r < repeat; r++) {
          out.setLength(0);
          long start = System.nanoTime();
          try (Rows rows = connection.query(args[i])) {
            int n = 0;
            while (rows.next()) {
              if (n++ < 40) {
                for (int c = 0; c < rows.columnCount(); c++) {
                  out.append(c == 0 ? "" : "|").append(rows.getString(c));
                }
                out.append('\n');
              }
            }
          } catch (RuntimeException e) {
            out.append(e).append('\n');
            if (Boolean.getBoolean("trace")) {
              e.printStackTrace();
            }
          }
          best = Math.min(best, System.nanoTime() - start);
        }
        System.out.print(out);
        System.out.println("-- " + best / 1000 + " us");
      }
    }
  }
}

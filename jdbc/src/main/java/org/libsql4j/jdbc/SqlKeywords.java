package org.libsql4j.jdbc;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.libsql4j.sql.Keywords;

/** The keywords of the engine's SQL that are not those of the standard. */
final class SqlKeywords {
  /** Words of the engine that SQL:2003 reserves. */
  private static final Set<String> STANDARD =
      new HashSet<>(
          Arrays.asList(
              ("ALL ALTER AND AS BEGIN BETWEEN BY CASE CAST CHECK COLLATE COLUMN COMMIT CONSTRAINT"
                      + " CREATE CROSS CURRENT CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP DEFAULT"
                      + " DELETE DISTINCT DROP EACH ELSE END ESCAPE EXCEPT EXISTS FILTER FOR"
                      + " FOREIGN FROM FULL FUNCTION GROUP HAVING IN INNER INSERT INTERSECT INTO"
                      + " IS JOIN LANGUAGE LEFT LIKE MATCH NATURAL NO NOT NULL OF ON OR ORDER"
                      + " OUTER OVER PARTITION PRIMARY RANGE RECURSIVE REFERENCES RELEASE RIGHT"
                      + " ROLLBACK ROW ROWS SAVEPOINT SELECT SET TABLE THEN TO TRIGGER UNION"
                      + " UNIQUE UPDATE USING VALUES WHEN WHERE WINDOW WITH WITHOUT")
                  .split(" ")));

  private SqlKeywords() {}

  /** The engine's keywords that SQL:2003 does not reserve, sorted, with commas between. */
  static String ownList() {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < Keywords.count(); i++) {
      String word = Keywords.name(i);
      if (!STANDARD.contains(word)) {
        list.append(list.length() == 0 ? "" : ",").append(word);
      }
    }
    return list.toString();
  }
}

package org.libsql4j.sql;

/** Kinds of tokens: SQLite's, with its names. Spaces and comments are no tokens. */
enum TokenType {
  /** End of the text. */
  EOF(Use.OTHER),
  /** Something that is no token. */
  ILLEGAL(Use.BY_CONTEXT),
  SEMI(Use.OTHER),
  LP(Use.OTHER),
  RP(Use.OTHER),
  COMMA(Use.OTHER),
  DOT(Use.OTHER),
  STAR(Use.OTHER),
  PLUS(Use.OTHER),
  MINUS(Use.OTHER),
  SLASH(Use.OTHER),
  REM(Use.OTHER),
  /** {@code =} or {@code ==}. */
  EQ(Use.OTHER),
  /** {@code <>} or {@code !=}. */
  NE(Use.OTHER),
  LT(Use.OTHER),
  LE(Use.OTHER),
  GT(Use.OTHER),
  GE(Use.OTHER),
  LSHIFT(Use.OTHER),
  RSHIFT(Use.OTHER),
  BITAND(Use.OTHER),
  BITOR(Use.OTHER),
  BITNOT(Use.OTHER),
  CONCAT(Use.OTHER),
  /** {@code ->} or {@code ->>}. */
  PTR(Use.OTHER),
  /** In single quotes. */
  STRING(Use.STRING),
  /** A name, bare or in double quotes, brackets or backticks. */
  ID(Use.NAME),
  INTEGER(Use.OTHER),
  FLOAT(Use.OTHER),
  /** A number with digit separators. */
  QNUMBER(Use.OTHER),
  BLOB(Use.OTHER),
  /** A parameter. */
  VARIABLE(Use.OTHER),

  ABORT(Use.KEYWORD_OR_NAME),
  ACTION(Use.KEYWORD_OR_NAME),
  ADD(Use.KEYWORD),
  AFTER(Use.KEYWORD_OR_NAME),
  ALL(Use.KEYWORD),
  ALTER(Use.KEYWORD),
  ALWAYS(Use.KEYWORD_OR_NAME),
  ANALYZE(Use.KEYWORD_OR_NAME),
  AND(Use.KEYWORD),
  AS(Use.KEYWORD),
  ASC(Use.KEYWORD_OR_NAME),
  ATTACH(Use.KEYWORD_OR_NAME),
  AUTOINCR(Use.KEYWORD),
  BEFORE(Use.KEYWORD_OR_NAME),
  BEGIN(Use.KEYWORD_OR_NAME),
  BETWEEN(Use.KEYWORD),
  BY(Use.KEYWORD_OR_NAME),
  CASCADE(Use.KEYWORD_OR_NAME),
  CASE(Use.KEYWORD),
  CAST(Use.KEYWORD_OR_NAME),
  CHECK(Use.KEYWORD),
  COLLATE(Use.KEYWORD),
  COLUMN(Use.KEYWORD_OR_NAME),
  COMMIT(Use.KEYWORD),
  CONFLICT(Use.KEYWORD_OR_NAME),
  CONSTRAINT(Use.KEYWORD),
  CREATE(Use.KEYWORD),
  /** CURRENT_DATE, CURRENT_TIME, CURRENT_TIMESTAMP. */
  CTIME_KW(Use.KEYWORD_OR_NAME),
  CURRENT(Use.KEYWORD_OR_NAME),
  DATABASE(Use.KEYWORD_OR_NAME),
  DEFAULT(Use.KEYWORD),
  DEFERRABLE(Use.KEYWORD),
  DEFERRED(Use.KEYWORD_OR_NAME),
  DELETE(Use.KEYWORD),
  DESC(Use.KEYWORD_OR_NAME),
  DETACH(Use.KEYWORD_OR_NAME),
  DISTINCT(Use.KEYWORD),
  DO(Use.KEYWORD_OR_NAME),
  DROP(Use.KEYWORD),
  EACH(Use.KEYWORD_OR_NAME),
  ELSE(Use.KEYWORD),
  END(Use.KEYWORD_OR_NAME),
  ESCAPE(Use.KEYWORD),
  EXCEPT(Use.KEYWORD),
  EXCLUDE(Use.KEYWORD_OR_NAME),
  EXCLUSIVE(Use.KEYWORD_OR_NAME),
  EXISTS(Use.KEYWORD),
  EXPLAIN(Use.KEYWORD_OR_NAME),
  FAIL(Use.KEYWORD_OR_NAME),
  FILTER(Use.BY_CONTEXT),
  FIRST(Use.KEYWORD_OR_NAME),
  FOLLOWING(Use.KEYWORD_OR_NAME),
  FOR(Use.KEYWORD_OR_NAME),
  FOREIGN(Use.KEYWORD),
  FROM(Use.KEYWORD),
  FUNCTION(Use.KEYWORD_OR_NAME),
  GENERATED(Use.KEYWORD_OR_NAME),
  GROUP(Use.KEYWORD),
  GROUPS(Use.KEYWORD_OR_NAME),
  HAVING(Use.KEYWORD),
  IF(Use.KEYWORD_OR_NAME),
  IGNORE(Use.KEYWORD_OR_NAME),
  IMMEDIATE(Use.KEYWORD_OR_NAME),
  IN(Use.KEYWORD),
  INDEX(Use.KEYWORD),
  INDEXED(Use.KEYWORD_OR_COLUMN),
  INITIALLY(Use.KEYWORD_OR_NAME),
  INSERT(Use.KEYWORD),
  INSTEAD(Use.KEYWORD_OR_NAME),
  INTERSECT(Use.KEYWORD),
  INTO(Use.KEYWORD),
  IS(Use.KEYWORD),
  ISNULL(Use.KEYWORD),
  JOIN(Use.KEYWORD),
  /** CROSS, FULL, INNER, LEFT, NATURAL, OUTER, RIGHT. */
  JOIN_KW(Use.KEYWORD_OR_COLUMN),
  KEY(Use.KEYWORD_OR_NAME),
  LANGUAGE(Use.KEYWORD_OR_NAME),
  LAST(Use.KEYWORD_OR_NAME),
  /** GLOB, LIKE, REGEXP. */
  LIKE_KW(Use.KEYWORD_OR_NAME),
  LIMIT(Use.KEYWORD),
  MATCH(Use.KEYWORD_OR_NAME),
  MATERIALIZED(Use.KEYWORD_OR_NAME),
  NO(Use.KEYWORD_OR_NAME),
  NOT(Use.KEYWORD),
  NOTHING(Use.KEYWORD),
  NOTNULL(Use.KEYWORD),
  NULL(Use.KEYWORD),
  NULLS(Use.KEYWORD_OR_NAME),
  OF(Use.KEYWORD_OR_NAME),
  OFFSET(Use.KEYWORD_OR_NAME),
  ON(Use.KEYWORD),
  OR(Use.KEYWORD),
  ORDER(Use.KEYWORD),
  OTHERS(Use.KEYWORD_OR_NAME),
  OVER(Use.BY_CONTEXT),
  PARTITION(Use.KEYWORD_OR_NAME),
  PLAN(Use.KEYWORD_OR_NAME),
  PRAGMA(Use.KEYWORD_OR_NAME),
  PRECEDING(Use.KEYWORD_OR_NAME),
  PRIMARY(Use.KEYWORD),
  QUERY(Use.KEYWORD_OR_NAME),
  RAISE(Use.KEYWORD_OR_NAME),
  RANDOM(Use.KEYWORD_OR_NAME),
  RANGE(Use.KEYWORD_OR_NAME),
  READONLY(Use.KEYWORD_OR_NAME),
  RECURSIVE(Use.KEYWORD_OR_NAME),
  REFERENCES(Use.KEYWORD),
  REINDEX(Use.KEYWORD_OR_NAME),
  RELEASE(Use.KEYWORD_OR_NAME),
  RENAME(Use.KEYWORD_OR_NAME),
  REPLACE(Use.KEYWORD_OR_NAME),
  RESTRICT(Use.KEYWORD_OR_NAME),
  RETURNING(Use.KEYWORD),
  ROLLBACK(Use.KEYWORD_OR_NAME),
  ROW(Use.KEYWORD_OR_NAME),
  ROWS(Use.KEYWORD_OR_NAME),
  SAVEPOINT(Use.KEYWORD_OR_NAME),
  SELECT(Use.KEYWORD),
  SET(Use.KEYWORD),
  TABLE(Use.KEYWORD),
  /** TEMP, TEMPORARY. */
  TEMP(Use.KEYWORD_OR_NAME),
  THEN(Use.KEYWORD),
  TIES(Use.KEYWORD_OR_NAME),
  TO(Use.KEYWORD),
  TRANSACTION(Use.KEYWORD),
  TRIGGER(Use.KEYWORD_OR_NAME),
  UNBOUNDED(Use.KEYWORD_OR_NAME),
  UNION(Use.KEYWORD),
  UNIQUE(Use.KEYWORD),
  UPDATE(Use.KEYWORD),
  USING(Use.KEYWORD),
  VACUUM(Use.KEYWORD_OR_NAME),
  VALUES(Use.KEYWORD),
  VIEW(Use.KEYWORD_OR_NAME),
  VIRTUAL(Use.KEYWORD_OR_NAME),
  WHEN(Use.KEYWORD),
  WHERE(Use.KEYWORD),
  WINDOW(Use.BY_CONTEXT),
  WITH(Use.KEYWORD_OR_NAME),
  WITHOUT(Use.KEYWORD_OR_NAME);

  private enum Use {
    OTHER,
    NAME,
    KEYWORD,
    KEYWORD_OR_NAME,
    KEYWORD_OR_COLUMN,
    STRING,
    BY_CONTEXT
  }

  private final boolean identifier;
  private final boolean columnName;
  private final boolean name;
  private final boolean needsContext;

  TokenType(Use use) {
    identifier = use == Use.NAME || use == Use.KEYWORD_OR_NAME;
    columnName = identifier || use == Use.KEYWORD_OR_COLUMN;
    name = columnName || use == Use.STRING;
    needsContext = use == Use.BY_CONTEXT;
  }

  /** Whether it is a name or a keyword that may serve as one where it has no other use. */
  boolean isIdentifier() {
    return identifier;
  }

  /**
   * An identifier, {@code INDEXED} or a join keyword: what may name a function or a lone column.
   */
  boolean isColumnName() {
    return columnName;
  }

  /** What may name a table, column, schema and so on: a column name or a string. */
  boolean isName() {
    return name;
  }

  /** Whether what comes before or after decides what it is, or that it is an error. */
  boolean needsContext() {
    return needsContext;
  }
}

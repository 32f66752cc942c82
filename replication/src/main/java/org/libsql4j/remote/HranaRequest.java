package org.libsql4j.remote;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libsql4j.record.Mem;

/** What can be asked of a stream. */
sealed interface HranaRequest {
  /** The name in the protocol, of the request and of its response. */
  String type();

  /**
   * A statement with values for its parameters.
   *
   * @param sqlId of a text that the stream knows; negative to send the text
   * @param names of the parameters, or null to give them by place
   */
  record Stmt(String sql, int sqlId, @Nullable List<@Nullable String> names, Mem[] parameters) {
    private static final Mem[] NONE = {};

    static Stmt of(String sql) {
      return new Stmt(sql, -1, null, NONE);
    }
  }

  /** When a step of a batch is executed. */
  sealed interface Condition {
    /** An earlier step was executed well. */
    record Ok(int step) implements Condition {}
  }

  /**
   * @param condition null for always
   */
  record Step(@Nullable Condition condition, Stmt stmt) {}

  record Execute(Stmt stmt) implements HranaRequest {
    @Override
    public String type() {
      return "execute";
    }
  }

  record Batch(List<Step> steps) implements HranaRequest {
    @Override
    public String type() {
      return "batch";
    }
  }

  /** Executes all statements of a text. */
  record Sequence(String sql) implements HranaRequest {
    @Override
    public String type() {
      return "sequence";
    }
  }

  record Describe(String sql) implements HranaRequest {
    @Override
    public String type() {
      return "describe";
    }
  }

  record StoreSql(int id, String sql) implements HranaRequest {
    @Override
    public String type() {
      return "store_sql";
    }
  }

  record CloseSql(int id) implements HranaRequest {
    @Override
    public String type() {
      return "close_sql";
    }
  }

  /** Since version 3. */
  record GetAutoCommit() implements HranaRequest {
    @Override
    public String type() {
      return "get_autocommit";
    }
  }
}

package org.libsql4j.pager;

/** Told when the content of a page that somebody holds was replaced. */
@FunctionalInterface
public interface PageReinitializer {

  /**
   * The bytes of a pinned page are not what they were: a rollback put the old ones back.
   *
   * <p>Called instead of clearing {@link Page#extra}. Must not fail and must not call the pager.
   */
  void contentReplaced(Page page);
}

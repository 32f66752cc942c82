package org.libsql4j.vdbe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges sorted runs: a tournament tree whose root is the run with the smallest record. Of equal
 * records that of the older run comes first.
 */
final class RunMerger {
  private final RecordOrder order;
  private final @Nullable SortedRun[] runs;

  /** Number of the winning run of each pair; the winner of all is at 1. */
  private final int[] tree;

  private final int leaves;

  RunMerger(RecordOrder order, List<SortedRun> sortedRuns) {
    this.order = order;
    int size = 1;
    while (size < sortedRuns.size()) {
      size *= 2;
    }
    leaves = size;
    runs = new SortedRun[size];
    tree = new int[2 * size];
    for (int i = 0; i < sortedRuns.size(); i++) {
      SortedRun run = sortedRuns.get(i);
      runs[i] = run.next() ? run : null;
    }
    for (int i = 0; i < size; i++) {
      tree[size + i] = i;
    }
    for (int node = size - 1; node >= 1; node--) {
      tree[node] = winner(tree[2 * node], tree[2 * node + 1]);
    }
  }

  private int winner(int older, int younger) {
    SortedRun left = runs[older];
    SortedRun right = runs[younger];
    if (left == null) {
      return younger;
    }
    if (right == null) {
      return older;
    }
    return SortedRun.isBefore(order, left, right) ? older : younger;
  }

  /** The run with the smallest record, or null at the end. */
  @Nullable SortedRun current() {
    return runs[tree[1]];
  }

  /** Goes to the next record; false at the end. */
  boolean next() {
    int index = tree[1];
    SortedRun run = runs[index];
    if (run != null && !run.next()) {
      runs[index] = null;
    }
    for (int node = (leaves + index) / 2; node >= 1; node /= 2) {
      tree[node] = winner(tree[2 * node], tree[2 * node + 1]);
    }
    return current() != null;
  }
}

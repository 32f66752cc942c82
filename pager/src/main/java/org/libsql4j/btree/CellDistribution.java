package org.libsql4j.btree;

/**
 * Decides how the cells of siblings are spread over pages.
 *
 * <p>First pages are filled from the left, keeping close to what they hold already; then cells are
 * moved from each page to the one on its right until the two are about even. Between two pages one
 * cell goes up to the parent as divider; where tables have their rows only in leaves, the divider
 * is a copy of the key and no cell is lost to it.
 */
final class CellDistribution {
  /** Most pages before and after. */
  static final int MAX_OLD = 3;

  static final int MAX_NEW = MAX_OLD + 2;

  /** Number of pages that will be. */
  int pageCount;

  /** Index behind the last cell of each page. */
  final int[] end = new int[MAX_NEW + 1];

  /** Bytes of each page that are used by cells and their pointers. */
  final int[] used = new int[MAX_NEW + 1];

  /** Index of the first cell of a page. */
  int start(int page, boolean tableLeaf) {
    return page == 0 ? 0 : end[page - 1] + (tableLeaf ? 0 : 1);
  }

  /**
   * Spreads cells; {@link #end} and {@link #used} hold the present state of {@code oldCount} pages.
   *
   * @param space bytes of a page for cells and pointers
   * @param tableLeaf whether no cell goes up between pages
   * @param bulk whether pages on the left are to stay full
   */
  void spread(SiblingCells cells, int oldCount, int space, boolean tableLeaf, boolean bulk) {
    pageCount = oldCount;
    for (int i = 0; i < pageCount; i++) {
      shrinkToFit(cells, i, space, tableLeaf);
      growToFill(cells, i, space, tableLeaf);
      if (end[i] >= cells.count) {
        pageCount = i + 1;
      } else if (end[i] <= (i > 0 ? end[i - 1] : 0)) {
        throw Corruption.found();
      }
    }
    for (int i = pageCount - 1; i > 0; i--) {
      evenOut(cells, i, tableLeaf, bulk);
    }
  }

  /** What page {@code i + 1} gains or loses when the border before it moves over a cell. */
  private static int neighbourShare(SiblingCells cells, int border, boolean tableLeaf, int moved) {
    if (tableLeaf) {
      return moved;
    }
    return border < cells.count ? 2 + cells.sizes[border] : 0;
  }

  private void shrinkToFit(SiblingCells cells, int i, int space, boolean tableLeaf) {
    while (used[i] > space) {
      if (i + 1 >= pageCount) {
        pageCount = i + 2;
        if (pageCount > MAX_NEW) {
          throw Corruption.found();
        }
        used[i + 1] = 0;
        end[i + 1] = cells.count;
      }
      if (end[i] < 1) {
        throw Corruption.found();
      }
      int moved = 2 + cells.sizes[end[i] - 1];
      used[i] -= moved;
      used[i + 1] += neighbourShare(cells, end[i], tableLeaf, moved);
      end[i]--;
    }
  }

  private void growToFill(SiblingCells cells, int i, int space, boolean tableLeaf) {
    while (end[i] < cells.count) {
      int moved = 2 + cells.sizes[end[i]];
      if (used[i] + moved > space) {
        return;
      }
      used[i] += moved;
      end[i]++;
      used[i + 1] -= neighbourShare(cells, end[i], tableLeaf, moved);
    }
  }

  private void evenOut(SiblingCells cells, int i, boolean tableLeaf, boolean bulk) {
    int right = used[i];
    int left = used[i - 1];
    int last = end[i - 1] - 1;
    while (last >= 0) {
      int leaves = cells.sizes[last];
      int enters = cells.sizes[tableLeaf ? last : last + 1];
      int pointer = i == pageCount - 1 ? 0 : 2;
      if (right != 0 && (bulk || right + enters + 2 > left - (leaves + pointer))) {
        break;
      }
      right += enters + 2;
      left -= leaves + 2;
      end[i - 1] = last;
      last--;
    }
    used[i] = right;
    used[i - 1] = left;
    if (end[i - 1] <= (i > 1 ? end[i - 2] : 0)) {
      throw Corruption.found();
    }
  }
}

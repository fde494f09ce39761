package io.saltus.persistence.series;

import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.persistence.runs.StepRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Steps of a metric whose values are read from the journal. */
final class Gap implements Piece {

  /** So many values are held at once, before they become blocks. */
  private static final int MOST_HELD = 1 << 14;

  private final long from;
  private long until;
  private final int size;
  private final List<Block> blocks = new ArrayList<>();
  private @Nullable Values held;

  /**
   * @param size how many values a block has at most
   */
  Gap(StepRange range, int size) {
    from = range.from();
    until = range.until();
    this.size = size;
  }

  StepRange range() {
    return new StepRange(from, until);
  }

  /** Takes what follows in, with which there is nothing between. */
  void extend(long further) {
    until = further;
  }

  /** Takes those values of a column that lie here; columns come in the order of their steps. */
  void add(ScalarColumn column) {
    int begin = column.steps().firstAtLeast(from);
    int end = column.steps().firstAfter(until);
    if (begin >= end) {
      return;
    }
    Values open = held;
    if (open == null || open.kind() != column.kind() || open.size() >= MOST_HELD) {
      settle();
      open = new Values(column.kind());
      held = open;
    }
    open.add(column, begin, end);
  }

  private void settle() {
    Values open = held;
    if (open != null) {
      blocks.addAll(open.blocks(size));
      held = null;
    }
  }

  /** What was read. */
  List<Block> blocks() {
    settle();
    return blocks;
  }
}

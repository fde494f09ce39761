package io.saltus.persistence.series;

import io.saltus.experiment.metric.MetricName;
import io.saltus.persistence.runs.StepRange;
import io.saltus.persistence.series.Segment.Blocks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What makes up one metric over a range of steps: blocks of the index, and gaps between them. */
final class Pieces {

  private final OpenSeries index;
  private final StepRange range;
  private final long stretch;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();

  /**
   * @param stretch how many values a block may have
   */
  Pieces(OpenSeries index, StepRange range, long stretch) {
    this.index = index;
    this.range = range;
    this.stretch = stretch;
  }

  List<Gap> gaps() {
    return gaps;
  }

  /** In the order of steps; gaps as far as they have been read. */
  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece instanceof Block block) {
        blocks.add(block);
      } else if (piece instanceof Gap gap) {
        blocks.addAll(gap.blocks());
      }
    }
    return blocks;
  }

  /** Adds what the index does not hold. */
  void missing(StepRange steps) {
    if (!pieces.isEmpty() && pieces.get(pieces.size() - 1) instanceof Gap before) {
      before.extend(steps.until());
      return;
    }
    Gap gap = new Gap(steps, (int) Math.min(stretch, Levels.DENSE));
    pieces.add(gap);
    gaps.add(gap);
  }

  /** Adds what a segment has of a metric in the range. */
  void of(Segment segment, MetricName metric) throws IOException {
    Blocks blocks = segment.metrics().get(metric);
    if (blocks == null
        || segment.steps().from() > range.until()
        || segment.steps().until() < range.from()) {
      return;
    }
    int level = -1;
    while (level + 1 < blocks.levels().size() && Levels.size(blocks.base(), level + 1) <= stretch) {
      level++;
    }
    if (level < 0) {
      missing(
          new StepRange(
              Math.max(range.from(), segment.steps().from()),
              Math.min(range.until(), segment.steps().until())));
    } else {
      new Descent(segment, blocks).take(level, 0, blocks.levels().get(level).blocks());
    }
  }

  /** From coarse blocks to the finer ones of those that the range cuts. */
  private final class Descent {

    private final Segment segment;
    private final Blocks metric;

    Descent(Segment segment, Blocks metric) {
      this.segment = segment;
      this.metric = metric;
    }

    void take(int level, int from, int until) throws IOException {
      List<Block> all = index.blocks(segment, metric, level);
      for (int place = from; place < Math.min(all.size(), until); place++) {
        Block block = all.get(place);
        long first = block.first().step();
        long last = block.last().step();
        if (first > range.until()) {
          return;
        }
        if (first >= range.from() && last <= range.until()) {
          pieces.add(block);
        } else if (last >= range.from()) {
          cut(level, place, block);
        }
      }
    }

    private void cut(int level, int place, Block block) throws IOException {
      if (level > 0) {
        take(level - 1, place * Levels.FAN_OUT, (place + 1) * Levels.FAN_OUT);
      } else {
        missing(
            new StepRange(
                Math.max(range.from(), block.first().step()),
                Math.min(range.until(), block.last().step())));
      }
    }
  }
}

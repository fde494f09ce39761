package io.saltus.persistence.series;

import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Thins a metric while it is read, where there is no index: what is held does not grow with the
 * length of the series. Values become blocks, and whenever there are too many of these, each two
 * neighbours become one.
 */
public final class SeriesThinner {

  /** So many values are held at once, before they become blocks. */
  private static final int MOST_HELD = 1 << 12;

  private final MetricName metric;
  private final int points;
  private final int most;
  private List<Block> blocks = new ArrayList<>();
  private int size = 1;
  private @Nullable Values open;

  /**
   * @param points how many are kept at most, at least 1
   */
  public SeriesThinner(MetricName metric, int points) {
    this.metric = metric;
    this.points = points;
    // Twice as many as stretches at least, also after neighbours became one.
    this.most = Math.max(points, 16);
  }

  /** Adds a column of the metric; columns come in the order of their steps. */
  public void add(ScalarColumn column) {
    Values into = open;
    if (into == null || into.kind() != column.kind() || into.size() >= MOST_HELD) {
      settle();
      into = new Values(column.kind());
      open = into;
    }
    into.add(column, 0, column.size());
  }

  private void settle() {
    blocks.addAll(unsettled());
    open = null;
    while (blocks.size() > most) {
      List<Block> fewer = new ArrayList<>(blocks.size() / 2 + 1);
      for (int place = 0; place < blocks.size(); place += 2) {
        Block block = blocks.get(place);
        fewer.add(place + 1 < blocks.size() ? block.and(blocks.get(place + 1)) : block);
      }
      blocks = fewer;
      size = Math.min(MOST_HELD, 2 * size);
    }
  }

  private List<Block> unsettled() {
    Values values = open;
    return values == null ? List.of() : values.blocks(size);
  }

  /** How many blocks are held, about 200 bytes each, beside at most a few thousand values. */
  public int held() {
    return blocks.size();
  }

  /**
   * What was added, with at most so many points as were asked for. More can be added afterwards,
   * and makes what it would have made without this call.
   */
  public ThinnedSeries thinned() {
    List<Block> all = new ArrayList<>(blocks);
    all.addAll(unsettled());
    long total = all.stream().mapToLong(Block::count).sum();
    return new ThinnedSeries(metric, total, Thinning.of(all, points));
  }
}

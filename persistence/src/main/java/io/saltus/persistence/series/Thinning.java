package io.saltus.persistence.series;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fewer points of a series that is known by its blocks. They are put together to stretches of about
 * equal count, and of each the first, the last, the least and the greatest value are kept, and the
 * first NaN: what {@code analysis.Downsampling} keeps of single values.
 */
final class Thinning {

  private static final int PER_STRETCH = 4;

  private final int points;
  private final List<Point> kept = new ArrayList<>();

  private Thinning(int points) {
    this.points = points;
  }

  /** About how many values a stretch has. */
  static long stretch(long values, int points) {
    return values <= points ? 1 : Math.max(1, values / Math.max(1, points / PER_STRETCH));
  }

  /**
   * Points in ascending steps.
   *
   * @param blocks in order; of single values, where there are no more than {@code points}
   * @param points how many at most, at least 1
   */
  static List<Point> of(List<Block> blocks, int points) {
    long total = blocks.stream().mapToLong(Block::count).sum();
    if (total <= points) {
      return blocks.stream().map(Block::first).toList();
    }
    boolean notNumber = blocks.stream().anyMatch(block -> block.notNumber() != null);
    int room = notNumber ? PER_STRETCH + 1 : PER_STRETCH;
    long stretches = Math.max(1, points / room);
    Thinning thinning = new Thinning(points);
    @Nullable Block open = null;
    long stretch = -1;
    long before = 0;
    for (Block block : blocks) {
      long belongs = (before + (block.count() - 1) / 2) * stretches / total;
      if (open != null && belongs > stretch) {
        thinning.keep(open, room);
        open = null;
      }
      open = open == null ? block : open.and(block);
      stretch = belongs;
      before += block.count();
    }
    if (open != null) {
      thinning.keep(open, room);
    }
    return thinning.kept;
  }

  /** The distinct ones of a stretch; those that count most first, where there is little room. */
  private void keep(Block stretch, int room) {
    List<@Nullable Point> candidates = new ArrayList<>();
    candidates.add(stretch.greatest());
    candidates.add(stretch.least());
    candidates.add(stretch.last());
    candidates.add(stretch.first());
    candidates.add(stretch.notNumber());
    List<Point> chosen = new ArrayList<>();
    int most = Math.min(points - kept.size(), room);
    for (Point candidate : candidates) {
      if (candidate != null && chosen.size() < most && !chosen.contains(candidate)) {
        chosen.add(candidate);
      }
    }
    chosen.sort(Comparator.comparingLong(Point::step));
    kept.addAll(chosen);
  }
}

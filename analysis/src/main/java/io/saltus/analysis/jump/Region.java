package io.saltus.analysis.jump;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rises of a composition that are one change: of the same direction and overlapping, as the parts
 * of an asymmetric rise are, or a small one beside a large one, as at its shoulder.
 *
 * @param members which rises
 * @param from where it begins, to where it ends, roughly
 * @param size of all together
 */
record Region(List<Integer> members, double from, double to, double size, double width) {

  private static final double SHOULDER = 0.3;

  /** Decades of a plateau that parts two rises; a narrow ramp is fitted as several steps. */
  private static final double CLOSE = 0.05;

  static List<Region> of(Composition composition) {
    List<Integer> order =
        IntStream.range(0, composition.size())
            .boxed()
            .sorted(Comparator.comparingDouble(composition::place))
            .toList();
    List<Region> regions = new ArrayList<>();
    for (int k : order) {
      Region next = single(composition, k);
      Region last = regions.isEmpty() ? null : regions.get(regions.size() - 1);
      while (last != null && last.joins(next)) {
        next = last.with(next);
        regions.remove(regions.size() - 1);
        last = regions.isEmpty() ? null : regions.get(regions.size() - 1);
      }
      regions.add(next);
    }
    return regions;
  }

  double place() {
    return (from + to) / 2;
  }

  private static Region single(Composition composition, int k) {
    double half = composition.width(k) / 2;
    double place = composition.place(k);
    return new Region(
        List.of(k), place - half, place + half, composition.size(k), composition.width(k));
  }

  private boolean joins(Region next) {
    double gap = next.from - to;
    double wider = Math.max(width, next.width);
    double smaller = Math.min(Math.abs(size), Math.abs(next.size));
    boolean unequal = smaller < SHOULDER * Math.max(Math.abs(size), Math.abs(next.size));
    return size * next.size > 0
        ? gap < Math.max(CLOSE, (unequal ? 0.5 : 0.25) * wider)
        : unequal && gap < 0.5 * wider;
  }

  private Region with(Region next) {
    List<Integer> both = new ArrayList<>(members);
    both.addAll(next.members);
    boolean same = size * next.size > 0;
    Region larger = Math.abs(size) >= Math.abs(next.size) ? this : next;
    double begin = same ? Math.min(from, next.from) : larger.from;
    double end = same ? Math.max(to, next.to) : larger.to;
    return new Region(both, begin, end, size + next.size, end - begin);
  }
}

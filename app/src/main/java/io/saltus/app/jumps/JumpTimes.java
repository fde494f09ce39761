package io.saltus.app.jumps;

import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.JumpKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * When one kind of jump of one metric comes, over several runs: the first such jump of each run
 * that has one.
 *
 * @param runs how many runs have one
 * @param steps their midpoints, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // for tables and plots, compared by nobody
public record JumpTimes(String metric, JumpKind kind, int runs, double[] steps) {

  private record Key(String metric, JumpKind kind) {}

  /** One for each kind of jump of each metric, the most frequent first. */
  public static List<JumpTimes> of(List<RunAnalysis> analyses) {
    Map<Key, List<Double>> steps = new LinkedHashMap<>();
    for (RunAnalysis analysis : analyses) {
      Map<Key, Double> first = new LinkedHashMap<>();
      for (Jump jump : analysis.found().jumps()) {
        if (jump.midpoint() >= 1 && jump.midpoint() < Double.POSITIVE_INFINITY) {
          first.merge(new Key(jump.metric(), jump.kind()), jump.midpoint(), Math::min);
        }
      }
      first.forEach((key, step) -> steps.computeIfAbsent(key, k -> new ArrayList<>()).add(step));
    }
    List<JumpTimes> times = new ArrayList<>();
    steps.forEach(
        (key, all) -> {
          double[] sorted = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
          times.add(new JumpTimes(key.metric(), key.kind(), sorted.length, sorted));
        });
    times.sort(
        Comparator.comparing((JumpTimes each) -> -each.runs())
            .thenComparing(JumpTimes::metric)
            .thenComparing(JumpTimes::kind));
    return List.copyOf(times);
  }

  /**
   * The step by which a share of these jumps have come, linear between neighbours.
   *
   * @param share from 0 to 1
   */
  public double quantile(double share) {
    double place = share * (steps.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(steps.length - 1, below + 1);
    return steps[below] + (place - below) * (steps[above] - steps[below]);
  }

  @Override
  public String toString() {
    return kind.id() + " of " + metric + " at " + Arrays.toString(steps);
  }
}

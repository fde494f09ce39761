package io.saltus.bench.judge.curves;

import io.saltus.bench.judge.ground.Proportion;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.JumpKind;
import java.util.ArrayList;
import java.util.List;

/** What came out for several curves. */
final class Score {

  private final List<Double> dating = new ArrayList<>();
  private int curves;
  private int calm;
  private int truths;
  private int found;
  private int calls;
  private int descents;
  private Proportion onset = new Proportion(0, 0);
  private Proportion midpoint = new Proportion(0, 0);
  private Proportion end = new Proportion(0, 0);
  private Proportion delta = new Proportion(0, 0);

  static Score of(List<Outcome> outcomes) {
    Score score = new Score();
    outcomes.forEach(score::add);
    return score;
  }

  /** A curve and what was called on it. */
  record Outcome(Generator generator, LabelledCurve curve, List<Jump> calls) {}

  private void add(Outcome outcome) {
    Matching matching = Matching.of(outcome.curve(), outcome.calls());
    curves++;
    calm += matching.falseCalls().isEmpty() ? 1 : 0;
    truths += outcome.curve().truths().size();
    found += matching.pairs().size();
    calls += matching.pairs().size() + matching.falseCalls().size();
    for (Matching.Pair pair : matching.pairs()) {
      Jump call = pair.call();
      Truth truth = pair.truth();
      dating.add(Math.abs(call.midpoint() / Math.pow(10, truth.midpoint()) - 1));
      descents += call.kind() == JumpKind.DOUBLE_DESCENT ? 1 : 0;
      if (!truth.isSpike()) {
        onset = onset.and(covers(call.onsetInterval(), Math.pow(10, truth.onset())));
        midpoint = midpoint.and(covers(call.midpointInterval(), Math.pow(10, truth.midpoint())));
        end = end.and(covers(call.endInterval(), Math.pow(10, truth.end())));
        delta = delta.and(covers(call.deltaInterval(), truth.delta()));
      }
    }
  }

  /** Whether an interval holds a truth; none where either is not known. */
  private static Proportion covers(Interval interval, double truth) {
    if (Double.isNaN(truth) || Double.isNaN(interval.low()) || Double.isNaN(interval.high())) {
      return new Proportion(0, 0);
    }
    return new Proportion(truth >= interval.low() && truth <= interval.high() ? 1 : 0, 1);
  }

  int curves() {
    return curves;
  }

  /** Of the jumps that are there, those that were called. */
  Proportion recall() {
    return new Proportion(found, truths);
  }

  /** Of the calls, those that are true. */
  Proportion precision() {
    return new Proportion(found, calls);
  }

  /** Of the curves, those without a false call. */
  Proportion withoutFalseCalls() {
    return new Proportion(calm, curves);
  }

  /** Distances of midpoints called from those that are, as parts of the latter's step. */
  List<Double> dating() {
    return List.copyOf(dating);
  }

  /** How many true calls were named a double descent. */
  int descents() {
    return descents;
  }

  Proportion onset() {
    return onset;
  }

  Proportion midpoint() {
    return midpoint;
  }

  Proportion end() {
    return end;
  }

  Proportion delta() {
    return delta;
  }
}

package io.saltus.bench.judge.curves;

import io.saltus.experiment.jump.Jump;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Calls and truths, each matched with at most one of the other side, and as many as can be
 * (augmenting paths: H. Kuhn, Naval Research Logistics Quarterly 2, 1955). What lies nearer is
 * tried first.
 *
 * @param pairs of a truth and the call that meets it
 * @param falseCalls calls that met none, those at unscored places left out
 */
record Matching(List<Pair> pairs, List<Jump> falseCalls) {

  private static final int NOBODY = -1;

  record Pair(Truth truth, Jump call) {}

  static Matching of(LabelledCurve curve, List<Jump> calls) {
    int[] truthOf = new int[calls.size()];
    Arrays.fill(truthOf, NOBODY);
    for (int truth = 0; truth < curve.truths().size(); truth++) {
      give(truth, curve.truths(), calls, truthOf, new boolean[calls.size()]);
    }
    List<Pair> pairs = new ArrayList<>();
    List<Jump> falseCalls = new ArrayList<>();
    for (int call = 0; call < calls.size(); call++) {
      Jump jump = calls.get(call);
      if (truthOf[call] != NOBODY) {
        pairs.add(new Pair(curve.truths().get(truthOf[call]), jump));
      } else if (curve.unscored().stream()
          .noneMatch(x -> Math.abs(x - Math.log10(jump.midpoint())) <= Truth.TOLERANCE)) {
        falseCalls.add(jump);
      }
    }
    return new Matching(pairs, falseCalls);
  }

  private static boolean give(
      int truth, List<Truth> truths, List<Jump> calls, int[] truthOf, boolean[] tried) {
    List<Integer> near = new ArrayList<>();
    for (int call = 0; call < calls.size(); call++) {
      if (!tried[call] && truths.get(truth).isMetBy(calls.get(call))) {
        near.add(call);
      }
    }
    near.sort(Comparator.comparingDouble(call -> truths.get(truth).distance(calls.get(call))));
    for (int call : near) {
      if (tried[call]) {
        continue;
      }
      tried[call] = true;
      if (truthOf[call] == NOBODY || give(truthOf[call], truths, calls, truthOf, tried)) {
        truthOf[call] = truth;
        return true;
      }
    }
    return false;
  }
}

package io.saltus.analysis.study;

import io.saltus.analysis.study.Verdict.Outcome;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.spec.Expectation;
import java.util.ArrayList;
import java.util.List;

/** What was found in one place: a cell, or a line of cells along an axis. */
record Finding(Outcome outcome, String evidence, double estimate, Interval interval) {

  private static final int MOST_TOLD = 8;

  /** Of seeds that show it, do not, or cannot say. */
  static Finding ofSeeds(Expectation expectation, int shown, int not, int open, String detail) {
    int n = shown + not + open;
    int needed = expectation.in().map(share -> share.needed(n)).orElse(n);
    Outcome outcome =
        shown >= needed ? Outcome.OK : shown + open < needed ? Outcome.NOT : Outcome.UNDECIDED;
    int decided = shown + not;
    return new Finding(
        outcome,
        shown
            + " of "
            + n
            + " seeds"
            + (shown >= needed ? "" : ", " + needed + " needed")
            + (open > 0 ? ", " + open + " open" : "")
            + (detail.isEmpty() ? "" : " (" + detail + ")"),
        decided == 0 ? Double.NaN : (double) shown / decided,
        decided == 0 ? Interval.NONE : Proportion.wilson(shown, decided));
  }

  /** All of them together: each must hold. The number told is that of the place that is worst. */
  static Verdict together(Expectation expectation, List<Finding> findings) {
    Outcome outcome =
        findings.stream().anyMatch(finding -> finding.outcome() == Outcome.NOT)
            ? Outcome.NOT
            : findings.stream().allMatch(finding -> finding.outcome() == Outcome.OK)
                ? Outcome.OK
                : Outcome.UNDECIDED;
    List<Finding> worstFirst = new ArrayList<>();
    for (Outcome kind : List.of(Outcome.NOT, Outcome.UNDECIDED, Outcome.OK)) {
      findings.stream().filter(finding -> finding.outcome() == kind).forEach(worstFirst::add);
    }
    Finding worst = worstFirst.get(0);
    for (Finding finding : worstFirst) {
      if (finding.outcome() == worst.outcome() && finding.estimate() < worst.estimate()) {
        worst = finding;
      }
    }
    String told =
        String.join("; ", worstFirst.stream().limit(MOST_TOLD).map(Finding::evidence).toList());
    int left = worstFirst.size() - MOST_TOLD;
    return new Verdict(
        expectation.id(),
        expectation.title(),
        outcome,
        left > 0 ? told + "; and " + left + " more" : told,
        worst.estimate(),
        worst.interval());
  }
}

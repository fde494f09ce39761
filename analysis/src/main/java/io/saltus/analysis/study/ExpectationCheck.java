package io.saltus.analysis.study;

import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.spec.Claim;
import io.saltus.experiment.spec.Expectation;
import java.util.List;

/**
 * Holds expectations against what a study has shown. A pure function: the same results give the
 * same verdicts, also those of the bootstrap.
 */
public final class ExpectationCheck {

  private ExpectationCheck() {}

  /** Every expectation, in order. */
  public static List<Verdict> all(List<Expectation> expectations, StudyResults results) {
    return expectations.stream().map(expectation -> of(expectation, results)).toList();
  }

  /** One expectation. */
  public static Verdict of(Expectation expectation, StudyResults results) {
    List<CellResults> cells =
        results.cells().stream().filter(cell -> expectation.selects(cell.axes())).toList();
    if (cells.isEmpty()) {
      return new Verdict(
          expectation.id(),
          expectation.title(),
          Verdict.Outcome.UNDECIDED,
          "no cell has these values of the axes",
          Double.NaN,
          Interval.NONE);
    }
    Claim claim = expectation.claim();
    if (claim instanceof Claim.Ordered ordered) {
      return new AlongAxis(expectation, results, cells, ordered.axis()).ordered(ordered);
    }
    if (claim instanceof Claim.Differs differs) {
      return new AlongAxis(expectation, results, cells, differs.axis()).differs(differs);
    }
    return new PerCell(expectation, results.seeds()).verdict(cells);
  }
}

package io.saltus.analysis.study;

import io.saltus.analysis.study.Verdict.Outcome;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.Sharp;
import io.saltus.experiment.spec.Claim;
import io.saltus.experiment.spec.Expectation;
import io.saltus.experiment.spec.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Claims that each run shows by itself, counted over the seeds of each cell. */
final class PerCell {

  private record Shown(Outcome outcome, String detail) {}

  private final Expectation expectation;
  private final int seeds;

  PerCell(Expectation expectation, int seeds) {
    this.expectation = expectation;
    this.seeds = seeds;
  }

  Verdict verdict(List<CellResults> cells) {
    return Finding.together(expectation, cells.stream().map(this::finding).toList());
  }

  private Finding finding(CellResults cell) {
    int shown = 0;
    int not = 0;
    SortedMap<String, Integer> reasons = new TreeMap<>();
    List<String> numbers = new ArrayList<>();
    for (RunResults run : cell.runs()) {
      Shown one = shown(run);
      switch (one.outcome()) {
        case OK -> shown++;
        case NOT -> not++;
        case UNDECIDED -> reasons.merge(one.detail(), 1, Integer::sum);
      }
      if (one.outcome() != Outcome.UNDECIDED && !one.detail().isEmpty()) {
        numbers.add(one.detail());
      }
    }
    int waiting = Math.max(0, seeds - cell.runs().size());
    if (waiting > 0) {
      reasons.merge("not begun", waiting, Integer::sum);
    }
    reasons.forEach((reason, count) -> numbers.add(count + " " + reason));
    int open = Math.max(seeds, cell.runs().size()) - shown - not;
    Finding found = Finding.ofSeeds(expectation, shown, not, open, String.join(", ", numbers));
    return new Finding(
        found.outcome(), name(cell.axes()) + found.evidence(), found.estimate(), found.interval());
  }

  /** {@code optimizer.weight-decay=1: }, or nothing where there are no axes. */
  static String name(SortedMap<String, String> axes) {
    return axes.isEmpty()
        ? ""
        : String.join(
                " ",
                axes.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .toList())
            + ": ";
  }

  private Shown shown(RunResults run) {
    Claim claim = expectation.claim();
    if (claim instanceof Claim.Within within) {
      return within(within, Measuring.of(within.measure(), run));
    }
    if (claim instanceof Claim.Never never) {
      return never(Measuring.of(never.crossing(), run));
    }
    return jumps((Claim.Jumps) claim, run);
  }

  private static Shown within(Claim.Within claim, Measured measured) {
    if (measured instanceof Measured.Unknown unknown) {
      return new Shown(Outcome.UNDECIDED, unknown.why());
    }
    if (measured instanceof Measured.Value value) {
      return new Shown(
          claim.bounds().hold(value.value()) ? Outcome.OK : Outcome.NOT,
          Measuring.number(value.value()));
    }
    double last = ((Measured.Never) measured).lastStep();
    // A step that was not reached is later than the last one; of anything else there is no value.
    boolean later =
        claim.measure() instanceof Measure.Crossing
            && claim.bounds().atMost().isEmpty()
            && last >= claim.bounds().atLeast().orElse(Double.POSITIVE_INFINITY);
    return new Shown(later ? Outcome.OK : Outcome.NOT, "not reached by " + Measuring.number(last));
  }

  private static Shown never(Measured measured) {
    if (measured instanceof Measured.Unknown unknown) {
      return new Shown(Outcome.UNDECIDED, unknown.why());
    }
    return measured instanceof Measured.Value value
        ? new Shown(Outcome.NOT, "reached at " + Measuring.number(value.value()))
        : new Shown(
            Outcome.OK,
            "not reached by " + Measuring.number(((Measured.Never) measured).lastStep()));
  }

  private static Shown jumps(Claim.Jumps claim, RunResults run) {
    Optional<Measured> unable = Measuring.unable(run);
    if (unable.isPresent()) {
      return new Shown(Outcome.UNDECIDED, ((Measured.Unknown) unable.get()).why());
    }
    Optional<List<Jump>> analysed = run.jumps();
    if (analysed.isEmpty()) {
      return new Shown(Outcome.UNDECIDED, "not analysed for jumps");
    }
    List<Jump> found =
        analysed.get().stream()
            .filter(jump -> jump.metric().equals(claim.metric().value()))
            .filter(jump -> claim.kind().isEmpty() || claim.kind().get() == jump.kind())
            .toList();
    List<Jump> meant = found.stream().filter(jump -> sharp(claim, jump)).toList();
    // Whether it is as sharp as asked is not known of a jump whose sharpness is uncertain.
    boolean perhaps =
        meant.isEmpty()
            && claim.sharp().isPresent()
            && found.stream().anyMatch(jump -> jump.sharp() == Sharp.UNCERTAIN);
    if (perhaps) {
      return new Shown(Outcome.UNDECIDED, "with a jump of uncertain sharpness");
    }
    String detail =
        meant.isEmpty()
            ? "no such jump"
            : meant.get(0).kind().id()
                + " at "
                + Measuring.number(Math.rint(meant.get(0).midpoint()));
    return new Shown(meant.isEmpty() != claim.present() ? Outcome.OK : Outcome.NOT, detail);
  }

  private static boolean sharp(Claim.Jumps claim, Jump jump) {
    return claim
        .sharp()
        .map(wanted -> jump.sharp() == (wanted ? Sharp.YES : Sharp.NO))
        .orElse(true);
  }
}

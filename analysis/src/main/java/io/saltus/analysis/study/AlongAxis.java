package io.saltus.analysis.study;

import io.saltus.analysis.study.Verdict.Outcome;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.spec.Claim;
import io.saltus.experiment.spec.Expectation;
import io.saltus.experiment.spec.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Claims along an axis. The cells fall into lines, in each of which nothing but the axis (and what
 * is zipped to it) differs; the claim must hold on each line.
 *
 * <p>With {@code in}, each seed is held against the claim by itself. Without, a summary over the
 * seeds is: of steps the {@link KaplanMeier} median, which takes seeds that never got there into
 * account, of other measures the mean.
 */
final class AlongAxis {

  /** Of the resamples; no study needs another. */
  private static final long SEED = 1;

  private final Expectation expectation;
  private final StudyResults results;
  private final String axis;
  private final Set<String> varying = new LinkedHashSet<>();
  private final Map<SortedMap<String, String>, List<CellResults>> lines = new LinkedHashMap<>();

  AlongAxis(Expectation expectation, StudyResults results, List<CellResults> cells, String axis) {
    this.expectation = expectation;
    this.results = results;
    this.axis = axis;
    varying.add(axis);
    results.zip().stream().filter(group -> group.contains(axis)).forEach(varying::addAll);
    for (CellResults cell : cells) {
      if (cell.axes().containsKey(axis)) {
        SortedMap<String, String> others = new TreeMap<>(cell.axes());
        others.keySet().removeAll(varying);
        lines.computeIfAbsent(others, line -> new ArrayList<>()).add(cell);
      }
    }
  }

  Verdict ordered(Claim.Ordered claim) {
    return verdict(
        (name, line) -> {
          if (line.size() < 2) {
            return undecided(name + "only one value of " + axis);
          }
          List<Map<Long, Measured>> measured =
              line.stream().map(cell -> measured(claim.measure(), cell)).toList();
          return expectation.in().isPresent()
              ? perSeed(name, claim.measure(), measured, values -> inOrder(claim.order(), values))
              : orderedSummary(name, claim, line, measured);
        });
  }

  Verdict differs(Claim.Differs claim) {
    return verdict(
        (name, line) -> {
          List<Map<Long, Measured>> pair = new ArrayList<>();
          for (String value : List.of(claim.from(), claim.to())) {
            line.stream()
                .filter(cell -> value.equals(cell.axes().get(axis)))
                .map(cell -> measured(claim.measure(), cell))
                .findFirst()
                .ifPresent(pair::add);
          }
          if (pair.size() < 2) {
            return undecided(name + "not both values of " + axis + " are here");
          }
          return expectation.in().isPresent()
              ? perSeed(
                  name, claim.measure(), pair, values -> claim.bounds().hold(difference(values)))
              : differenceSummary(name, claim, pair);
        });
  }

  private interface LineCheck {
    Finding check(String name, List<CellResults> line);
  }

  private interface SeedCheck {
    boolean holds(double[] values);
  }

  private Verdict verdict(LineCheck check) {
    if (lines.isEmpty()) {
      return Finding.together(expectation, List.of(undecided("no cell has a value of " + axis)));
    }
    List<Finding> findings = new ArrayList<>();
    lines.forEach((others, line) -> findings.add(check.check(PerCell.name(others), line)));
    return Finding.together(expectation, findings);
  }

  private static Finding undecided(String why) {
    return new Finding(Outcome.UNDECIDED, why, Double.NaN, Interval.NONE);
  }

  private static Map<Long, Measured> measured(Measure measure, CellResults cell) {
    Map<Long, Measured> measured = new TreeMap<>();
    cell.runs().forEach(run -> measured.put(run.seed(), Measuring.of(measure, run)));
    return measured;
  }

  /** A step that was never reached is later than all others; of other measures there is none. */
  private static double value(Measure measure, Measured measured) {
    if (measured instanceof Measured.Value value) {
      return value.value();
    }
    return measure instanceof Measure.Crossing ? Double.POSITIVE_INFINITY : Double.NaN;
  }

  private Finding perSeed(
      String name, Measure measure, List<Map<Long, Measured>> line, SeedCheck check) {
    Set<Long> seeds = new TreeSet<>();
    line.forEach(cell -> seeds.addAll(cell.keySet()));
    int shown = 0;
    int not = 0;
    for (long seed : seeds) {
      List<Measured> values =
          line.stream()
              .map(cell -> cell.getOrDefault(seed, new Measured.Unknown("not begun")))
              .toList();
      if (values.stream().noneMatch(Measured.Unknown.class::isInstance)) {
        if (check.holds(values.stream().mapToDouble(one -> value(measure, one)).toArray())) {
          shown++;
        } else {
          not++;
        }
      }
    }
    int open = Math.max(results.seeds(), seeds.size()) - shown - not;
    Finding found = Finding.ofSeeds(expectation, shown, not, open, "");
    return new Finding(
        found.outcome(), name + found.evidence(), found.estimate(), found.interval());
  }

  private static boolean inOrder(Claim.Order order, double[] values) {
    int sign = order == Claim.Order.RISING ? 1 : -1;
    for (int i = 1; i < values.length; i++) {
      if (Double.isNaN(values[i]) || Double.compare(values[i], values[i - 1]) * sign < 0) {
        return false;
      }
    }
    return !Double.isNaN(values[0])
        && Double.compare(values[values.length - 1], values[0]) * sign > 0;
  }

  private Finding orderedSummary(
      String name, Claim.Ordered claim, List<CellResults> line, List<Map<Long, Measured>> cells) {
    double[] summaries = new double[cells.size()];
    List<String> told = new ArrayList<>();
    for (int i = 0; i < summaries.length; i++) {
      Summary summary = summary(claim.measure(), cells.get(i));
      summaries[i] = summary.value();
      told.add(line.get(i).axes().get(axis) + ": " + summary.words());
    }
    SeedBootstrap.Estimate difference =
        pairedMean(claim.measure(), List.of(cells.get(0), cells.get(cells.size() - 1)));
    Outcome outcome =
        open(cells)
            ? Outcome.UNDECIDED
            : inOrder(claim.order(), summaries) ? Outcome.OK : Outcome.NOT;
    return new Finding(
        outcome,
        name + axis + " " + String.join(" · ", told) + openWords(cells),
        difference.value(),
        difference.interval());
  }

  private Finding differenceSummary(
      String name, Claim.Differs claim, List<Map<Long, Measured>> pair) {
    SeedBootstrap.Estimate difference = pairedMean(claim.measure(), pair);
    Outcome outcome =
        open(pair)
            ? Outcome.UNDECIDED
            : claim.bounds().hold(difference.value()) ? Outcome.OK : Outcome.NOT;
    String interval =
        Double.isNaN(difference.interval().low())
            ? ""
            : " ["
                + Measuring.number(difference.interval().low())
                + ", "
                + Measuring.number(difference.interval().high())
                + "]";
    return new Finding(
        outcome,
        name
            + axis
            + " "
            + claim.to()
            + " minus "
            + claim.from()
            + ": "
            + Measuring.number(difference.value())
            + interval
            + " over "
            + difference.n()
            + " seeds"
            + openWords(pair),
        difference.value(),
        difference.interval());
  }

  private boolean open(List<Map<Long, Measured>> cells) {
    return cells.stream().anyMatch(cell -> openIn(cell) > 0);
  }

  private int openIn(Map<Long, Measured> cell) {
    int known = (int) cell.values().stream().filter(m -> !(m instanceof Measured.Unknown)).count();
    return Math.max(results.seeds(), cell.size()) - known;
  }

  private String openWords(List<Map<Long, Measured>> cells) {
    int open = cells.stream().mapToInt(this::openIn).sum();
    return open == 0 ? "" : "; " + open + " runs are not finished, failed or cannot say";
  }

  private record Summary(double value, String words) {}

  private static Summary summary(Measure measure, Map<Long, Measured> cell) {
    if (measure instanceof Measure.Crossing) {
      List<KaplanMeier.Waiting> waiting = new ArrayList<>();
      for (Measured one : cell.values()) {
        if (one instanceof Measured.Value value) {
          waiting.add(new KaplanMeier.Waiting(value.value(), true));
        } else if (one instanceof Measured.Never never) {
          waiting.add(new KaplanMeier.Waiting(never.lastStep(), false));
        }
      }
      if (waiting.isEmpty()) {
        return new Summary(Double.NaN, "none");
      }
      KaplanMeier curve = KaplanMeier.of(waiting);
      return new Summary(
          curve.median(),
          (Double.isInfinite(curve.median())
                  ? "not reached by half"
                  : Measuring.number(curve.median()))
              + " ("
              + curve.reached()
              + " of "
              + curve.n()
              + ")");
    }
    double[] values =
        cell.values().stream()
            .filter(one -> !(one instanceof Measured.Unknown))
            .mapToDouble(one -> value(measure, one))
            .toArray();
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    return new Summary(mean, Measuring.number(mean));
  }

  private static double difference(double[] values) {
    return values[1] - values[0];
  }

  /** Mean difference over the seeds that both cells have; NaN where there is none. */
  private static SeedBootstrap.Estimate pairedMean(
      Measure measure, List<Map<Long, Measured>> pair) {
    Measured missing = new Measured.Unknown("not begun");
    double[] differences =
        pair.get(0).keySet().stream()
            .map(
                seed ->
                    List.of(
                        pair.get(0).getOrDefault(seed, missing),
                        pair.get(1).getOrDefault(seed, missing)))
            .filter(both -> both.stream().noneMatch(Measured.Unknown.class::isInstance))
            .mapToDouble(both -> value(measure, both.get(1)) - value(measure, both.get(0)))
            .toArray();
    if (differences.length == 0) {
      return new SeedBootstrap.Estimate(Double.NaN, Interval.NONE, 0);
    }
    if (!Arrays.stream(differences).allMatch(Double::isFinite)) {
      return new SeedBootstrap.Estimate(
          Arrays.stream(differences).average().orElse(Double.NaN),
          Interval.NONE,
          differences.length);
    }
    return SeedBootstrap.mean(differences, SEED);
  }
}

package io.saltus.analysis.jump;

import io.saltus.experiment.jump.Bootstrap;
import io.saltus.experiment.jump.ChangePoint;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.JumpKind;
import io.saltus.experiment.jump.Sharp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What each change is, all metrics together. What is known to be done to the run comes first, then
 * what a metric makes up, what passes by itself, what training and validation say together, and
 * what the change alone looks like.
 */
final class Kinds {

  private static final double NEAR_DECADES = 0.05;
  private static final double RETURNED = 0.35;
  private static final double SPIKE_DECADES = 0.15;
  private static final double PLATEAU_DECADES = 0.5;

  private final RunContext context;
  private final Learning learning;
  private final Artefacts artefacts;
  private final List<Jump> jumps = new ArrayList<>();
  private final List<ChangePoint> changePoints = new ArrayList<>();

  Kinds(List<MetricSeries> series, RunContext context) {
    this.context = context;
    this.learning = new Learning(series);
    this.artefacts = new Artefacts(series, context);
  }

  List<Jump> jumps() {
    return jumps;
  }

  List<ChangePoint> changePoints() {
    return changePoints;
  }

  /** Sorts the changes of one series, which are in order. */
  void add(List<Found> changes) {
    List<Found> rest = new ArrayList<>(changes);
    DoubleDescent.in(rest).ifPresent(descent -> jumps.add(descent.as(rest)));
    for (int k = 0; k < rest.size(); k++) {
      Found change = rest.get(k);
      if (k + 1 < rest.size() && isSpike(change, rest.get(k + 1))) {
        jumps.add(spike(change, rest.get(++k)));
      } else {
        jump(change, rest, k).ifPresentOrElse(jumps::add, () -> note(change));
      }
    }
  }

  /** After all changes: what training and validation accuracy did together, if none told of it. */
  void addGradualLearning() {
    boolean told =
        jumps.stream()
            .anyMatch(
                jump ->
                    jump.kind() == JumpKind.MEMORISATION
                        || jump.kind() == JumpKind.JOINT_LEARNING
                        || jump.kind() == JumpKind.GROKKING);
    if (!told) {
      learning.gradual().ifPresent(jumps::add);
    }
  }

  /** A series that ends in values that are no numbers has collapsed at the first of them. */
  void addEnding(MetricSeries series) {
    double[] values = series.values();
    int first = values.length;
    while (first > 0 && !Double.isFinite(values[first - 1])) {
      first--;
    }
    if (first > 0 && first < values.length) {
      jumps.add(ending(series, first));
    }
  }

  private static Jump ending(MetricSeries series, int first) {
    double step = series.steps()[first];
    Interval interval = new Interval(series.steps()[first - 1], step);
    String evidence =
        words(
            "%.3g at step %.0f, and no number from step %.0f to the end",
            series.values()[first - 1], series.steps()[first - 1], step);
    return new Jump(
        series.name(),
        JumpKind.COLLAPSE,
        step,
        step,
        step,
        interval,
        interval,
        interval,
        series.values()[first - 1],
        Double.NaN,
        Double.NaN,
        Interval.NONE,
        0,
        Interval.NONE,
        Sharp.YES,
        false,
        true,
        false,
        Double.POSITIVE_INFINITY,
        0,
        Double.NaN,
        Double.NaN,
        new Bootstrap(0, 0, 0),
        Double.NaN,
        List.of(),
        evidence);
  }

  private void note(Found change) {
    if (change.meets(Found.SIGNIFICANT)) {
      changePoints.add(change.asChangePoint());
    }
  }

  private Optional<Jump> jump(Found change, List<Found> all, int k) {
    if (!change.meets(Found.LARGE, Found.CLEAR, Found.SIGNIFICANT)) {
      return Optional.empty();
    }
    boolean sharp = change.sharp() != Sharp.NO && change.meets(Found.SHARP, Found.STEEP);
    Optional<Jump> ours = sharp ? byUs(change) : Optional.empty();
    Optional<Jump> artefact = sharp ? artefacts.of(change) : Optional.empty();
    return ours.or(() -> artefact)
        .or(() -> learning.of(change))
        .or(() -> sharp ? Optional.of(alone(change, all, k)) : Optional.empty());
  }

  private Optional<Jump> byUs(Found change) {
    return context.changes().stream()
        .filter(known -> known.step() >= 1 && near(Math.log10(known.step()), change))
        .findFirst()
        .map(
            known ->
                change.as(
                    JumpKind.CHANGE_BY_US,
                    Double.NaN,
                    words("at step %.0f: %s", known.step(), known.what())));
  }

  private static boolean near(double place, Found change) {
    return place >= change.onset() - NEAR_DECADES && place <= change.midpoint() + NEAR_DECADES;
  }

  private static boolean isSpike(Found up, Found down) {
    boolean returns =
        up.size() * down.size() < 0
            && Math.abs(up.size() + down.size())
                <= RETURNED * Math.max(Math.abs(up.size()), Math.abs(down.size()));
    double lasts = down.midpoint() - up.midpoint();
    return returns
        && lasts <= Math.max(SPIKE_DECADES, up.decades() + down.decades())
        && lasts <= JumpDefinition.SHARP_DECADES
        && up.meets(Found.LARGE, Found.SIGNIFICANT)
        && down.meets(Found.LARGE, Found.SIGNIFICANT);
  }

  private static Jump spike(Found up, Found down) {
    boolean upIsLarger = Math.abs(up.size()) >= Math.abs(down.size());
    String evidence =
        words(
            "from %.3g to %.3g at step %.0f and back to %.3g at step %.0f",
            value(up, up.before()),
            value(up, upIsLarger ? up.after() : down.before()),
            Found.step(up.midpoint()),
            value(down, down.after()),
            Found.step(down.midpoint()));
    return new Found(
            up.series(),
            up.onset(),
            (up.midpoint() + down.midpoint()) / 2,
            down.end(),
            up.onsetInterval(),
            mean(up.midpointInterval(), down.midpointInterval()),
            down.endInterval(),
            up.before(),
            down.after(),
            new Interval(
                up.sizeInterval().low() + down.sizeInterval().low(),
                up.sizeInterval().high() + down.sizeInterval().high()),
            new Interval(
                Math.max(0, down.endInterval().low() - up.onsetInterval().high()),
                down.endInterval().high() - up.onsetInterval().low()),
            Sharp.YES,
            down.censored(),
            up.widthIsBound() || down.widthIsBound(),
            up.isotonicDiffers() || down.isotonicDiffers(),
            Math.min(up.sharpness(), down.sharpness()),
            Math.max(up.noise(), down.noise()),
            Math.max(up.p(), down.p()),
            Math.max(up.q(), down.q()),
            up.bootstrap(),
            up.criteria())
        .as(JumpKind.LOSS_SPIKE, Double.NaN, evidence);
  }

  /** Of the mean of two, however they depend on each other. */
  private static Interval mean(Interval a, Interval b) {
    return new Interval((a.low() + b.low()) / 2, (a.high() + b.high()) / 2);
  }

  private static double value(Found found, double level) {
    return found.series().kind().unscaled(level);
  }

  private static Jump alone(Found change, List<Found> all, int k) {
    String from =
        words("from %.3g to %.3g", value(change, change.before()), value(change, change.after()));
    boolean worsens = change.series().kind() != MetricKind.OTHER && !change.improves();
    if (worsens && lasts(change, all, k)) {
      return change.as(
          JumpKind.COLLAPSE, Double.NaN, from + " for the worse, and it does not come back");
    }
    double previous = k == 0 ? Math.log10(Math.max(1, firstStep(change))) : all.get(k - 1).end();
    double plateau = change.onset() - previous;
    if (change.improves() && plateau >= PLATEAU_DECADES) {
      return change.as(
          JumpKind.PLATEAU_ESCAPE,
          Double.NaN,
          words("%s after a plateau of %.2f decades", from, plateau));
    }
    return change.as(JumpKind.UNCLASSIFIED, Double.NaN, from);
  }

  private static double firstStep(Found change) {
    double[] steps = change.series().steps();
    return steps[0] >= 1 || steps.length == 1 ? steps[0] : steps[1];
  }

  /** Whether what comes after leaves at least two thirds of the loss. */
  private static boolean lasts(Found change, List<Found> all, int k) {
    double left = change.size();
    for (int next = k + 1; next < all.size(); next++) {
      left += all.get(next).size();
      if (left / change.size() < 2.0 / 3) {
        return false;
      }
    }
    return true;
  }

  private static String words(String format, Object... numbers) {
    return String.format(Locale.ROOT, format, numbers);
  }
}

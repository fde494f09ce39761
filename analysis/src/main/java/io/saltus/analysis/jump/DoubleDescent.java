package io.saltus.analysis.jump;

import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.JumpKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Minimum, maximum, minimum of the error on data that were not trained on: a change for the worse
 * between two for the better, slow or fast, that takes back at least half of the first and is taken
 * back by at least half.
 */
record DoubleDescent(Found first, Found worse, Found second) {

  private static final double SHARE = 0.5;
  private static final double LEAST_DECADES = 0.15;

  static Optional<DoubleDescent> in(List<Found> changes) {
    for (int k = 1; k + 1 < changes.size(); k++) {
      DoubleDescent descent =
          new DoubleDescent(changes.get(k - 1), changes.get(k), changes.get(k + 1));
      if (descent.holds()) {
        return Optional.of(descent);
      }
    }
    return Optional.empty();
  }

  private boolean holds() {
    boolean heldOut =
        List.of("validation", "test").stream().anyMatch(worse.series().name()::contains);
    double lasts = second.midpoint() - worse.midpoint();
    return heldOut
        && first.improves()
        && second.improves()
        && worse.series().kind().improves(-worse.size())
        && worse.meets(Found.LARGE, Found.CLEAR, Found.SIGNIFICANT)
        && Math.abs(second.size()) >= SHARE * Math.abs(worse.size())
        && lasts >= LEAST_DECADES;
  }

  /** The jump; its three parts are taken out of the list. */
  Jump as(List<Found> rest) {
    rest.removeAll(List.of(first, worse, second));
    double bottom = worse.series().kind().unscaled(worse.before());
    double top = worse.series().kind().unscaled(worse.after());
    double last = worse.series().kind().unscaled(second.after());
    return worse.as(
        JumpKind.DOUBLE_DESCENT,
        Double.NaN,
        String.format(
            Locale.ROOT,
            "%s goes to %.3g by step %.0f, to %.3g by step %.0f and to %.3g by step %.0f",
            worse.series().name(),
            bottom,
            Found.step(worse.onset()),
            top,
            Found.step(worse.end()),
            last,
            Found.step(second.end())));
  }
}

package io.saltus.app.figure;

import io.saltus.analysis.jump.JumpDefinition;
import io.saltus.analysis.jump.JumpSettings;
import io.saltus.app.jumps.RunAnalysis;
import io.saltus.app.text.Figures;
import java.util.Locale;

/** What the numbers of an analysis rest on, in one paragraph. */
final class Assumptions {

  private Assumptions() {}

  static String of(RunAnalysis analysis) {
    JumpSettings settings = analysis.found().settings();
    return String.format(
        Locale.ROOT,
        "The null hypothesis of each metric is a smooth power-law drift in the step plus"
            + " autocorrelated noise. Its %s simulated series (up to %s where p is small,"
            + " seed %d) take their noise from what drift and jumps together leave, and go through"
            + " the same search over all places and widths, so that p pays for the search; p is"
            + " never below 1/(replicates + 1), and there is none where a series is worth too few"
            + " independent evaluations. q corrects p for the %d %s tested together (Benjamini and"
            + " Yekutieli, whatever their dependence) and for the changes within each (Holm;"
            + " Benjamini and Bogomolov)."
            + " Onset, midpoint and end are where 10, 50 and 90 %% of the fitted change are done."
            + " Intervals are the middle 95 %% of %s refits to the fitted curve with noise drawn"
            + " again; they take the shape of the curve for granted. A jump is at least %.0f %% of"
            + " the metric's range and %.0f deviations of the noise, at most %.1f decades wide, %.0f"
            + " times as steep as what is beside it, and has q < %.2f; what fails one of these is"
            + " listed as a change point with the reason. Losses are compared in decades.",
        Figures.whole(settings.replicates()),
        Figures.whole(settings.moreReplicates()),
        settings.seed(),
        analysis.series().size(),
        analysis.series().size() == 1 ? "metric" : "metrics",
        Figures.whole(settings.intervalReplicates()),
        100 * JumpDefinition.LARGE,
        JumpDefinition.DEVIATIONS,
        JumpDefinition.SHARP_DECADES,
        JumpDefinition.STEEPNESS,
        JumpDefinition.Q);
  }
}

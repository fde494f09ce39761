package io.saltus.app.figure;

import io.saltus.analysis.jump.JumpSettings;
import io.saltus.app.jumps.RunAnalysis;
import io.saltus.app.text.Figures;

/** What the numbers of an analysis rest on, in one paragraph. */
final class Assumptions {

  private Assumptions() {}

  static String of(RunAnalysis analysis) {
    JumpSettings settings = analysis.found().settings();
    return ("The null hypothesis of each metric is a smooth power-law drift in the step plus"
            + " autocorrelated noise. Its %s simulated series (%s where p is near the threshold,"
            + " seed %d) take their noise from what drift and jumps together leave, and go through"
            + " the same search over all places and widths, so that p pays for the search; p is"
            + " never below 1/(replicates + 1), and there is none where a series is worth too few"
            + " independent evaluations. q corrects p for the %d %s tested together (Benjamini and"
            + " Yekutieli, whatever their dependence) and for the changes within each (Holm)."
            + " Onset, midpoint and end are where 10, 50 and 90 %% of the fitted change are done."
            + " Intervals are the middle 95 %% of %s refits to the fitted curve with noise drawn"
            + " again; they take the shape of the curve for granted. A jump is large, clear of the"
            + " noise, sharp, steeper than what is beside it, and significant; what fails one of"
            + " these is listed as a change point with the reason. Losses are compared in decades.")
        .formatted(
            Figures.whole(settings.replicates()),
            Figures.whole(settings.moreReplicates()),
            settings.seed(),
            analysis.series().size(),
            analysis.series().size() == 1 ? "metric" : "metrics",
            Figures.whole(settings.intervalReplicates()));
  }
}

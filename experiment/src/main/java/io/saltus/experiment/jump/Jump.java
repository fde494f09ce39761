package io.saltus.experiment.jump;

import java.util.List;

/**
 * A jump of one metric. Steps are steps, not their logarithms; values are the metric's own, also
 * where changes count in decades.
 *
 * @param onset step at which 10 % of the change were done, by the fitted curve
 * @param midpoint the same of 50 %
 * @param end the same of 90 %
 * @param before level before, and {@code after} it
 * @param delta after minus before
 * @param decades log₁₀ end/onset
 * @param censored the series ends less than a tenth of a decade after the end, so that the level
 *     after it, and with it everything else, is uncertain
 * @param widthIsBound evaluations are too far apart to tell the width: it is at most so much
 * @param isotonicDiffers the width by isotonic regression is another by more than a quarter
 * @param sharpness the rate of change inside, as a multiple of the greater one beside it; infinite
 *     when neither side counts or changes
 * @param noise deviation of single evaluations around here, on the scale on which changes count
 * @param p after Holm's correction over the changes of the series; NaN when there is none
 * @param q after Benjamini and Yekutieli's over the metrics, too; NaN when there is none
 * @param delay of grokking: steps to sustained 99 % validation accuracy, as a multiple of those to
 *     99 % training accuracy; else NaN
 * @param evidence why it is of its kind, in a sentence with numbers
 */
public record Jump(
    String metric,
    JumpKind kind,
    double onset,
    double midpoint,
    double end,
    Interval onsetInterval,
    Interval midpointInterval,
    Interval endInterval,
    double before,
    double after,
    double delta,
    Interval deltaInterval,
    double decades,
    Interval decadesInterval,
    Sharp sharp,
    boolean censored,
    boolean widthIsBound,
    boolean isotonicDiffers,
    double sharpness,
    double noise,
    double p,
    double q,
    Bootstrap bootstrap,
    double delay,
    List<Criterion> criteria,
    String evidence) {}

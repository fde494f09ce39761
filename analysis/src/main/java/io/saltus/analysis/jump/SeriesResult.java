package io.saltus.analysis.jump;

import java.util.Optional;

/**
 * What was found out about one series as a whole, whether or not it jumps.
 *
 * @param score of the greatest change, in deviations of what noise does there
 * @param nullScores of the simulated series, ascending
 * @param p that some change is only drift and noise; NaN when {@code noP} says why there is none
 * @param q over the metrics of the run
 * @param noise deviation of single evaluations about the fit
 * @param ar1 correlation of neighbouring evaluations' noise
 * @param effective how many independent evaluations the series is worth
 * @param steps of the cells in which the series was fitted
 * @param values of the cells, on the scale on which changes count (decades of a loss)
 * @param fitted drift and changes at the cells, on the same scale
 */
@SuppressWarnings("ArrayRecordComponent") // for plots, compared by nobody
public record SeriesResult(
    String metric,
    double score,
    double[] nullScores,
    double p,
    double q,
    Optional<String> noP,
    Bootstrap bootstrap,
    double noise,
    double ar1,
    double effective,
    double[] steps,
    double[] values,
    double[] fitted) {}

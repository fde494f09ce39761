package io.saltus.analysis.jump;

import io.saltus.experiment.jump.TestedSeries;

/**
 * What was found out about one series as a whole, whether or not it jumps, with what plots need.
 *
 * @param score of the greatest change, in deviations of what noise does there
 * @param nullScores of the simulated series, ascending
 * @param steps of the cells in which the series was fitted
 * @param values of the cells, on the scale on which changes count (decades of a loss)
 * @param fitted drift and changes at the cells, on the same scale
 */
@SuppressWarnings("ArrayRecordComponent") // for plots, compared by nobody
public record SeriesResult(
    TestedSeries tested,
    double score,
    double[] nullScores,
    double[] steps,
    double[] values,
    double[] fitted) {}

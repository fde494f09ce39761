package io.saltus.experiment.jump;

import java.util.Optional;

/**
 * What was found out about one metric as a whole, whether or not it jumps.
 *
 * @param p that all its changes are only drift and noise, after the search over all places; NaN
 *     when {@code noP} says why there is none
 * @param q the same, corrected for the number of metrics that were tested
 * @param noP why there is no p-value, in words
 * @param noise deviation of single evaluations about the fit, on the scale on which changes count
 * @param ar1 correlation of neighbouring evaluations' noise
 * @param effective how many independent evaluations the series is worth
 */
public record TestedSeries(
    String metric,
    double p,
    double q,
    Optional<String> noP,
    Bootstrap bootstrap,
    double noise,
    double ar1,
    double effective) {}

package io.saltus.analysis.online;

/**
 * A change that a {@link ChangeWatch} takes for real. Positions are those of finite values, from 0.
 *
 * @param position of the observation that decided it
 * @param change position of the first observation after the change, as far as can be told so soon
 * @param statistic twice the logarithm of the likelihood ratio
 * @param rise whether the level rose
 */
public record Suspicion(long position, long change, double statistic, boolean rise) {}

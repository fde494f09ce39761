package io.saltus.analysis.change;

/**
 * One change point, and how surely it is dated.
 *
 * @param position of the first observation of the new segment, from 0
 * @param earliest first position of the interval
 * @param latest last position of the interval, included
 * @param confidence probability that the change lies in the interval, given that there is exactly
 *     one between its two neighbours: each position weighs exp(−cost/2), the cost in units of the
 *     noise
 */
public record Change(int position, int earliest, int latest, double confidence) {}

package io.saltus.analysis.change;

/**
 * A stretch between two changes.
 *
 * @param from its first position
 * @param until the position behind its last one
 * @param mean of its values
 * @param deviation of its values about the mean, or about the line where it has a slope
 * @param slope of the line through its values, per observation; 0 where the model has none
 */
public record Segment(int from, int until, double mean, double deviation, double slope) {}

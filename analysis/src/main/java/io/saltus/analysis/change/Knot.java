package io.saltus.analysis.change;

/**
 * A point of a {@link BrokenLine}.
 *
 * @param position of the observation at it, from 0
 * @param abscissa of that observation
 * @param level of the line there
 */
public record Knot(int position, double abscissa, double level) {}

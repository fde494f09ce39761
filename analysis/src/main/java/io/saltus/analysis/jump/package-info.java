/**
 * Jumps in the metrics of a run: when they happened, how sharp they were, whether they were real
 * and what they are. Arrays in, records out; usable without the rest of Saltus.
 */
@NullMarked
package io.saltus.analysis.jump;

import org.jspecify.annotations.NullMarked;

/**
 * Change points of a series: exact minimisers of penalised costs. Arrays in, records out; usable
 * without the rest of Saltus.
 */
@NullMarked
package io.saltus.analysis.change;

import org.jspecify.annotations.NullMarked;

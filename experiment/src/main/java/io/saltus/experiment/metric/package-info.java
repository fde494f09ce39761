/**
 * Metrics as values: their names and catalogue, and the columnar frames in which they are
 * persisted.
 */
@NullMarked
package io.saltus.experiment.metric;

import org.jspecify.annotations.NullMarked;

/**
 * The vocabulary of Saltus (specs, runs, steps, metrics, provenance) and the ports through which
 * training enters. Everything else depends on this; this depends on nothing of ours.
 */
@NullMarked
package io.saltus.experiment;

import org.jspecify.annotations.NullMarked;

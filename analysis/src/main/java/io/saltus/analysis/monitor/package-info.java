/**
 * Watches the metrics of a run while it goes on: what looks like a jump is suspected at once and
 * found or taken back once there is enough of a level after it.
 */
@NullMarked
package io.saltus.analysis.monitor;

import org.jspecify.annotations.NullMarked;

/**
 * The monitor beside each trainer: reads what is durable, says what looks like a jump, and never
 * makes the trainer wait. Start reading at {@link io.saltus.actors.monitor.Monitors}.
 */
@NullMarked
package io.saltus.actors.monitor;

import org.jspecify.annotations.NullMarked;

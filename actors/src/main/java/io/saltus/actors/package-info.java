/**
 * The supervisor and one event-sourced trainer per run. Nothing is published before it is durable.
 */
@NullMarked
package io.saltus.actors;

import org.jspecify.annotations.NullMarked;

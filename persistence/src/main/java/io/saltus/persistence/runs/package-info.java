/**
 * Runs as readers see them: listed, found by name, folded up to a step or a sequence number, and
 * read frame by frame. Nothing here needs an actor system.
 */
@NullMarked
package io.saltus.persistence.runs;

import org.jspecify.annotations.NullMarked;

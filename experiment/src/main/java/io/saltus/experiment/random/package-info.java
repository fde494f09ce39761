/**
 * Counter-based randomness: every draw is a pure function of a key and a counter, so there is no
 * hidden state to lose.
 */
@NullMarked
package io.saltus.experiment.random;

import org.jspecify.annotations.NullMarked;

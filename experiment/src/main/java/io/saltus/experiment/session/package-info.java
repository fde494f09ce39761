/**
 * The ports between the actors and whatever trains: programs, training sessions, datasets, and the
 * chunk of steps that is asked of them.
 */
@NullMarked
package io.saltus.experiment.session;

import org.jspecify.annotations.NullMarked;

/**
 * What can happen to a run and to the supervisor, as facts in the past tense: the records that the
 * journal persists.
 */
@NullMarked
package io.saltus.experiment.event;

import org.jspecify.annotations.NullMarked;

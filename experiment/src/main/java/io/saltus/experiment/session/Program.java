package io.saltus.experiment.session;

import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.ProgramSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Something that can train: the door through which tasks, models and optimisers come in. Found by
 * {@link java.util.ServiceLoader}; the built-in ones use the same door as a user's jar.
 *
 * <p>Loading and asking a program for its schemas must be cheap and load no native library: every
 * spec that is read asks all programs.
 */
public interface Program extends ProgramSchema {

  /**
   * The input files of a spec by the program's names for them; the caller takes their digests.
   *
   * @throws SessionException when a file is not there; the message says how to get it
   */
  SortedMap<String, Path> inputs(ExperimentSpec spec);

  /**
   * The size of the state of a session of this spec, variables and optimiser slots, in bytes: as
   * much as a checkpoint of it takes. For estimates of memory and disk before a run begins; asked
   * of specs that the program supports, often, so it must be cheap and load no native library.
   *
   * @return empty when it cannot be said without the inputs
   */
  default Optional<Long> stateBytes(ExperimentSpec spec) {
    return Optional.empty();
  }

  /**
   * Opens a session in its initial state, step 0.
   *
   * @throws SessionException when the environment, the device or an input forbids it
   */
  TrainingSession open(SessionRequest request);

  /**
   * Does ahead what opening a session like the one expected needs, such as loading native libraries
   * or rehearsing its first steps; touches no GPU, and what is opened later computes the same bits
   * with or without it. Called at most once, in a process that waits for a session, of this spec
   * probably, and with the same numerics certainly. Does nothing by default.
   *
   * @param expected without masks and probes
   * @throws SessionException when the environment forbids it; whoever opens the session hears it
   *     again
   */
  default void prepare(SessionRequest expected) {}

  /**
   * Hears which sessions will probably be opened next, and on which devices, so that what they need
   * can be got ready. Each call takes the place of the one before; none of it is certain. Must
   * return at once. Does nothing by default.
   */
  default void expect(List<SessionRequest> next) {}
}

package io.saltus.experiment.session;

import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.ProgramSchema;
import java.nio.file.Path;
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
}

package io.saltus.experiment.session;

import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * Something that can train: the door through which tasks, models and optimisers come in. Found by
 * {@link java.util.ServiceLoader}; the built-in ones use the same door as a user's jar.
 *
 * <p>Loading and asking a program for its schemas must be cheap and load no native library: every
 * spec that is read asks all programs.
 */
public interface Program {

  /** The kinds of task it knows. */
  List<ComponentSchema> tasks();

  /** The kinds of model it knows. */
  List<ComponentSchema> models();

  /** The kinds of optimiser it knows. */
  List<ComponentSchema> optimizers();

  /** Whether it can run this combination of kinds. */
  boolean supports(ExperimentSpec spec);

  /**
   * What is wrong with a spec beyond what its schemas can say, such as a division modulo a number
   * that is not prime. Called only with specs whose kinds it {@link #supports}.
   */
  List<SpecProblem> check(ExperimentSpec spec);

  /** The named evaluation sets of a spec, in byte order, such as {@code train-set, validation}. */
  List<String> evaluationSets(ExperimentSpec spec);

  /**
   * The input files of a spec by the program's names for them; the caller takes their digests.
   *
   * @throws SessionException when a file is not there; the message says how to get it
   */
  SortedMap<String, Path> inputs(ExperimentSpec spec);

  /**
   * Opens a session in its initial state, step 0.
   *
   * @throws SessionException when the environment, the device or an input forbids it
   */
  TrainingSession open(SessionRequest request);
}

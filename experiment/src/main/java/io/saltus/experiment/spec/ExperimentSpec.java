package io.saltus.experiment.spec;

import io.saltus.experiment.Seeds;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A spec: resolved, complete and checked. Everything a run computes is a function of the parts that
 * {@link SpecDigest} reads, the code, the inputs and the numeric environment.
 *
 * @param experiment the question, in the shape of a run's name
 * @param title one line for people; may be empty
 * @param task what is learned
 * @param model what learns
 * @param optimizer how it learns
 * @param batchSize examples per step, at least 1
 * @param sampling how they are chosen
 * @param steps the last step at most, at least 1
 * @param seeds the four seeds
 * @param until reasons to stop earlier
 * @param evaluate when the evaluation sets are evaluated
 * @param checkpoint when checkpoints are taken
 * @param resume how it goes on where it was left
 * @param numerics what the bits depend on
 * @param device {@code auto}, {@code cpu:N} or {@code gpu:N}
 * @param placing how soon it begins, and on what
 * @param isolation where the session lives
 * @param onDivergence what happens when a re-execution differs
 * @param study axes, when this is a study
 * @param plot how the run likes to be drawn
 */
public record ExperimentSpec(
    String experiment,
    String title,
    Component task,
    Component model,
    Component optimizer,
    int batchSize,
    Sampling sampling,
    long steps,
    Seeds seeds,
    List<UntilRule> until,
    Evaluation evaluate,
    CheckpointPolicy checkpoint,
    Resume resume,
    Numerics numerics,
    String device,
    Placing placing,
    Isolation isolation,
    OnDivergence onDivergence,
    Optional<Study> study,
    Plot plot) {

  /** Copies the rules. */
  public ExperimentSpec {
    until = List.copyOf(until);
  }

  /**
   * Everything but what a study adds, as canonical texts by path: {@code optimizer.weight-decay} to
   * {@code 0.1}. Unmodifiable.
   */
  public SortedMap<String, String> paths() {
    return SpecPaths.all(this);
  }

  /** The same with its session elsewhere, which changes nothing that it computes. */
  public ExperimentSpec with(Isolation other) {
    return new ExperimentSpec(
        experiment,
        title,
        task,
        model,
        optimizer,
        batchSize,
        sampling,
        steps,
        seeds,
        until,
        evaluate,
        checkpoint,
        resume,
        numerics,
        device,
        placing,
        other,
        onDivergence,
        study,
        plot);
  }

  /**
   * How a run goes on where it was left.
   *
   * @param overlap how many recorded steps are executed again at least, where there are so many,
   *     and compared; from 0
   */
  public record Resume(int overlap) {

    /** What a spec has that says nothing about it. */
    public static final Resume DEFAULT = new Resume(20);

    /** Refuses what is negative. */
    public Resume {
      if (overlap < 0) {
        throw new IllegalArgumentException("an overlap of " + overlap + " steps");
      }
    }
  }

  /**
   * How the run likes to be drawn.
   *
   * @param logSteps whether the step axis is logarithmic
   */
  public record Plot(boolean logSteps) {}
}

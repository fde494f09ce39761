package io.saltus.testkit;

import io.saltus.experiment.Seeds;
import io.saltus.experiment.spec.CheckpointCadence;
import io.saltus.experiment.spec.CheckpointPolicy;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Isolation;
import io.saltus.experiment.spec.OnDivergence;
import io.saltus.experiment.spec.Placing;
import io.saltus.experiment.spec.Study;
import java.util.Optional;

/** A spec that differs from another in what is said here. */
public final class SpecDraft {

  private static final int KEPT = 3;

  private final ExperimentSpec plain;
  private Seeds seeds;
  private CheckpointPolicy checkpoint;
  private int overlap;
  private String device;
  private Placing placing;
  private Isolation isolation;
  private OnDivergence onDivergence;
  private Optional<Study> study;

  private SpecDraft(ExperimentSpec plain) {
    this.plain = plain;
    this.seeds = plain.seeds();
    this.checkpoint = plain.checkpoint();
    this.overlap = plain.resume().overlap();
    this.device = plain.device();
    this.placing = plain.placing();
    this.isolation = plain.isolation();
    this.onDivergence = plain.onDivergence();
    this.study = plain.study();
  }

  /** Begins with a spec as it is. */
  public static SpecDraft of(ExperimentSpec spec) {
    return new SpecDraft(spec);
  }

  /** With these seeds. */
  public SpecDraft seeds(Seeds other) {
    seeds = other;
    return this;
  }

  /** With these checkpoints. */
  public SpecDraft checkpoint(CheckpointPolicy other) {
    checkpoint = other;
    return this;
  }

  /** With a checkpoint after every so many steps, of which the last three are kept. */
  public SpecDraft checkpointEvery(long steps) {
    return checkpoint(
        new CheckpointPolicy(
            new CheckpointCadence.EverySteps(steps), KEPT, Optional.empty(), Optional.empty()));
  }

  /** With so many steps that a resume executes again. */
  public SpecDraft overlap(int steps) {
    overlap = steps;
    return this;
  }

  /** On this device. */
  public SpecDraft device(String other) {
    device = other;
    return this;
  }

  /** With these wishes of the machine. */
  public SpecDraft placing(Placing other) {
    placing = other;
    return this;
  }

  /** With its session there. */
  public SpecDraft isolation(Isolation other) {
    isolation = other;
    return this;
  }

  /** With this done about a divergence. */
  public SpecDraft onDivergence(OnDivergence other) {
    onDivergence = other;
    return this;
  }

  /** As a study. */
  public SpecDraft study(Study other) {
    study = Optional.of(other);
    return this;
  }

  /** The spec. */
  public ExperimentSpec spec() {
    return new ExperimentSpec(
        plain.experiment(),
        plain.title(),
        plain.task(),
        plain.model(),
        plain.optimizer(),
        plain.batchSize(),
        plain.sampling(),
        plain.steps(),
        seeds,
        plain.until(),
        plain.evaluate(),
        checkpoint,
        new ExperimentSpec.Resume(overlap),
        plain.numerics(),
        device,
        placing,
        isolation,
        onDivergence,
        study,
        plain.plot());
  }
}

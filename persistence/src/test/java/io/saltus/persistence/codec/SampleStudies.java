package io.saltus.persistence.codec;

import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Isolation;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Events of a study, by the names of their golden files. */
public final class SampleStudies {

  private static final StudyId STUDY = new StudyId("decay-20261127-7k3f");

  private SampleStudies() {}

  /** By the names of their golden files. */
  public static SortedMap<String, StudyEvent> events() {
    SortedMap<String, StudyEvent> samples = new TreeMap<>();
    samples.put(
        "StudySubmitted",
        new StudyEvent.StudySubmitted(STUDY, Samples.withStudy(), Samples.code()));
    samples.put("StudyWidened", new StudyEvent.StudyWidened(Samples.withStudy()));
    samples.put("StudyBudgeted", new StudyEvent.StudyBudgeted(12.5));
    samples.put("StudyExtended", new StudyEvent.StudyExtended(20_000));
    samples.put("StudyStarted", new StudyEvent.StudyStarted());
    samples.put(
        "RunAssigned",
        new StudyEvent.RunAssigned(
            new TreeMap<>(Map.of("optimizer.weight-decay", "0.1", "task.modulus", "59")),
            3,
            STUDY.run(4),
            false));
    samples.put(
        "RunAssigned-reused",
        new StudyEvent.RunAssigned(new TreeMap<>(), 0, new RunId("grokking-20261123-7k3f"), true));
    samples.put(
        "RunRefused", new StudyEvent.RunRefused(STUDY.run(5), "the input 'mask' is not there"));
    samples.put(
        "StudyRested",
        new StudyEvent.StudyRested(StudyEvent.StudyOutcome.COMPLETED, "2 of 400 runs failed"));
    samples.put(
        "StudyRested-obstacle",
        new StudyEvent.StudyRested(
            StudyEvent.StudyOutcome.PAUSED,
            "2 of 2 device-hours are spent",
            Optional.of(StudyEvent.StudyObstacle.BUDGET)));
    samples.put("StudyDeleted", new StudyEvent.StudyDeleted());
    return samples;
  }

  /** Another spec than that of the sample, as one that was widened is. */
  public static ExperimentSpec wider() {
    return Samples.withStudy().with(Isolation.PROCESS);
  }
}

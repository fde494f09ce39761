package io.saltus.persistence.projection;

import io.saltus.experiment.Seeds;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.RunEvent.RunImported;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.experiment.spec.Cadence;
import io.saltus.experiment.spec.CheckpointPolicy;
import io.saltus.experiment.spec.Component;
import io.saltus.experiment.spec.Evaluation;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Isolation;
import io.saltus.experiment.spec.Numerics;
import io.saltus.experiment.spec.OnDivergence;
import io.saltus.experiment.spec.Placing;
import io.saltus.experiment.spec.Sampling;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What stands where a run has its submission when it was computed elsewhere: nobody knows its spec,
 * and no program can execute it. Whoever shows a run shows {@link RunState#parameters} instead.
 */
public final class ImportedRun {

  /** The kind of a task, a model and an optimiser of which nothing is known. */
  public static final String KIND = "imported";

  private ImportedRun() {}

  /** A submission with the run's id and experiment, and nothing else that would mean anything. */
  public static RunSubmitted standIn(RunImported imported) {
    Component unknown = new Component(KIND, new TreeMap<>());
    ExperimentSpec spec =
        new ExperimentSpec(
            imported.experiment(),
            "",
            unknown,
            unknown,
            unknown,
            1,
            Sampling.FULL_BATCH,
            1,
            Seeds.of(0),
            List.of(),
            new Evaluation(new Cadence.Every(1), new TreeMap<>()),
            CheckpointPolicy.DEFAULT,
            ExperimentSpec.Resume.DEFAULT,
            new Numerics(1, Numerics.Isa.NATIVE),
            "auto",
            Placing.DEFAULT,
            Isolation.AUTO,
            OnDivergence.FAIL,
            Optional.empty(),
            new ExperimentSpec.Plot(false));
    return new RunSubmitted(
        imported.run(),
        spec,
        // Of no spec, so that no two runs seem to compute the same.
        Sha256.of(imported.run().value().getBytes(StandardCharsets.UTF_8)),
        imported.code(),
        List.of(),
        Optional.empty());
  }
}

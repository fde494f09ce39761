package io.saltus.actors;

import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecDigest;
import io.saltus.experiment.spec.SpecSchema;
import io.saltus.persistence.projection.SupervisorState;
import java.util.List;
import java.util.Optional;

/** What can be run here: which programs there are. */
final class Admission {

  private final List<Program> programs;
  private final SpecSchema schema;

  /**
   * @param programs asked in order which of them supports a spec
   */
  Admission(List<Program> programs) {
    this.programs = List.copyOf(programs);
    this.schema = SpecSchema.of(programs);
  }

  /** Why a spec cannot be run; empty when it can. */
  Optional<String> refusal(ExperimentSpec spec) {
    if (programs.stream().noneMatch(program -> program.supports(spec))) {
      return Optional.of("no program knows task " + spec.task().kind());
    }
    return Optional.empty();
  }

  /** Tells the programs which sessions they will probably open next. */
  void forecast(SupervisorState state, List<SupervisedRun> waiting) {
    Forecast.tell(programs, state, waiting);
  }

  /** The program of a spec that was not refused. */
  Program program(ExperimentSpec spec) {
    return programs.stream().filter(program -> program.supports(spec)).findFirst().orElseThrow();
  }

  /** What is journalled of a submission: no path of input is. */
  RunEvent.RunSubmitted record(Submission submission) {
    return new RunEvent.RunSubmitted(
        submission.run(),
        schema.withoutInputPaths(submission.spec()),
        SpecDigest.of(submission.spec(), schema),
        submission.code(),
        submission.digests(),
        submission.fork().map(Submission.Fork::origin));
  }
}

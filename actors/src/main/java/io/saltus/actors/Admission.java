package io.saltus.actors;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecDigest;
import io.saltus.experiment.spec.SpecSchema;
import java.util.List;
import java.util.Optional;

/** What can be run here: which programs there are, and on which device. */
final class Admission {

  /** The one device that this version leases. */
  private static final DeviceId CPU = new DeviceId("cpu", 0);

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
    } else if (!spec.device().equals("auto") && !spec.device().equals(CPU.toString())) {
      return Optional.of("there is no device " + spec.device() + "; known: " + CPU);
    }
    return Optional.empty();
  }

  /** The program of a spec that was not refused. */
  Program program(ExperimentSpec spec) {
    return programs.stream().filter(program -> program.supports(spec)).findFirst().orElseThrow();
  }

  /** The device of a spec that was not refused. */
  DeviceId device() {
    return CPU;
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

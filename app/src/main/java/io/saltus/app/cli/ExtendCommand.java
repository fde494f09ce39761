package io.saltus.app.cli;

import io.saltus.app.StudyTerms;
import io.saltus.app.control.RunMessage;
import io.saltus.app.control.StudyMessage;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.persistence.control.ControlRequest;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a run, or the runs of a study, a later last step, and goes on to it. */
@Command(
    name = "extend",
    description =
        "Give a run, or the runs of a study, a later last step, set 'until' aside, and go on to it.")
final class ExtendCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(paramLabel = "RUN|STUDY", description = "An id, a unique prefix, or @last.")
  private String what = "";

  @Option(
      names = "--steps",
      paramLabel = "N",
      required = true,
      description = "The new last step, not how many more.")
  private String steps = "";

  ExtendCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    invocation.json();
    long last = Arguments.whole("--steps", steps, 1, Long.MAX_VALUE);
    Optional<StudyId> study;
    try (Reading reading = Reading.open(invocation)) {
      study = reading.findStudy(what);
      study.ifPresent(id -> new StudyExtension(reading.study(id)).require(last));
    }
    return (study.isPresent() ? extend(study.get(), last) : extendRun(last)).code();
  }

  private ExitCode extendRun(long last) {
    RunId id;
    try (Reading reading = Reading.open(invocation)) {
      id = reading.resolve(what);
      reading.refuseImported(id, "extend");
      check(id, reading.runs().state(id), last);
    }
    invocation.requireNatives();
    Writing writing = new Writing(invocation, "saltus extend " + id);
    boolean elsewhere =
        writing
            .askHolder(new ControlRequest(RunMessage.EXTEND, new RunMessage(id, "", last).body()))
            .isPresent();
    if (!elsewhere) {
      try (var saltus = writing.open()) {
        saltus.extend(id, last);
      }
    }
    invocation.note(
        "saltus: " + id + " may now go on to step " + last + "; its 'until' is set aside");
    if (elsewhere) {
      return new Handover(invocation, "saltus extend " + id, false)
          .resume(id)
          .orElseGet(() -> report(id));
    }
    return new Continuation(invocation).resume(id);
  }

  private ExitCode report(RunId run) {
    try (Reading reading = Reading.open(invocation)) {
      reading.report(run);
    }
    return ExitCode.FINE;
  }

  private static void check(RunId run, RunState state, long last) {
    if (last <= state.step()) {
      throw Refusal.wrong(
          "%s is at step %d already".formatted(run, state.step()),
          "--steps " + last,
          "Give a later one.");
    }
    if (state.status() != RunStatus.COMPLETED && state.status() != RunStatus.PAUSED) {
      throw Refusal.wrong(
          "%s is %s; only complete and paused runs can be extended"
              .formatted(run, state.status().text()),
          "saltus extend",
          "Fork it, or resume it first.");
    }
  }

  private ExitCode extend(StudyId study, long last) {
    invocation.requireNatives();
    String command = "saltus extend " + study;
    boolean elsewhere =
        new Writing(invocation, command)
            .askHolder(
                new ControlRequest(StudyMessage.EXTEND, new StudyMessage(study, "", last).body()))
            .isPresent();
    if (elsewhere) {
      tell(study, last);
      return isAtWork(study)
          ? report(study)
          : new Handover(invocation, command, false)
              .goOn(study, Optional.empty(), StudyTerms.usual(), false)
              .orElseGet(() -> report(study));
    }
    return new ForegroundStudy(
            invocation,
            command,
            List.of(),
            (studies, audience) -> {
              var handle = studies.extend(study, last, StudyTerms.usual(), audience);
              tell(study, last);
              return handle;
            })
        .execute(false);
  }

  private boolean isAtWork(StudyId study) {
    try (Reading reading = Reading.open(invocation)) {
      return reading.study(study).status().equals("running");
    }
  }

  private void tell(StudyId study, long last) {
    invocation.note(
        "saltus: the runs of %s may now go on to step %d; their 'until' is set aside"
            .formatted(study, last));
  }

  /** How a study stands that another process was asked to extend, whether or not it works on it. */
  private ExitCode report(StudyId study) {
    try (Reading reading = Reading.open(invocation)) {
      reading.head(study).forEach(invocation::print);
      if (!isAtWork(study)) {
        invocation.note("saltus: nobody is at work on it. Go on with: saltus resume " + study);
      }
    }
    return ExitCode.FINE;
  }
}

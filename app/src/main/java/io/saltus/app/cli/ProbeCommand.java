package io.saltus.app.cli;

import io.saltus.actors.reexecution.Difference;
import io.saltus.actors.reexecution.Reexecution;
import io.saltus.app.ProbeRecording;
import io.saltus.app.ProbesByName;
import io.saltus.app.Recomputation;
import io.saltus.app.json.ProbedJson;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.report.ProbedText;
import io.saltus.app.text.Figures;
import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.session.MetricProvider;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.runs.ProbedMetrics;
import io.saltus.persistence.runs.StepRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Executes recorded steps again to record metrics that nobody asked for at the time. */
@Command(
    name = "probe",
    description = "Execute recorded steps again and record further metrics of them.")
final class ProbeCommand implements Callable<Integer> {

  private static final long STEPS_AT_A_TIME = 256;

  /** Beyond it what was recorded is appended before more is computed. */
  private static final long BYTES_AT_A_TIME = 16L << 20;

  private final Invocation invocation;

  @Parameters(paramLabel = "RUN", description = "An id, a unique prefix, or @last.")
  private String run = "";

  @Option(names = "--from", paramLabel = "STEP", description = "The first step; else the run's.")
  private Optional<String> from = Optional.empty();

  @Option(names = "--until", paramLabel = "STEP", description = "The last step; else the run's.")
  private Optional<String> until = Optional.empty();

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description = "What to record, repeatable; left out, all that can be is listed.")
  private List<String> metrics = new ArrayList<>();

  ProbeCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    List<MetricName> names = metrics.stream().distinct().map(Arguments::metric).toList();
    RunId id;
    StepWindow window;
    Optional<Difference> difference;
    try (Reading reading = Reading.open(invocation)) {
      id = reading.resolve(run);
      reading.refuseImported(id, "probe");
      reading.refuseRunning(id, "probe");
      window = StepWindow.of(id, reading.runs().state(id), from, until);
      invocation.requireNatives();
      difference = execute(reading, id, window, names);
    }
    try (Reading reading = Reading.open(invocation)) {
      ProbedMetrics probed = reading.runs().probed(id);
      StepRange range = new StepRange(window.from(), window.until());
      for (MetricName name : names) {
        List<Column> columns = probed.columns(name, range);
        if (json) {
          invocation.print(ProbedJson.lines(id, columns));
        } else {
          invocation.print(ProbedText.line(name, columns));
        }
      }
    }
    difference.ifPresent(found -> invocation.complain(said(id, found)));
    return (difference.isEmpty() ? ExitCode.FINE : ExitCode.DIVERGED).code();
  }

  private Optional<Difference> execute(
      Reading reading, RunId id, StepWindow window, List<MetricName> names) {
    List<MetricProvider> probes = new ArrayList<>();
    ProbesByName byName =
        new ProbesByName(
            invocation.surroundings().programs().probes(invocation.plugins()),
            names.stream().map(MetricName::value).toList(),
            window.from(),
            window.until());
    try (Recomputation again =
        Recomputation.open(
            reading.runs(),
            Home.at(invocation.home()),
            invocation.programs(),
            id,
            window.from(),
            window.until(),
            (program, request) -> {
              probes.addAll(byName.probes(program, request));
              return List.copyOf(probes);
            })) {
      invocation.warnOf(again.flaws());
      return record(
          again.steps(), new ProbeRecording(id, probes, window.from(), window.until()), id);
    }
  }

  /** Only what was proven against the journal is recorded: nothing of a part that differs. */
  private Optional<Difference> record(Reexecution again, ProbeRecording recording, RunId id) {
    Writing writing = new Writing(invocation, "saltus probe " + id);
    Optional<Difference> difference = Optional.empty();
    while (difference.isEmpty() && !again.done()) {
      Reexecution.Part part = again.advance(STEPS_AT_A_TIME);
      difference = part.difference();
      if (difference.isEmpty()) {
        recording.take(part.frame());
      }
      if (recording.bytes() > BYTES_AT_A_TIME) {
        writing.record(recording.drain());
      }
    }
    writing.record(recording.drain());
    return difference;
  }

  private static String said(RunId id, Difference difference) {
    return ("%s differs at step %s: %s is recorded as %s and was recomputed as %s; nothing was"
            + " recorded from there on")
        .formatted(
            id,
            Figures.whole(difference.step()),
            difference.subject(),
            difference.recorded(),
            difference.recomputed());
  }
}

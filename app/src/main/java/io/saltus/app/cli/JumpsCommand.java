package io.saltus.app.cli;

import io.saltus.app.Recomputation;
import io.saltus.app.control.BesideMessage;
import io.saltus.app.jumps.JumpFinder;
import io.saltus.app.jumps.RunAnalysis;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Refusal;
import io.saltus.app.report.JumpsJson;
import io.saltus.app.report.JumpsText;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.rocks.StoreFailedException;
import io.saltus.persistence.runs.BesideStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds the jumps of runs. */
@Command(
    name = "jumps",
    description = "Find the jumps of runs: when, how much, how sharply, and whether they are real.")
final class JumpsCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description = "Ids, unique prefixes, or @last; they may be running.")
  private List<String> runs = new ArrayList<>();

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description = "Only this one, repeatable; else every accuracy and loss.")
  private List<String> metrics = new ArrayList<>();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Draw all of it: a new .html or .svg file.")
  private Optional<String> report = Optional.empty();

  JumpsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    List<MetricName> names = metrics.stream().map(Arguments::metric).toList();
    Optional<ReportFile> file = report.map(name -> ReportFile.named(invocation, name));
    List<RunAnalysis> analyses = analyse(names);
    print(json, analyses);
    file.ifPresent(to -> to.write(analyses));
    record(analyses);
    return ExitCode.FINE.code();
  }

  private List<RunAnalysis> analyse(List<MetricName> names) {
    List<RunAnalysis> analyses = new ArrayList<>();
    try (Reading reading = Reading.open(invocation);
        JumpFinder finder = JumpFinder.start()) {
      List<RunId> chosen = runs.stream().map(reading::resolve).distinct().toList();
      chosen.forEach(run -> analyses.add(finder.analyse(reading.runs(), run, names)));
    }
    return analyses;
  }

  private void print(boolean json, List<RunAnalysis> analyses) {
    if (json) {
      analyses.forEach(analysis -> invocation.print(JumpsJson.line(analysis)));
      return;
    }
    for (RunAnalysis analysis : analyses) {
      invocation.print(JumpsText.lines(analysis));
      if (analyses.size() > 1) {
        invocation.print("");
      }
    }
    if (analyses.size() > 1) {
      invocation.print(JumpsText.together(analyses));
    }
  }

  /** What was found stands for itself; that it could not be kept is only said. */
  private void record(List<RunAnalysis> analyses) {
    CodeProvenance code = Recomputation.code(invocation.plugins());
    List<BesideMessage<AnalysisEvent>> messages = new ArrayList<>();
    for (RunAnalysis analysis : analyses) {
      messages.add(
          new BesideMessage<>(BesideStream.ANALYSIS, analysis.run(), analysis.event(code)));
    }
    try {
      new Writing(invocation, "saltus jumps " + String.join(" ", runs)).record(messages);
    } catch (Refusal | HomeException | StoreFailedException e) {
      invocation.warn("the analysis is not in the journal: " + e.getMessage());
    }
  }
}

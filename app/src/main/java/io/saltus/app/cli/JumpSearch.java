package io.saltus.app.cli;

import io.saltus.app.Saltus;
import io.saltus.app.control.BesideMessage;
import io.saltus.app.jumps.JumpFinder;
import io.saltus.app.jumps.RunAnalysis;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import io.saltus.persistence.runs.BesideStream;
import java.util.List;

/** Looks for the jumps of runs that have come to their end, and journals what it finds. */
final class JumpSearch {

  private final Invocation invocation;

  JumpSearch(Invocation invocation) {
    this.invocation = invocation;
  }

  /** The run is complete and durable, whatever becomes of its analysis. */
  void of(Saltus saltus, RunId run) {
    try (Reading reading = Reading.open(invocation);
        JumpFinder finder = JumpFinder.start()) {
      RunAnalysis analysis = finder.analyse(reading.runs(), run, List.of());
      saltus.record(new BesideMessage<>(BesideStream.ANALYSIS, run, analysis.event(saltus.code())));
    } catch (Refusal nothingToAnalyse) {
      // A run without an accuracy and a loss is as complete as any.
    } catch (RuntimeException e) {
      invocation.warn("no jumps were looked for: " + e.getMessage());
    }
  }
}

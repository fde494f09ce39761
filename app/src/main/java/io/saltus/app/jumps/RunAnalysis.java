package io.saltus.app.jumps;

import io.saltus.analysis.jump.JumpSettings;
import io.saltus.analysis.jump.MetricSeries;
import io.saltus.analysis.jump.RunContext;
import io.saltus.analysis.jump.RunJumps;
import io.saltus.analysis.jump.SeriesResult;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AnalysisEvent.AnalysisCompleted;
import io.saltus.experiment.event.AnalysisEvent.Parameter;
import io.saltus.experiment.provenance.CodeProvenance;
import java.util.List;

/**
 * A run, and what was found in its series.
 *
 * @param series as they were read, in the order of the results
 * @param context what was known beside them
 * @param untilStep the last step that was seen
 * @param untilSequence the last event that was seen
 */
public record RunAnalysis(
    RunId run,
    RunJumps found,
    List<MetricSeries> series,
    RunContext context,
    long untilStep,
    long untilSequence) {

  /** Copies the list. */
  public RunAnalysis {
    series = List.copyOf(series);
  }

  /** What the detector was told, in its own order. */
  public List<Parameter> parameters() {
    JumpSettings settings = found.settings();
    return List.of(
        new Parameter("seed", Long.toString(settings.seed())),
        new Parameter("replicates", Integer.toString(settings.replicates())),
        new Parameter("moreReplicates", Integer.toString(settings.moreReplicates())),
        new Parameter("intervalReplicates", Integer.toString(settings.intervalReplicates())));
  }

  /**
   * The whole result as it is journalled.
   *
   * @param code that found it
   */
  public AnalysisCompleted event(CodeProvenance code) {
    return new AnalysisCompleted(
        found.detector(),
        found.version(),
        parameters(),
        untilStep,
        untilSequence,
        found.series().stream().map(SeriesResult::tested).toList(),
        found.jumps(),
        found.changePoints(),
        code);
  }
}

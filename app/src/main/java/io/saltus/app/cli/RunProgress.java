package io.saltus.app.cli;

import io.saltus.actors.RunListener;
import io.saltus.app.report.RunPlot;
import io.saltus.app.text.ProgressLine;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Shows how far a run has come and what its monitor saw, from what is durable. */
final class RunProgress implements RunListener {

  private final ProgressLine line;
  private final JumpRemarks remarks = new JumpRemarks();
  private final Map<String, Double> latest = new LinkedHashMap<>();
  private List<MetricName> shown = List.of();

  RunProgress(ProgressLine line) {
    this.line = line;
  }

  @Override
  public void persisted(RunEvent event, long sequence) {
    if (event instanceof RunEvent.AttemptStarted started) {
      TreeSet<MetricName> names = new TreeSet<>();
      started.catalogue().metrics().stream().map(MetricDescriptor::name).forEach(names::add);
      shown = RunPlot.main(names);
    } else if (event instanceof RunEvent.MetricsRecorded recorded) {
      show(recorded.frame());
    }
  }

  @Override
  public void said(AnalysisEvent event) {
    remarks.said(event);
    line.remark(remarks.text());
  }

  @Override
  public void monitorBehind(long events) {
    remarks.behind(events);
    line.remark(remarks.text());
  }

  private void show(MetricFrame frame) {
    for (MetricName name : shown) {
      frame.column(name).ifPresent(column -> keepLast(name, column));
    }
    line.at(frame.until(), latest);
  }

  private void keepLast(MetricName name, Column column) {
    if (column instanceof ScalarColumn scalar && scalar.size() > 0) {
      latest.put(name.value(), scalar.asDouble(scalar.size() - 1));
    }
  }
}

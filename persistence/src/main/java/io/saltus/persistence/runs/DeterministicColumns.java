package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.persistence.projection.AttemptState;
import io.saltus.persistence.projection.RunState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns that the catalogue of the recording attempt calls deterministic. */
final class DeterministicColumns {

  private record Recorder(RunId run, int attempt) {}

  private final Function<RunId, RunState> states;
  private final Map<Recorder, Set<MetricName>> names = new HashMap<>();

  DeterministicColumns(Function<RunId, RunState> states) {
    this.states = states;
  }

  List<ScalarColumn> of(RecordedFrame recorded) {
    List<ScalarColumn> columns = new ArrayList<>(recorded.frame().columns().size());
    for (Column column : all(recorded)) {
      if (column instanceof ScalarColumn scalar) {
        columns.add(scalar);
      }
    }
    return columns;
  }

  /** Those of all kinds. */
  List<Column> all(RecordedFrame recorded) {
    Set<MetricName> deterministic =
        names.computeIfAbsent(new Recorder(recorded.run(), recorded.attempt()), this::read);
    List<Column> columns = new ArrayList<>(recorded.frame().columns().size());
    for (Column column : recorded.frame().columns()) {
      if (deterministic.contains(column.name())) {
        columns.add(column);
      }
    }
    return columns;
  }

  private Set<MetricName> read(Recorder recorder) {
    return states
        .apply(recorder.run())
        .attempt(recorder.attempt())
        .map(AttemptState::catalogue)
        .map(
            catalogue ->
                catalogue.metrics().stream()
                    .filter(MetricDescriptor::deterministic)
                    .map(MetricDescriptor::name)
                    .collect(Collectors.toSet()))
        .orElse(Set.of());
  }
}

package io.saltus.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much a metric of a step costs in the journal, before compression. */
class FrameSizeTest {

  private static final List<String> EVERY_STEP =
      List.of(
          "train.loss",
          "train.accuracy",
          "validation.loss",
          "validation.accuracy",
          "weight-norm",
          "gradient-norm",
          "learning-rate");
  private static final List<String> EVERY_TENTH = List.of("train-set.loss", "train-set.accuracy");
  private static final List<String> TIMES = List.of("steps-per-second", "wall-seconds");

  @ParameterizedTest
  @ValueSource(ints = {1, 30, 300})
  void the_documented_sizes_are_these(int steps) throws IOException {
    String withTimes = row(steps, true);
    String without = row(steps, false);
    assertThat(Files.readString(Path.of("../docs/formats/frames.md"))).contains(without, withTimes);
  }

  private static String row(int steps, boolean times) {
    MetricFrame frame = frame(3000, steps, times);
    int bytes = EventCodec.ofRuns().encode(new RunEvent.MetricsRecorded(1, frame)).length;
    int values = frame.columns().stream().mapToInt(Column::size).sum();
    return String.format(
        Locale.ROOT,
        "| %d | %s | %d | %d | %.2f |",
        steps,
        times ? "11" : "9",
        values,
        bytes,
        bytes / (double) values);
  }

  private static MetricFrame frame(long from, int size, boolean times) {
    List<Column> columns = new ArrayList<>();
    Steps each = Steps.of(LongStream.range(from, from + size).toArray());
    Steps tenth =
        Steps.of(LongStream.range(from, from + size).filter(step -> step % 10 == 0).toArray());
    EVERY_STEP.forEach(
        name -> columns.add(new F32Column(new MetricName(name), each, new float[size])));
    EVERY_TENTH.forEach(
        name -> columns.add(new F32Column(new MetricName(name), tenth, new float[tenth.size()])));
    if (times) {
      TIMES.forEach(
          name -> columns.add(new F64Column(new MetricName(name), each, new double[size])));
    }
    return new MetricFrame(from, from + size - 1, columns);
  }
}

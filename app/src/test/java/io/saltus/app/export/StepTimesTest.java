package io.saltus.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.ImportOrigin;
import io.saltus.experiment.event.RunEvent.RunImported;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.persistence.runs.RecordedFrame;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** When the steps of an export were, of each kind of run. */
class StepTimesTest {

  private static final RunId RUN = new RunId("one");
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Instant LATER = NOON.plusSeconds(60);

  private static StepTimes of(ImportOrigin origin) {
    RunImported imported =
        new RunImported(
            RUN,
            "log",
            origin,
            new TreeMap<>(),
            Optional.empty(),
            new CodeProvenance("test", Optional.empty(), false, Optional.empty()));
    return new StepTimes(Optional.of(imported), NOON);
  }

  private static RecordedFrame frame(Instant time, Steps steps, double... seconds) {
    MetricName name = MetricName.WALL_SECONDS;
    return new RecordedFrame(
        RUN, 1, 2, time, new MetricFrame(0, 100, List.of(new F64Column(name, steps, seconds))));
  }

  private static List<Double> seconds(StepTimes times, RecordedFrame frame, long... steps) {
    times.enter(frame);
    return LongStream.of(steps)
        .mapToObj(step -> (times.of(step).toEpochMilli() - NOON.toEpochMilli()) / 1e3)
        .toList();
  }

  @Test
  void a_log_has_the_times_that_came_with_it_whenever_it_was_journalled() {
    StepTimes times = of(ImportOrigin.TENSORBOARD);
    assertThat(seconds(times, frame(LATER, Steps.of(1, 3), 0.5, 2.5), 0, 1, 2, 3, 4))
        .containsExactly(0.5, 0.5, 2.5, 2.5, 2.5);
    assertThat(times.notBefore(NOON)).isEqualTo(NOON.plusMillis(2_500));
    assertThat(times.notBefore(LATER)).isEqualTo(LATER);
  }

  @Test
  void a_further_attempt_goes_on_where_the_one_before_it_ended() {
    StepTimes times = of(ImportOrigin.JSONL);
    assertThat(seconds(times, frame(LATER, Steps.of(1, 2), 5, 10), 1, 2))
        .containsExactly(5.0, 10.0);
    assertThat(seconds(times, frame(LATER, Steps.of(3, 4), 1, 3), 3, 4))
        .containsExactly(11.0, 13.0);
  }

  @Test
  void what_is_no_time_is_passed_over() {
    double[] wrong = {1, Double.NaN, -3, 1e300, Double.POSITIVE_INFINITY, 2};
    assertThat(
            seconds(
                of(ImportOrigin.CSV),
                frame(LATER, Steps.of(0, 1, 2, 3, 4, 5), wrong),
                0,
                1,
                2,
                3,
                4,
                5))
        .containsExactly(1.0, 1.0, 1.0, 1.0, 1.0, 2.0);
  }

  @Test
  void steps_that_were_journalled_as_they_came_have_these_times() {
    RecordedFrame frame = frame(LATER, Steps.of(1), 0.5);
    assertThat(seconds(of(ImportOrigin.EXTERNAL), frame, 1)).containsExactly(60.0);
    assertThat(seconds(new StepTimes(Optional.empty(), NOON), frame, 1)).containsExactly(60.0);
  }
}

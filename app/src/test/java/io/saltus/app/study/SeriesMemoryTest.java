package io.saltus.app.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.analysis.jump.MetricKind;
import io.saltus.analysis.jump.MetricSeries;
import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.RunEvent.RunCancelled;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.persistence.projection.RunState;
import io.saltus.testkit.ScriptedProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Series that are asked for again and again. */
class SeriesMemoryTest {

  private static final MetricName LOSS = new MetricName("loss");
  private static final MetricName ACCURACY = new MetricName("accuracy");

  private final SeriesMemory memory = new SeriesMemory();
  private final List<String> read = new ArrayList<>();

  private MetricSeries ask(RunState state, MetricName metric) {
    return memory.of(
        state,
        metric,
        () -> {
          read.add(state.run().orElseThrow() + " " + metric.value() + " " + state.lastSequence());
          return new MetricSeries(
              metric.value(), new double[] {1}, new double[] {2}, MetricKind.OTHER, 0);
        });
  }

  private static RunState submitted(String run) {
    return RunState.empty()
        .apply(
            new RunSubmitted(
                new RunId(run),
                ScriptedProgram.spec(10),
                Sha256.of(new byte[0]),
                new CodeProvenance("0.1.0", Optional.empty(), false, Optional.empty()),
                List.of(),
                Optional.empty()));
  }

  @Test
  void a_series_of_a_run_to_which_nothing_happened_is_read_once() {
    RunState state = submitted("a");

    MetricSeries first = ask(state, LOSS);

    assertThat(ask(state, LOSS)).isSameAs(first);
    ask(state, ACCURACY);
    ask(submitted("b"), LOSS);
    assertThat(read).containsExactly("a loss 1", "a accuracy 1", "b loss 1");
  }

  @Test
  void a_series_is_read_again_once_something_happened_to_its_run() {
    RunState state = submitted("a");
    ask(state, LOSS);

    ask(state.apply(new RunCancelled(0, "enough")), LOSS);

    assertThat(read).containsExactly("a loss 1", "a loss 2");
  }
}

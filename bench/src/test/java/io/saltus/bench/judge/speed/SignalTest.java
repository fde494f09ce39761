package io.saltus.bench.judge.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.analysis.change.ChangeDetection;
import io.saltus.analysis.change.ChangeModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SignalTest {

  @ParameterizedTest
  @CsvSource({"NONE, 0", "TEN, 10", "MANY, 19", "CONSTANT, 0"})
  void signals_have_the_changes_that_they_are_called_after(Signal signal, int changes) {
    double[] values = signal.values(2_000);
    ChangeDetection detection = ChangeDetection.of(values, ChangeModel.MEAN, 1);
    assertThat(detection.penalised(detection.defaultPenalty()).changes()).hasSize(changes);
  }

  @ParameterizedTest
  @EnumSource(Signal.class)
  void all_that_are_timed_find_the_same_optimum(Signal signal) {
    MeanSearch timed = new MeanSearch();
    timed.signal = signal;
    timed.n = 500;
    timed.prepare();
    assertThat(timed.pelt().changePoints()).isEqualTo(timed.search().changePoints());
    assertThat(timed.plain().changePoints()).isEqualTo(timed.search().changePoints());
    assertThat(timed.report().segmentation()).isEqualTo(timed.search());
  }

  @Test
  void detectors_that_are_timed_observe_everything() {
    Watching timed = new Watching();
    timed.begin();
    assertThat(timed.focus()).isPositive();
    assertThat(timed.runLengths()).isBetween(0.0, 1.0);
  }
}

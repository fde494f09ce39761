package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.event.AnalysisEvent.JumpDetected;
import io.saltus.experiment.event.AnalysisEvent.JumpSuspected;
import io.saltus.experiment.event.AnalysisEvent.JumpWithdrawn;
import io.saltus.experiment.jump.Bootstrap;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.JumpKind;
import io.saltus.experiment.jump.Sharp;
import io.saltus.experiment.metric.MetricName;
import java.util.List;
import org.junit.jupiter.api.Test;

class JumpRemarksTest {

  private static final MetricName ACCURACY = MetricName.accuracyOf("validation");
  private static final MetricName LOSS = MetricName.lossOf("validation");

  private final JumpRemarks remarks = new JumpRemarks();

  @Test
  void nothing_is_shown_before_anything_was_said() {
    assertThat(remarks.text()).isEmpty();
  }

  @Test
  void a_suspicion_becomes_a_jump() {
    suspect(ACCURACY, 1_571);
    assertThat(remarks.text()).isEqualTo("jump? validation.accuracy @1,561");
    remarks.said(new JumpDetected("d", 1, ACCURACY, 1_571, 2_000, jump(ACCURACY, 0.03, 0.99)));
    assertThat(remarks.text()).isEqualTo("jump validation.accuracy 0.03→0.99 @1,560");
  }

  @Test
  void what_is_taken_back_is_shown_no_longer_and_what_stood_before_it_is() {
    remarks.said(new JumpDetected("d", 1, LOSS, 1_600, 2_100, jump(LOSS, 4.6, 0.0012)));
    suspect(ACCURACY, 3_000);
    remarks.said(new JumpWithdrawn("d", 1, ACCURACY, 3_000, 4_000, "it went back"));
    assertThat(remarks.text()).isEqualTo("jump validation.loss 4.60→1.2e-03 @1,560");
  }

  @Test
  void a_monitor_that_is_behind_says_so_until_it_has_caught_up() {
    suspect(ACCURACY, 1_571);
    remarks.behind(1_200);
    assertThat(remarks.text()).isEqualTo("jump? validation.accuracy @1,561  monitor 1,200 behind");
    remarks.behind(0);
    assertThat(remarks.text()).isEqualTo("jump? validation.accuracy @1,561");
  }

  private void suspect(MetricName metric, long step) {
    remarks.said(new JumpSuspected("d", 1, metric, step, step - 10, 40, true));
  }

  private static Jump jump(MetricName metric, double before, double after) {
    return new Jump(
        metric.value(),
        JumpKind.UNCLASSIFIED,
        1_500,
        1_560.4,
        1_620,
        Interval.NONE,
        Interval.NONE,
        Interval.NONE,
        before,
        after,
        after - before,
        Interval.NONE,
        0.03,
        Interval.NONE,
        Sharp.YES,
        false,
        false,
        false,
        10,
        0.01,
        0.001,
        0.001,
        new Bootstrap(199, 5, 1),
        Double.NaN,
        List.of(),
        "");
  }
}

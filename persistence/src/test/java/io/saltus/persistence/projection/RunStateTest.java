package io.saltus.persistence.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.persistence.codec.RunStateCodec;
import io.saltus.persistence.codec.Samples;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunStateTest {

  private static final MetricName ACCURACY = MetricName.accuracyOf("validation");
  private static final MetricName NORM = new MetricName("weight-norm");

  @Test
  void a_submitted_run_waits() {
    RunState state = fold(submitted());
    assertThat(state.status()).isEqualTo(RunStatus.QUEUED);
    assertThat(state.step()).isEqualTo(-1);
    assertThat(state.steps()).isEqualTo(8000);
    assertThat(state.exactness().exact()).isEmpty();
  }

  @Test
  void statistics_keep_the_kind_and_leave_nan_out_of_the_extremes() {
    RunState state =
        fold(
            submitted(),
            started(1, -1),
            frame(1, 0, Float.NaN, 0.1f, 0.7f),
            frame(1, 3, -0.25f, Float.NaN));
    MetricStats stats = state.recorded().metrics().get(ACCURACY);
    assertThat(stats.first().text()).isEqualTo("NaN");
    assertThat(stats.last().text()).isEqualTo("NaN");
    assertThat(stats.min().text()).isEqualTo("-0.25");
    assertThat(stats.max().text()).isEqualTo("0.7");
    assertThat(stats.count()).isEqualTo(5);
    assertThat(stats.lastStep()).isEqualTo(4);
  }

  @Test
  void a_series_of_nan_alone_has_no_other_extremes() {
    RunState state = fold(submitted(), started(1, -1), frame(1, 0, Float.NaN, Float.NaN));
    assertThat(state.recorded().metrics().get(ACCURACY).min().text()).isEqualTo("NaN");
  }

  @Test
  void a_level_is_crossed_at_the_first_step_at_it_or_above_in_the_metrics_own_kind() {
    RunState state =
        fold(
            submitted(),
            started(1, -1),
            frame(1, 0, 0.1f, 0.49999997f, 0.5f, 0.2f),
            frame(1, 4, 0.9f, 0.98f));
    assertThat(state.recorded().crossings())
        .containsExactly(new Crossing(ACCURACY, 0.5, 2), new Crossing(ACCURACY, 0.9, 4));
  }

  @Test
  void statistics_do_not_depend_on_how_steps_are_cut_into_frames() {
    float[] values = new float[100];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i * 0.7) * (i % 13 == 0 ? Float.NaN : 1);
    }
    RunState whole = fold(submitted(), started(1, -1), frame(1, 0, values));
    RunState cut = fold(submitted(), started(1, -1));
    MetricFrame frame = frame(1, 0, values).frame();
    for (long from = 0; from < 100; from += 7) {
      cut = cut.apply(new RunEvent.MetricsRecorded(1, frame.between(from, from + 6)));
    }
    assertThat(cut.recorded()).isEqualTo(whole.recorded());
  }

  @Test
  void one_uninterrupted_attempt_is_exact() {
    RunState state =
        fold(
            submitted(),
            started(1, -1),
            frame(1, 0, 0.1f),
            new RunEvent.AttemptEnded(1, AttemptEnd.COMPLETED, ""),
            new RunEvent.RunCompleted(0, Optional.empty()));
    assertThat(state.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(state.exactness()).isEqualTo(exact(true, null));
  }

  @Test
  void a_resumed_run_is_exact_only_after_a_catch_up_in_the_same_environment() {
    RunState paused =
        fold(
            submitted(),
            started(1, -1),
            frame(1, 0, 0.1f, 0.2f),
            new RunEvent.AttemptEnded(1, AttemptEnd.PAUSED, "SIGINT"),
            new RunEvent.RunPaused(1, "SIGINT"));
    assertThat(paused.status()).isEqualTo(RunStatus.PAUSED);
    assertThat(paused.exactness().exact()).contains(true);

    RunState blind = apply(paused, new RunEvent.RunResumed(), started(2, 1), frame(2, 2, 0.3f));
    assertThat(blind.exactness())
        .isEqualTo(
            exact(null, "attempt 2 went on after step 1 without executing recorded steps again"));

    RunState verified =
        apply(paused, started(2, 0), new RunEvent.CatchUpVerified(2, 1, 1), frame(2, 2, 0.3f));
    assertThat(verified.exactness()).isEqualTo(exact(true, null));

    RunState elsewhere =
        apply(
            paused,
            new RunEvent.AttemptStarted(
                2,
                List.of(new DeviceId("cpu", 0)),
                0,
                new Fingerprint(new TreeMap<>(Map.of("isa", "avx2")), new TreeMap<>()),
                Samples.catalogue()),
            new RunEvent.CatchUpVerified(2, 1, 1),
            frame(2, 2, 0.3f));
    assertThat(elsewhere.exactness())
        .isEqualTo(
            exact(null, "attempt 2 ran in another numeric environment: kernel-canary, threads"));
  }

  @Test
  void a_divergence_is_never_exact_again() {
    RunState state =
        fold(
            submitted(),
            started(1, -1),
            frame(1, 0, 0.1f, 0.2f),
            new RunEvent.Diverged(2, 1, "train.loss", "1", "2"),
            new RunEvent.CatchUpVerified(2, 0, 1));
    assertThat(state.exactness())
        .isEqualTo(exact(false, "attempt 2 gave another train.loss at step 1"));
  }

  @Test
  void rewound_history_keeps_what_is_still_true_and_says_that_statistics_are_stale() {
    RunState state =
        fold(
            submitted(),
            started(1, -1),
            frame(1, 0, 0.6f, 0.7f, 0.95f),
            new RunEvent.CheckpointSaved(1, 0, Samples.sha("a"), 10),
            new RunEvent.CheckpointSaved(1, 2, Samples.sha("b"), 10),
            new RunEvent.HistoryRewound(1, 1));
    assertThat(state.step()).isEqualTo(1);
    assertThat(state.recorded().stale()).isTrue();
    assertThat(state.recorded().crossings()).containsExactly(new Crossing(ACCURACY, 0.5, 0));
    assertThat(state.checkpoints()).extracting(CheckpointState::step).containsExactly(0L);
    assertThat(state.exactness().exact()).contains(false);
  }

  @Test
  void rewinding_to_what_is_recorded_anyway_leaves_nothing_stale() {
    RunState state =
        fold(submitted(), started(1, -1), frame(1, 0, 0.6f), new RunEvent.HistoryRewound(1, 0));
    assertThat(state.recorded().stale()).isFalse();
  }

  @Test
  void checkpoints_are_rejected_and_dropped_by_step_and_digest() {
    RunState state =
        fold(
            submitted(),
            new RunEvent.CheckpointSaved(1, 0, Samples.sha("a"), 10),
            new RunEvent.CheckpointSaved(1, 5, Samples.sha("a"), 10),
            new RunEvent.CheckpointSaved(1, 9, Samples.sha("b"), 10),
            new RunEvent.CheckpointRejected(5, Samples.sha("a"), "it is missing"),
            new RunEvent.CheckpointDropped(9, Samples.sha("b")));
    assertThat(state.checkpoints())
        .containsExactly(
            new CheckpointState(1, 0, 10, Samples.sha("a"), true),
            new CheckpointState(1, 5, 10, Samples.sha("a"), false));
  }

  @Test
  void annotations_add_up_and_empty_text_takes_a_word_back() {
    RunState state =
        fold(
            submitted(),
            Samples.runEvents().get("RunAnnotated"),
            new RunEvent.RunAnnotated(
                new TreeMap<>(Map.of("draft", "no")),
                List.of("purpose"),
                Optional.of(""),
                Optional.empty(),
                Optional.of("Again"),
                Optional.of(true)));
    assertThat(state.annotations().tags())
        .containsOnly(Map.entry("draft", "no"), Map.entry("étude", "α"));
    assertThat(state.annotations().note()).isEmpty();
    assertThat(state.annotations().group()).contains("g");
    assertThat(state.annotations().displayName()).contains("Again");
    assertThat(state.annotations().archived()).isTrue();
  }

  @Test
  void extending_sets_until_aside_and_lets_a_completed_run_wait_again() {
    RunState state =
        fold(
            submitted(),
            started(1, -1),
            frame(1, 0, 1f),
            new RunEvent.RunCompleted(0, Optional.empty()),
            new RunEvent.RunExtended(16_000));
    assertThat(state.status()).isEqualTo(RunStatus.QUEUED);
    assertThat(state.steps()).isEqualTo(16_000);
    assertThat(state.recorded().until().rules()).isEmpty();
  }

  @Test
  void a_run_that_is_extended_where_it_rested_at_its_end_had_come_to_its_end_there() {
    RunState resting =
        fold(submitted(), started(1, -1), frame(1, 0, 1f), new RunEvent.RunPaused(0, "disk full"));
    assertThat(apply(resting, new RunEvent.RunExtended(16_000)).completions()).isEmpty();
    RunState shortened =
        fold(
            submitted(),
            new RunEvent.RunExtended(1),
            started(1, -1),
            frame(1, 0, 1f),
            frame(1, 1, 1f),
            new RunEvent.RunPaused(1, "disk full"));
    assertThat(apply(shortened, new RunEvent.RunExtended(16_000)).completions())
        .containsExactly(1L);
  }

  @Test
  void a_failure_is_kept_until_the_run_goes_on() {
    RunState failed = fold(submitted(), started(1, -1), Samples.runEvents().get("RunFailed"));
    assertThat(failed.error())
        .contains(new RunError(AttemptEnd.NON_FINITE, "train.loss is NaN at step 77", 77));
    assertThat(apply(failed, new RunEvent.RunResumed()).error()).isEmpty();
  }

  @Test
  void a_digest_put_beside_the_state_goes_with_the_next_frame() {
    RunState state = fold(submitted(), started(1, -1), frame(1, 0, 0.1f));
    RunState digested = state.withSeriesDigest(Samples.sha("series"));
    assertThat(apply(digested, Samples.runEvents().get("RunAnnotated")).seriesDigest()).isPresent();
    assertThat(apply(digested, frame(1, 1, 0.1f)).seriesDigest()).isEmpty();
  }

  @Test
  void events_out_of_order_are_refused() {
    RunState state = fold(submitted());
    assertThatThrownBy(() -> state.apply(new RunEvent.RunDeleted(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("event 1 cannot follow event 1");
  }

  @Test
  void every_event_leads_to_a_state_that_survives_its_snapshot() {
    RunState state = RunState.empty();
    for (RunEvent event : Samples.runEvents().values()) {
      state = state.apply(event);
    }
    state = apply(state, started(2, 9), frame(2, 110, 0.1f, Float.NaN, 0.5f));
    state = state.withSeriesDigest(Samples.sha("series"));
    RunState read =
        RunStateCodec.decode(RunStateCodec.MANIFEST, ByteBuffer.wrap(RunStateCodec.encode(state)));
    assertThat(read).isEqualTo(state);
    assertThat(read.events()).isEqualTo(Samples.runEvents().size() + 2L);
  }

  @Test
  void the_state_of_a_long_run_stays_small() {
    RunState state = fold(submitted(), started(1, -1));
    int small = RunStateCodec.encode(apply(state, frame(1, 0, new float[100]))).length;
    for (int i = 0; i < 10_000; i++) {
      state = state.apply(frame(1, i * 100L, new float[100]));
    }
    assertThat(state.step()).isEqualTo(999_999);
    assertThat(RunStateCodec.encode(state).length).isLessThan(small + 100);
  }

  private static Exactness exact(Boolean exact, String reason) {
    return new Exactness(Optional.ofNullable(exact), Optional.ofNullable(reason));
  }

  private static RunState fold(RunEvent... events) {
    return apply(RunState.empty(), events);
  }

  private static RunState apply(RunState state, RunEvent... events) {
    RunState next = state;
    for (RunEvent event : events) {
      next = next.apply(event);
    }
    return next;
  }

  private static RunEvent submitted() {
    return Samples.runEvents().get("RunSubmitted");
  }

  private static RunEvent started(int attempt, long fromStep) {
    return new RunEvent.AttemptStarted(
        attempt,
        List.of(new DeviceId("cpu", 0)),
        fromStep,
        Samples.fingerprint(),
        Samples.catalogue());
  }

  private static RunEvent.MetricsRecorded frame(int attempt, long from, float... values) {
    long[] steps = new long[values.length];
    double[] norms = new double[values.length];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = from + i;
      norms[i] = steps[i] * 0.1;
    }
    return new RunEvent.MetricsRecorded(
        attempt,
        new MetricFrame(
            from,
            from + values.length - 1,
            List.of(
                new F32Column(ACCURACY, Steps.of(steps), values),
                new F64Column(NORM, Steps.of(steps), norms))));
  }
}

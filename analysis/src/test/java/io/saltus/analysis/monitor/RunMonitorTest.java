package io.saltus.analysis.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.event.AnalysisEvent.JumpDetected;
import io.saltus.experiment.event.AnalysisEvent.JumpSuspected;
import io.saltus.experiment.event.AnalysisEvent.JumpWithdrawn;
import io.saltus.experiment.event.AnalysisEvent.Remark;
import io.saltus.experiment.jump.Sharp;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RunMonitorTest {

  private static final MetricName ACCURACY = MetricName.accuracyOf("validation");
  private static final MetricName LOSS = MetricName.lossOf("validation");

  /** A jump after 700 steps of memorising, and a loss that stumbles. */
  private static final long END = 1_500;

  @Test
  void a_sharp_rise_is_suspected_while_it_begins_and_detected_when_it_has_stood() {
    List<Remark> said = play(ACCURACY, 4_000, step -> 0.02 + 0.97 * rise(step, 1_500, 0.2));
    JumpSuspected suspected = (JumpSuspected) said.get(0);
    assertThat(suspected.rise()).isTrue();
    assertThat(suspected.step()).isBetween(700L, 1_500L);
    assertThat(suspected.changeStep()).isBetween(500L, suspected.step());
    JumpDetected detected = (JumpDetected) said.get(1);
    assertThat(detected.suspectedStep()).isEqualTo(suspected.step());
    assertThat(detected.step()).isBetween(1_900L, 3_200L);
    assertThat(detected.jump().midpoint()).isBetween(1_430.0, 1_570.0);
    assertThat(detected.jump().after() - detected.jump().before()).isBetween(0.9, 1.0);
    assertThat(detected.jump().sharp()).isEqualTo(Sharp.YES);
    assertThat(said).hasSize(2);
  }

  @Test
  void a_rise_that_is_under_way_when_a_stumble_before_it_is_judged_is_waited_for() {
    List<Remark> said =
        play(ACCURACY, 4_000, step -> (step < 535 ? 0.1 : 0.02) + 0.97 * rise(step, 1_150, 0.25));
    assertThat(((JumpSuspected) said.get(0)).step()).isBetween(535L, 600L);
    JumpDetected detected = (JumpDetected) said.get(1);
    assertThat(detected.jump().midpoint()).isBetween(1_100.0, 1_200.0);
    assertThat(detected.step()).isLessThan(3_000);
  }

  @Test
  void every_step_of_a_staircase_is_found() {
    List<Remark> said =
        play(
            ACCURACY,
            16_000,
            step -> step < 1_000 ? 0.1 : step < 2_500 ? 0.4 : step < 8_000 ? 0.7 : 0.95);
    List<Long> midpoints =
        said.stream()
            .filter(JumpDetected.class::isInstance)
            .map(remark -> Math.round(((JumpDetected) remark).jump().midpoint() / 100) * 100)
            .toList();
    assertThat(midpoints).containsExactly(1_000L, 2_500L, 8_000L);
  }

  @Test
  void a_loss_counts_in_decades() {
    List<Remark> said =
        play(LOSS, 4_000, step -> Math.pow(10, 3 - 3 * rise(step, 1_500, 0.2)) * (1 + noise(step)));
    assertThat(said.get(0)).isInstanceOf(JumpSuspected.class);
    JumpDetected detected = (JumpDetected) said.get(1);
    assertThat(detected.jump().before()).isBetween(900.0, 1_100.0);
    assertThat(detected.jump().after()).isBetween(0.9, 1.1);
  }

  @Test
  void what_goes_back_is_taken_back() {
    List<Remark> said = play(ACCURACY, 6_000, step -> step > 1_500 && step < 1_600 ? 0.3 : 0.9);
    assertThat(withdrawal(said)).startsWith("it went back: from 0.9");
  }

  @Test
  void what_is_small_is_taken_back() {
    assertThat(withdrawal(play(ACCURACY, 6_000, step -> step < 1_500 ? 0.5 : 0.55)))
        .isEqualTo("it is not large: 5 % of the range so far, 1.00, at least 20 %");
  }

  @Test
  void what_takes_too_long_is_taken_back() {
    List<Remark> said = play(ACCURACY, 8_000, step -> 0.02 + 0.97 * rise(step, 1_500, 1.5));
    assertThat(((JumpWithdrawn) said.get(1)).reason()).startsWith("not sharp: it takes 1.");
    assertThat(said).doesNotHaveAnyElementsOfTypes(JumpDetected.class);
  }

  @Test
  void what_the_run_does_not_live_to_see_is_taken_back_at_its_end() {
    List<Remark> said = play(ACCURACY, 2_000, step -> 0.02 + 0.97 * rise(step, 1_750, 0.05));
    assertThat(withdrawal(said))
        .matches("the level after it, from step 18\\d\\d on, is too short.*");
    assertThat(said.get(1).step()).isEqualTo(1_999);
  }

  @Test
  void nothing_is_said_of_drift_and_noise() {
    assertThat(play(LOSS, 50_000, step -> 3 / Math.sqrt(step + 1.0) * (1 + noise(step)))).isEmpty();
    assertThat(play(ACCURACY, 50_000, step -> 0.7)).isEmpty();
  }

  @Test
  void only_accuracies_and_losses_that_come_out_the_same_are_watched() {
    RunMonitor monitor = new RunMonitor();
    monitor.watch(
        new Catalogue(
            List.of(
                descriptor("train.loss", ColumnKind.F32, true),
                descriptor("weight-norm", ColumnKind.F64, true),
                descriptor("steps-per-second", ColumnKind.F64, false),
                descriptor("parts.accuracy", ColumnKind.VECTOR, true),
                descriptor("validation.accuracy", ColumnKind.F32, true),
                descriptor("test.accuracy", ColumnKind.F32, false))));
    assertThat(monitor.watched())
        .containsExactly(new MetricName("train.loss"), new MetricName("validation.accuracy"));
  }

  @Property(tries = 8, seed = "20261126")
  void however_the_values_come_in_frames_the_same_is_said(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 600) int most) {
    SplittableRandom random = new SplittableRandom(seed);
    RunMonitor monitor = watching();
    List<Remark> said = new ArrayList<>();
    for (long from = 0; from < END; ) {
      long until = Math.min(END - 1, from + random.nextInt(most));
      said.addAll(monitor.observe(frame(from, until)));
      from = until + 1;
    }
    assertThat(said).isEqualTo(undisturbed());
  }

  @Property(tries = 8, seed = "20261126")
  void what_is_rewound_is_taken_back_and_what_is_recorded_again_is_said_again(
      @ForAll @LongRange(min = 1, max = END - 1) long reached,
      @ForAll @LongRange(min = 0, max = END) long back) {
    long toStep = Math.max(0, reached - back);
    RunMonitor monitor = watching();
    List<Remark> before = monitor.observe(frame(0, reached));
    List<Remark> taken = monitor.rewind(toStep, frames -> frames.accept(frame(0, toStep)));
    assertThat(taken).allMatch(remark -> ((JumpWithdrawn) remark).step() == reached);
    List<Remark> standing = new ArrayList<>();
    for (Remark remark : before) {
      standing.removeIf(earlier -> isSame(earlier, remark));
      if (!(remark instanceof JumpWithdrawn)) {
        standing.add(remark);
      }
    }
    assertThat(taken.stream().map(Remark::suspectedStep))
        .isEqualTo(
            standing.stream()
                .filter(remark -> remark.step() > toStep)
                .map(Remark::suspectedStep)
                .toList());
    List<Remark> again = new ArrayList<>();
    if (toStep < END - 1) {
      again.addAll(monitor.observe(frame(toStep + 1, END - 1)));
    }
    assertThat(again)
        .isEqualTo(undisturbed().stream().filter(remark -> remark.step() > toStep).toList());
  }

  private static boolean isSame(Remark earlier, Remark later) {
    return earlier.metric().equals(later.metric())
        && earlier.suspectedStep() == later.suspectedStep();
  }

  private static List<Remark> undisturbed;

  /** What is said of the whole in one frame; something is. */
  private static synchronized List<Remark> undisturbed() {
    if (undisturbed == null) {
      undisturbed = watching().observe(frame(0, END - 1));
      assertThat(undisturbed).hasAtLeastOneElementOfType(JumpDetected.class);
    }
    return undisturbed;
  }

  private static RunMonitor watching() {
    RunMonitor monitor = new RunMonitor();
    monitor.watch(
        new Catalogue(
            List.of(
                descriptor(ACCURACY.value(), ColumnKind.F64, true),
                descriptor(LOSS.value(), ColumnKind.F64, true))));
    return monitor;
  }

  private static MetricFrame frame(long from, long until) {
    return new MetricFrame(
        from,
        until,
        List.of(
            column(ACCURACY, from, until, step -> 0.02 + 0.97 * rise(step, 700, 0.05)),
            column(LOSS, from, until, step -> step > 610 && step < 650 ? 8 : 1)));
  }

  private static List<Remark> play(MetricName metric, long end, LongToDoubleFunction curve) {
    RunMonitor monitor = new RunMonitor();
    monitor.watch(new Catalogue(List.of(descriptor(metric.value(), ColumnKind.F64, true))));
    List<Remark> said = new ArrayList<>();
    for (long from = 0; from < end; from += 4_096) {
      long until = Math.min(end, from + 4_096) - 1;
      said.addAll(
          monitor.observe(
              new MetricFrame(from, until, List.of(column(metric, from, until, curve)))));
    }
    said.addAll(monitor.end(end - 1));
    return said;
  }

  /** The reason of what is taken back after the only suspicion. */
  private static String withdrawal(List<Remark> said) {
    assertThat(said).hasSize(2);
    assertThat(said.get(0)).isInstanceOf(JumpSuspected.class);
    return ((JumpWithdrawn) said.get(1)).reason();
  }

  private static Column column(
      MetricName metric, long from, long until, LongToDoubleFunction curve) {
    long[] steps = LongStream.rangeClosed(from, until).toArray();
    return new F64Column(
        metric,
        Steps.of(steps),
        LongStream.of(steps).mapToDouble(s -> curve.applyAsDouble(s) + 0.1 * noise(s)).toArray());
  }

  /** Normal, with deviation 0.05; a function of the step. */
  private static double noise(long step) {
    return 0.05 * new SplittableRandom(1_000 + step).nextGaussian();
  }

  private static double rise(long step, double midpoint, double width) {
    return 1 / (1 + Math.exp((Math.log10(midpoint) - Math.log10(step + 1)) * 4.394 / width));
  }

  private static MetricDescriptor descriptor(String name, ColumnKind kind, boolean deterministic) {
    int width = kind.isScalar() ? 1 : 2;
    return new MetricDescriptor(
        new MetricName(name), "", kind, width, "", "every step", deterministic, true);
  }
}

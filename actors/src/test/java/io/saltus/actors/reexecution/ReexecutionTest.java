package io.saltus.actors.reexecution;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.session.UntilProgress;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.runs.StepRange;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history executed again: what is compared, what is found, and what counts as a difference. */
class ReexecutionTest {

  private static final MetricName LOSS = new MetricName("train.loss");
  private static final MetricName ACCURACY = new MetricName("train.accuracy");
  private static final ExperimentSpec SPEC = ScriptedProgram.spec(105);

  @TempDir private Path directory;
  private CheckpointStore checkpoints;
  private final SortedMap<Long, Sha256> saved = new TreeMap<>();

  @BeforeEach
  void open() {
    checkpoints = CheckpointStore.at(directory);
  }

  @Test
  void a_whole_history_is_the_same_again_and_everything_is_counted() throws Exception {
    List<MetricFrame> frames = record(Script.learning(), 7, 0, 50, 105);
    Reexecution again = again(Script.learning(), frames, 105);
    assertThat(again.from()).isZero();
    assertThat(all(again, 16)).isEmpty();
    assertThat(again.steps()).isEqualTo(106);
    assertThat(again.states()).isEqualTo(3);
    assertThat(again.metrics()).isEqualTo(5);
    assertThat(again.done()).isTrue();
  }

  @Test
  void parts_of_any_size_compare_the_same_and_end_at_saved_states() throws Exception {
    List<MetricFrame> frames = record(Script.learning(), 7, 50);
    for (long part : new long[] {1, 3, 64, 1000}) {
      assertThat(all(again(Script.learning(), frames, 105), part)).as("%d", part).isEmpty();
    }
    Reexecution again = again(Script.learning(), frames, 105);
    again.advance(1000);
    assertThat(again.step()).isEqualTo(50);
  }

  @Test
  void a_changed_value_is_found_at_its_very_step_with_its_metric() throws Exception {
    List<MetricFrame> frames = changed(record(Script.learning(), 7), LOSS, 61, bits -> bits ^ 1);
    Difference difference = all(again(Script.learning(), frames, 105), 16).orElseThrow();
    assertThat(difference.step()).isEqualTo(61);
    assertThat(difference.subject()).isEqualTo("train.loss");
    assertThat(difference.recorded()).isNotEqualTo(difference.recomputed());
  }

  @Test
  void of_several_differences_the_first_step_counts_and_there_the_first_name() throws Exception {
    List<MetricFrame> frames = record(Script.learning(), 7);
    frames = changed(frames, LOSS, 40, bits -> bits ^ 1);
    frames = changed(frames, ACCURACY, 44, bits -> bits ^ 1);
    frames = changed(frames, LOSS, 45, bits -> bits ^ 1);
    assertThat(all(again(Script.learning(), frames, 105), 16))
        .hasValueSatisfying(found -> assertThat(found.step()).isEqualTo(40));
    List<MetricFrame> both =
        changed(
            changed(record(Script.learning(), 7), LOSS, 44, bits -> bits ^ 1),
            ACCURACY,
            44,
            bits -> bits ^ 1);
    assertThat(all(again(Script.learning(), both, 105), 16))
        .hasValueSatisfying(found -> assertThat(found.subject()).isEqualTo("train.accuracy"));
  }

  @Test
  void a_metric_that_is_there_only_once_differs() throws Exception {
    List<MetricFrame> frames = record(Script.learning(), 7);
    List<MetricFrame> without = frames.stream().map(frame -> without(frame, ACCURACY)).toList();
    assertThat(all(again(Script.learning(), without, 105), 16))
        .hasValueSatisfying(
            found -> {
              assertThat(found.step()).isEqualTo(1);
              assertThat(found.subject()).isEqualTo("train.accuracy");
              assertThat(found.recorded()).isEqualTo("none");
            });
    Script fewer = without(Script.learning(), ACCURACY);
    assertThat(all(again(fewer, frames, 105), 16))
        .hasValueSatisfying(
            found -> {
              assertThat(found.step()).isEqualTo(1);
              assertThat(found.subject()).isEqualTo("train.accuracy");
              assertThat(found.recomputed()).isEqualTo("none");
            });
  }

  @Test
  void nans_with_other_payloads_differ_and_are_told_apart() throws Exception {
    List<MetricFrame> frames =
        changed(record(Script.learning(), 7), ACCURACY, 20, bits -> 0x7fc00001);
    Script nan = Script.learning().differing(ACCURACY, 20, Double.NaN, 1);
    Difference difference = all(again(nan, frames, 105), 16).orElseThrow();
    assertThat(difference.step()).isEqualTo(20);
    assertThat(difference.recorded()).isEqualTo("NaN (bits 7fc00001)");
    assertThat(difference.recomputed()).isEqualTo("NaN (bits 7fc00000)");
  }

  @Test
  void zero_and_negative_zero_differ() throws Exception {
    List<MetricFrame> frames = record(Script.learning().differing(LOSS, 30, -0.0, 1), 7);
    Script zero = Script.learning().differing(LOSS, 30, 0.0, 1);
    Difference difference = all(again(zero, frames, 105), 16).orElseThrow();
    assertThat(difference.step()).isEqualTo(30);
    assertThat(difference.recorded()).isNotEqualTo(difference.recomputed()).startsWith("-0");
  }

  @Test
  void a_state_that_differs_is_named_by_its_tensor_while_its_file_is_there() throws Exception {
    List<MetricFrame> frames = record(Script.learning().withState(3), 7, 50);
    Difference named = all(again(Script.learning(), frames, 105), 16).orElseThrow();
    assertThat(named.step()).isEqualTo(50);
    assertThat(named.subject()).isEqualTo("tensor state");
    checkpoints.delete(saved.get(50L));
    Difference unnamed = all(again(Script.learning(), frames, 105), 16).orElseThrow();
    assertThat(unnamed.subject()).isEqualTo("state");
    assertThat(unnamed.recorded()).isEqualTo(saved.get(50L).hex());
  }

  @Test
  void what_stops_at_a_value_that_is_not_finite_is_a_difference() throws Exception {
    List<MetricFrame> frames = record(Script.learning(), 7);
    Script infinite = Script.learning().differing(LOSS, 33, Double.POSITIVE_INFINITY, 1);
    assertThat(all(again(infinite, frames, 105), 16))
        .hasValueSatisfying(
            found -> {
              assertThat(found.step()).isEqualTo(33);
              assertThat(found.recomputed()).isEqualTo("Infinity");
            });
  }

  /** Plays a script to the end and saves the state after some steps. */
  private List<MetricFrame> record(Script script, long chunk, long... states) throws Exception {
    List<MetricFrame> frames = new ArrayList<>();
    try (TrainingSession session = session(script)) {
      for (long first = 0; first <= 105; first = session.step() + 1) {
        long last = Math.min(105, first + chunk - 1);
        for (long state : states) {
          last = state >= first ? Math.min(last, state) : last;
        }
        frames.add(session.run(new Chunk(first, last, 105, UntilProgress.of(List.of()))));
        for (long state : states) {
          if (state == last) {
            saved.put(
                state, checkpoints.save(session.read(new HashSet<>(session.variables()))).sha256());
          }
        }
      }
    }
    return frames;
  }

  private Reexecution again(Script script, List<MetricFrame> frames, long until) {
    return new Reexecution(session(script), new Kept(frames, saved), checkpoints, until);
  }

  private static Optional<Difference> all(Reexecution again, long part) {
    while (!again.done()) {
      Optional<Difference> difference = again.advance(part).difference();
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private static TrainingSession session(Script script) {
    return new ScriptedProgram(script)
        .open(new SessionRequest(SPEC, List.of(new DeviceId("cpu", 0)), new TreeMap<>()));
  }

  private static Script without(Script script, MetricName metric) {
    return new Script(
        script.scripted().stream().filter(each -> !each.name().equals(metric)).toList(),
        script.mishaps(),
        script.opening(),
        script.beforeStep(),
        script.deviations(),
        script.canaries(),
        script.stateValues());
  }

  private static MetricFrame without(MetricFrame frame, MetricName metric) {
    return new MetricFrame(
        frame.from(),
        frame.until(),
        frame.columns().stream().filter(column -> !column.name().equals(metric)).toList());
  }

  /** With the bits of a 32-bit metric changed at a step. */
  private static List<MetricFrame> changed(
      List<MetricFrame> frames, MetricName metric, long step, UnaryOperator<Integer> bits) {
    List<MetricFrame> changed = new ArrayList<>();
    for (MetricFrame frame : frames) {
      List<Column> columns = new ArrayList<>();
      for (Column column : frame.columns()) {
        columns.add(
            column.name().equals(metric) && frame.from() <= step && step <= frame.until()
                ? changed((ScalarColumn) column, step, bits)
                : column);
      }
      changed.add(new MetricFrame(frame.from(), frame.until(), columns));
    }
    return changed;
  }

  private static Column changed(ScalarColumn column, long step, UnaryOperator<Integer> bits) {
    float[] values = new float[column.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) column.asDouble(i);
      if (column.steps().at(i) == step) {
        values[i] = Float.intBitsToFloat(bits.apply(Float.floatToRawIntBits(values[i])));
      }
    }
    return new F32Column(column.name(), column.steps(), values);
  }

  /** A history that lies in memory. */
  private record Kept(List<MetricFrame> all, SortedMap<Long, Sha256> states)
      implements RecordedHistory {

    @Override
    public RunState state() {
      return RunState.empty().apply(new RunEvent.RunExtended(105));
    }

    @Override
    public Iterator<MetricFrame> frames(StepRange range) {
      return all.stream().flatMap(frame -> range.cut(frame).stream()).iterator();
    }

    @Override
    public SortedMap<Long, Sha256> savedStates(StepRange range) {
      return new TreeMap<>(states).subMap(range.from(), range.until() + 1);
    }

    @Override
    public SortedMap<Integer, Instant> ends() {
      return new TreeMap<>();
    }

    @Override
    public void close() {}
  }
}

package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saltus.app.cli.Console.Outcome;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.persistence.tensorboard.EventFileReader;
import io.saltus.persistence.tensorboard.EventFileWriter;
import io.saltus.persistence.tensorboard.ScalarValue;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wall times of event files come in as {@code wall-seconds}, and go out again. */
class TensorBoardTimesTest {

  private static final Instant BEGIN = Instant.parse("2024-02-29T23:59:58.125Z");

  @TempDir Path directory;
  private Console console;

  @BeforeEach
  void anEmptyHome() {
    console = new Console(directory);
  }

  /** A value of a tag, so many milliseconds after the beginning of the file. */
  private record Value(long millis, String tag, long step, double value) {}

  private Path log(String name, Instant begin, Value... values) throws IOException {
    Path file =
        Files.createDirectories(directory.resolve(name)).resolve("events.out.tfevents.1.elsewhere");
    try (EventFileWriter writer =
        new EventFileWriter(new BufferedOutputStream(Files.newOutputStream(file)), begin)) {
      for (Value each : values) {
        writer
            .step(each.step, begin.plusMillis(each.millis))
            .add(
                each.tag,
                new F64Column(new MetricName("m"), Steps.of(each.step), new double[] {each.value}),
                0)
            .write();
      }
    }
    return file;
  }

  private Outcome imported(String name) {
    Outcome outcome = console.run("import", "--from", "tensorboard", name, "--format", "json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome;
  }

  private String seconds(String run) {
    return console.run("metrics", run, "--metric", "wall-seconds").out();
  }

  @Test
  void an_import_has_the_seconds_since_the_first_event_at_its_steps() throws IOException {
    log(
        "log",
        BEGIN,
        new Value(250, "loss", 0, 2.5),
        new Value(2_000, "loss", 10, 1.5),
        new Value(2_750, "accuracy", 10, 0.5),
        new Value(90_061_001, "loss", 20, 0.5));
    String run = ImportingTest.run(imported("log").out());
    assertThat(seconds(run)).isEqualTo("step,wall-seconds\n0,0.25\n10,2\n20,90061.001\n");
    assertThat(console.run("metrics", run, "--metric", "loss").out())
        .isEqualTo("step,loss\n0,2.5\n10,1.5\n20,0.5\n");
  }

  @Test
  void times_are_in_no_digest() throws IOException {
    log("quick", BEGIN, new Value(1, "loss", 0, 2.5), new Value(2, "loss", 1, 0.5));
    log("slow", BEGIN, new Value(9, "loss", 0, 2.5), new Value(9_000, "loss", 1, 0.5));
    assertThat(ImportingTest.digest(imported("quick").out()))
        .isEqualTo(ImportingTest.digest(imported("slow").out()));
  }

  @Test
  void a_tag_of_that_name_says_it_itself() throws IOException {
    log("log", BEGIN, new Value(250, "loss", 0, 2.5), new Value(500, "wall-seconds", 0, 7));
    assertThat(seconds(ImportingTest.run(imported("log").out())))
        .isEqualTo("step,wall-seconds\n0,7\n");
  }

  @Test
  void a_log_without_times_gets_none_and_one_whose_clock_went_back_is_told_so() throws IOException {
    log("timeless", Instant.EPOCH, new Value(0, "loss", 0, 2.5), new Value(0, "loss", 1, 0.5));
    String run = ImportingTest.run(imported("timeless").out());
    assertThat(console.run("metrics", run).lines().get(0)).isEqualTo("step,loss");
    log(
        "back",
        BEGIN,
        new Value(4_000, "loss", 0, 2.5),
        new Value(1_000, "loss", 1, 1.5),
        new Value(5_000, "loss", 2, 0.5));
    Outcome back = imported("back");
    assertThat(back.err()).contains("1 steps have no time: the clock went back before them");
    assertThat(seconds(ImportingTest.run(back.out()))).isEqualTo("step,wall-seconds\n0,4\n2,5\n");
  }

  @Test
  void an_export_of_it_has_its_times_and_comes_back_with_them() throws IOException {
    log(
        "log",
        BEGIN,
        new Value(250, "loss", 0, 2.5),
        new Value(2_001, "loss", 10, 1.5),
        new Value(90_061_001, "loss", 20, 0.5));
    Outcome first = imported("log");
    String run = ImportingTest.run(first.out());
    assertThat(console.run("export", run, "--to", "tensorboard", "--out", "board").code()).isZero();

    SortedMap<Long, Double> times = wallTimes(directory.resolve("board").resolve(run));
    assertThat(times.keySet()).containsExactly(0L, 10L, 20L);
    assertThat(times.get(10L) - times.get(0L)).isCloseTo(1.751, within(1e-6));
    assertThat(times.get(20L) - times.get(10L)).isCloseTo(90_059, within(1e-6));

    Outcome again = imported("board");
    assertThat(seconds(ImportingTest.run(again.out()))).isEqualTo(seconds(run));
    assertThat(ImportingTest.digest(again.out())).isEqualTo(ImportingTest.digest(first.out()));
  }

  @Test
  void a_run_that_was_computed_here_comes_back_with_the_seconds_that_it_recorded()
      throws IOException {
    assertThat(console.run("run", Scripted.spec(directory), "--name", "one").code()).isZero();
    assertThat(console.run("export", "one", "--to", "tensorboard", "--out", "board").code())
        .isZero();
    assertThat(seconds(ImportingTest.run(imported("board").out()))).isEqualTo(seconds("one"));
  }

  /** By step, of the only file of a directory. */
  private static SortedMap<Long, Double> wallTimes(Path of) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(of)) {
      files = all.toList();
    }
    assertThat(files).hasSize(1);
    SortedMap<Long, Double> times = new TreeMap<>();
    new EventFileReader(files.get(0))
        .read(
            new EventFileReader.Listener() {
              private double now;

              @Override
              public void event(double wallTime) {
                now = wallTime;
              }

              @Override
              public void scalar(String tag, long step, ScalarValue value) {
                times.put(step, now);
              }

              @Override
              public void parameter(String name, String text) {}

              @Override
              public void other(String what) {}

              @Override
              public void longRecord() {}
            });
    return times;
  }
}

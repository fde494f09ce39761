package io.saltus.bench.resume;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksReaders;
import io.saltus.persistence.runs.RecordedEvent;
import io.saltus.persistence.runs.RunReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;

/** A run in a process of the launcher's, followed through its journal; closing it kills it. */
final class LaunchedRun implements AutoCloseable {

  private static final String NAME = "killed";
  private static final RunId RUN = new RunId(NAME);
  private static final long POLL_MILLIS = 20;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final Path home;
  private final Instant begun = Instant.now();
  private final Process process;
  private final StringJoiner phases = new StringJoiner(", ");

  private LaunchedRun(Path home, String... command) throws IOException {
    this.home = home;
    this.process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
  }

  static LaunchedRun begin(Path home) throws IOException {
    return new LaunchedRun(
        home, launcher(), "run", "grokking", "--name", NAME, "--home", home.toString(), "--quiet");
  }

  static LaunchedRun goOn(Path home) throws IOException {
    return new LaunchedRun(home, launcher(), "resume", NAME, "--home", home.toString(), "--quiet");
  }

  private static String launcher() {
    String launcher = System.getProperty("saltus.launcher");
    if (launcher == null) {
      throw new IllegalStateException("-Dsaltus.launcher must name the launcher: use bench/run");
    }
    return launcher;
  }

  /** Waits until an attempt has recorded a step. */
  void awaitStep(int attempt, long step) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    try (JournalReader journal = RocksReaders.open(Home.at(home).journal())) {
      long next = 1;
      while (System.nanoTime() < end) {
        Iterator<RecordedEvent> events = new RunReader(journal).events(RUN, next, Long.MAX_VALUE);
        while (events.hasNext()) {
          RecordedEvent recorded = events.next();
          next = recorded.sequence() + 1;
          note(recorded);
          if (recorded.event() instanceof RunEvent.MetricsRecorded metrics
              && metrics.attempt() == attempt
              && metrics.frame().until() >= step) {
            return;
          }
        }
        if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException("the run ended early with " + process.exitValue());
        }
        journal.refresh();
      }
    }
    throw new IllegalStateException("attempt " + attempt + " did not record step " + step);
  }

  /** When after the start of the process what was handed to the journal. */
  private void note(RecordedEvent recorded) {
    if (recorded.time().isAfter(begun) && phases.length() < 200) {
      phases.add(
          "%s %d ms"
              .formatted(
                  recorded.event().getClass().getSimpleName(),
                  Duration.between(begun, recorded.time()).toMillis()));
    }
  }

  /** The first events of this process and when they came, and the processor time it has used. */
  String phases() {
    return "%s; %d ms of processor time"
        .formatted(phases, process.info().totalCpuDuration().map(Duration::toMillis).orElse(-1L));
  }

  /** By a signal that cannot be caught: the launcher has become the JVM. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}

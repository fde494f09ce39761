package io.saltus.bench.storm.ground;

import io.saltus.bench.storm.child.Fact;
import io.saltus.bench.storm.child.Line;
import io.saltus.bench.storm.child.Line.Phase;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A child process, and what it promised so far. */
public final class Running implements AutoCloseable {

  private static final Duration AFTER_DEATH = Duration.ofSeconds(20);

  private final Process process;
  private final Promises promises = new Promises();
  private final Thread reader;

  Running(Process process) {
    this.process = process;
    reader = new Thread(this::read, "storm-promises");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        // A cut line is the last word of a killed process: it promised nothing.
        Line.text(line).ifPresent(this::note);
      }
    } catch (IOException e) {
      // The pipe broke with the process: what was read is what was promised.
      promises.end();
    }
    promises.end();
  }

  private void note(String text) {
    Line.fact(text).ifPresentOrElse(promises::add, () -> promises.reach(Phase.valueOf(text)));
  }

  /** What it promised so far; all of it once it has ended. */
  public Promises promises() {
    return promises;
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /**
   * Waits until it has promised something, has ended, or the time is over.
   *
   * @return whether it has promised that
   */
  public boolean await(Predicate<Promises> promised, Duration longest) throws InterruptedException {
    return promises.await(promised, longest);
  }

  /** Waits for a fact, such as the first frame. */
  public boolean awaitFact(Predicate<Fact> fact, Duration longest) throws InterruptedException {
    return await(all -> all.facts().stream().anyMatch(fact), longest);
  }

  /** Ends it with SIGKILL. */
  public Promises kill() throws InterruptedException {
    // Not through Process, which would close its output, with the last promises in it.
    process.toHandle().destroyForcibly();
    process.waitFor();
    return drained();
  }

  /** Sends it a signal by its short name. */
  public void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
  }

  /**
   * Waits for its end.
   *
   * @return its status
   * @throws BrokenPromiseException when it does not end in time; it is killed then
   */
  public int status(Duration longest) throws InterruptedException {
    if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
      throw new BrokenPromiseException(
          "the child did not end within " + longest.toSeconds() + " s");
    }
    drained();
    return process.exitValue();
  }

  private Promises drained() throws InterruptedException {
    reader.join(AFTER_DEATH.toMillis());
    return promises;
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
  }
}

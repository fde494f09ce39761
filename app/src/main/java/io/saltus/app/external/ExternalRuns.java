package io.saltus.app.external;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent.ImportOrigin;
import io.saltus.experiment.event.RunEvent.RunAnnotated;
import io.saltus.experiment.event.RunEvent.RunImported;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.persistence.home.Ballast;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.runs.ImportedRunWriter;
import io.saltus.persistence.runs.RecordedEvent;
import io.saltus.persistence.runs.RunReader;
import java.time.Clock;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The runs that other programs compute, in the process that holds the home. Whatever is written
 * about one of them goes through here, so that its stream has one writer.
 *
 * <p>Futures fail with {@link io.saltus.persistence.runs.RunNotFoundException} where there is no
 * such run, and with {@link io.saltus.actors.RefusedException} where it cannot be done as the run
 * stands; methods throw {@link BusyException} when too much waits already. Nothing is told before
 * it is on disk.
 */
public final class ExternalRuns implements AutoCloseable {

  private final RocksStore store;
  private final Home home;
  private final Clock clock;
  private final Supplier<CodeProvenance> code;
  private final Function<String, RunId> names;
  private final Lanes lanes;

  /**
   * @param store open for writing; stays the caller's to close, after this
   * @param home that it is the journal of
   * @param clock tells the time that stands beside each event
   * @param nanoTime a monotonic clock in nanoseconds
   * @param code of this process
   * @param names a fresh one for a run of an experiment
   */
  public ExternalRuns(
      RocksStore store,
      Home home,
      Clock clock,
      LongSupplier nanoTime,
      Supplier<CodeProvenance> code,
      Function<String, RunId> names) {
    this.store = store;
    this.home = home;
    this.clock = clock;
    this.code = code;
    this.names = names;
    this.lanes = new Lanes(run -> OpenRun.of(store, clock, run), nanoTime);
  }

  /**
   * Begins one.
   *
   * @return its name, a fresh one
   * @throws io.saltus.persistence.home.HomeException when there is no room for a run
   */
  public synchronized RunId begin(ExternalRun wanted) {
    Ballast.of(home).require();
    RunId run = names.apply(wanted.experiment());
    ImportedRunWriter writer =
        ImportedRunWriter.begin(
            store,
            clock,
            new RunImported(
                run,
                wanted.experiment(),
                ImportOrigin.EXTERNAL,
                wanted.parameters(),
                Optional.empty(),
                code.get()),
            wanted.words());
    // Nobody else knows of it yet, so this writer is the only one.
    if (!wanted.metrics().metrics().isEmpty()) {
      writer.start(wanted.metrics());
    }
    writer.flush();
    return run;
  }

  /**
   * Records metrics of further steps. Values that are recorded already may come again; metrics that
   * the run did not have yet simply join it.
   *
   * @param frame of doubles
   */
  public CompletableFuture<Progress> record(RunId run, MetricFrame frame) {
    return lanes.submit(
        run,
        false,
        open -> {
          Ballast.of(home).require();
          return open.record(frame);
        });
  }

  /**
   * Says what became of a run; saying so again changes nothing.
   *
   * @param cause {@link AttemptEnd#COMPLETED} when it came to its end
   * @param message what went wrong; else empty
   */
  public CompletableFuture<Progress> end(RunId run, AttemptEnd cause, String message) {
    return lanes.submit(run, false, open -> open.end(cause, message));
  }

  /** Puts people's words on a run. */
  public CompletableFuture<Progress> annotate(RunId run, RunAnnotated words) {
    return lanes.submit(run, false, open -> open.annotate(words));
  }

  /** Deletes a run, also one whose program is still at work: its next frame finds none. */
  public CompletableFuture<Progress> delete(RunId run) {
    return lanes.submit(run, true, OpenRun::delete);
  }

  /** Whether a run is one of these. */
  public boolean isOne(RunId run) {
    try (JournalReader journal = store.reader()) {
      Iterator<RecordedEvent> first = new RunReader(journal).events(run, 1, 1);
      return first.hasNext()
          && first.next().event() instanceof RunImported imported
          && imported.origin() == ImportOrigin.EXTERNAL;
    }
  }

  /** Does what waits. */
  @Override
  public void close() {
    lanes.close();
  }
}

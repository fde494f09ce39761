package io.saltus.app;

import io.saltus.app.jumps.JumpFinder;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AnalysisEvent.AnalysisCompleted;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.runs.BesideStream;
import io.saltus.persistence.runs.BesideStreams;
import io.saltus.persistence.runs.KeptDigests;
import io.saltus.persistence.runs.RunReader;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is made of a run once it is complete: its digest is kept for those who list it, and its
 * jumps are looked for and journalled. The run is complete and durable, whatever becomes of that.
 */
final class RunConclusion implements AutoCloseable {

  private final RocksStore store;
  private final Clock clock;
  private final Supplier<CodeProvenance> code;
  private final JumpFinder finder = JumpFinder.start();

  RunConclusion(RocksStore store, Clock clock, Supplier<CodeProvenance> code) {
    this.store = store;
    this.clock = clock;
    this.code = code;
  }

  /** Whether that is done. */
  boolean isDrawn(RunId run) {
    try (JournalReader journal = store.reader()) {
      return new RunReader(journal)
          .beside(run, BesideStream.ANALYSIS)
          .last(AnalysisCompleted.class)
          .isPresent();
    }
  }

  /**
   * Draws it; a run without an accuracy and a loss has no jumps to look for.
   *
   * @throws RuntimeException saying what could not be done
   */
  void draw(RunId run) {
    keepDigest(run);
    findJumps(run);
  }

  /** Keeps the digest of a run that has come to rest. */
  void keepDigest(RunId run) {
    KeptDigests.keep(store, run, clock.instant()).join();
  }

  /** Looks for the jumps of a run, and journals what is found. */
  void findJumps(RunId run) {
    try (JournalReader journal = store.reader()) {
      Saltus.await(
          new BesideStreams(store, clock)
              .append(
                  BesideStream.ANALYSIS,
                  run,
                  finder.analyse(new RunReader(journal), run, List.of()).event(code.get())));
    } catch (Refusal nothingToAnalyse) {
      return;
    }
  }

  @Override
  public void close() {
    finder.close();
  }
}

package io.saltus.app.imports;

import io.saltus.actors.RefusedException;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent.RunImported;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.persistence.home.Ballast;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.runs.ImportedRunWriter;
import io.saltus.persistence.runs.KeptDigests;
import io.saltus.persistence.runs.RunReader;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Journals runs that were computed elsewhere, in the process that holds the home. */
public final class Imports {

  private final RocksStore store;
  private final Home home;
  private final Clock clock;
  private final Supplier<CodeProvenance> code;
  private final Function<String, RunId> names;
  private final Set<RunId> underWay = ConcurrentHashMap.newKeySet();

  /**
   * @param store open for writing; stays the caller's to close
   * @param home that it is the journal of
   * @param clock tells the time that stands beside each event
   * @param code of this process
   * @param names a fresh one for a run of an experiment
   */
  public Imports(
      RocksStore store,
      Home home,
      Clock clock,
      Supplier<CodeProvenance> code,
      Function<String, RunId> names) {
    this.store = store;
    this.home = home;
    this.clock = clock;
    this.code = code;
    this.names = names;
  }

  /**
   * Journals runs, one after the other; when one fails those before it stay.
   *
   * @return their names
   * @throws Refusal when one cannot be read any more, or did not come out as its source says
   * @throws io.saltus.persistence.home.HomeException when there is no room for a run
   */
  public List<RunId> bring(List<ForeignRun> runs) {
    Ballast.of(home).require();
    List<RunId> brought = new ArrayList<>();
    for (ForeignRun run : runs) {
      brought.add(bring(run));
    }
    return brought;
  }

  private synchronized RunId bring(ForeignRun foreign) {
    RunId run = names.apply(foreign.experiment());
    underWay.add(run);
    try {
      ImportedRunWriter writer =
          ImportedRunWriter.begin(
              store,
              clock,
              new RunImported(
                  run,
                  foreign.experiment(),
                  foreign.origin(),
                  foreign.parameters(),
                  Optional.of(foreign.source()),
                  code.get()),
              foreign.words());
      pour(foreign, writer);
      return concluded(run, foreign);
    } finally {
      underWay.remove(run);
    }
  }

  private static void pour(ForeignRun foreign, ImportedRunWriter writer) {
    try {
      foreign
          .frames()
          .pour(
              new FrameSink() {
                @Override
                public void start(Catalogue catalogue) {
                  writer.start(catalogue);
                }

                @Override
                public void add(MetricFrame frame) {
                  writer.add(frame);
                }
              });
    } catch (IOException e) {
      writer.end(AttemptEnd.EXCEPTION, "the source could not be read to its end");
      throw new Refusal(
          ExitCode.FAILED,
          new Problem("the source cannot be read any more", String.valueOf(e.getMessage()), ""),
          e);
    } catch (Refusal e) {
      writer.end(AttemptEnd.EXCEPTION, "the source is not what it was at first");
      throw e;
    }
    writer.end(AttemptEnd.COMPLETED, "");
  }

  private RunId concluded(RunId run, ForeignRun foreign) {
    try (JournalReader journal = store.reader()) {
      RunReader runs = new RunReader(journal);
      if (runs.state(run).step() < 0) {
        return run;
      }
      KeptDigests.keep(store, run, clock.instant()).join();
      Sha256 digest = runs.digest(run);
      if (foreign.digest().filter(expected -> !expected.equals(digest)).isPresent()) {
        throw Refusal.failed(
            "the series of %s came out otherwise than its source says".formatted(run),
            "digest " + digest,
            "Export it again; saltus delete %s takes this one away.".formatted(run));
      }
      return run;
    }
  }

  /**
   * Looks whether others may have words put on a run.
   *
   * @throws RefusedException when a run is being imported: its stream can have one writer only
   */
  public void refuseUnderWay(RunId run) {
    if (underWay.contains(run)) {
      throw new RefusedException("run " + run + " is being imported: wait until it is there");
    }
  }
}

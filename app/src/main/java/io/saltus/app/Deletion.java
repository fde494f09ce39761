package io.saltus.app;

import io.saltus.actors.RefusedException;
import io.saltus.actors.Supervision;
import io.saltus.app.external.ExternalRuns;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.WorkerErrors;
import io.saltus.persistence.index.RunIndexFile;
import io.saltus.persistence.index.RunSummary;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.series.SeriesIndexes;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes runs and studies that nothing else needs. */
final class Deletion {

  private static final Logger LOG = LoggerFactory.getLogger(Deletion.class);

  private final RocksStore store;
  private final Home home;
  private final Supervision supervision;
  private final Studies studies;
  private final ExternalRuns external;

  /**
   * @param external who deletes those runs that other programs compute
   */
  Deletion(
      RocksStore store,
      Home home,
      Supervision supervision,
      Studies studies,
      ExternalRuns external) {
    this.store = store;
    this.home = home;
    this.supervision = supervision;
    this.studies = studies;
    this.external = external;
  }

  /** As {@link Saltus#delete(RunId)}. */
  void of(RunId run) {
    refuseNeeded(List.of(run));
    delete(run);
  }

  /** As {@link Saltus#delete(StudyId)}. */
  void of(StudyId study) {
    studies.requireAtRest(study);
    List<RunId> runs = studies.ownRuns(study);
    refuseNeeded(runs);
    runs.forEach(this::delete);
    studies.noteDeleted(study);
  }

  private void delete(RunId run) {
    if (external.isOne(run)) {
      Saltus.await(external.delete(run));
    } else {
      Saltus.await(supervision.delete(run));
    }
    try {
      SeriesIndexes.of(home).delete(run);
    } catch (IOException e) {
      // It is of no use to anybody, and 'gc' tries again.
      LOG.info("the index of the series of {} is left behind: {}", run, e.getMessage());
    }
    try {
      WorkerErrors.of(home).delete(run);
    } catch (IOException e) {
      LOG.warn("what workers of {} said last is left in logs/: {}", run, e.getMessage());
    }
  }

  private void refuseNeeded(List<RunId> runs) {
    List<RunSummary> all = summaries();
    for (RunId run : runs) {
      List<String> forks =
          all.stream()
              .filter(each -> each.parent().filter(run::equals).isPresent())
              .map(RunSummary::run)
              .filter(fork -> !runs.contains(fork))
              .map(RunId::value)
              .toList();
      if (!forks.isEmpty()) {
        throw new RefusedException(
            "run %s cannot be deleted while a fork refers to it: %s"
                .formatted(run, String.join(", ", forks)));
      }
    }
  }

  private List<RunSummary> summaries() {
    try (JournalReader journal = store.reader()) {
      return new RunReader(journal, RunIndexFile.at(home.runIndex())).summaries().runs();
    }
  }
}

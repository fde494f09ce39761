package io.saltus.app;

import io.saltus.actors.RefusedException;
import io.saltus.actors.Supervision;
import io.saltus.app.external.ExternalRuns;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.persistence.index.RunIndexFile;
import io.saltus.persistence.index.RunSummary;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.runs.RunReader;
import java.nio.file.Path;
import java.util.List;

/** Deletes runs and studies that nothing else needs. */
final class Deletion {

  private final RocksStore store;
  private final Path index;
  private final Supervision supervision;
  private final Studies studies;
  private final ExternalRuns external;

  /**
   * @param index the file of the index of runs
   * @param external who deletes those runs that other programs compute
   */
  Deletion(
      RocksStore store,
      Path index,
      Supervision supervision,
      Studies studies,
      ExternalRuns external) {
    this.store = store;
    this.index = index;
    this.supervision = supervision;
    this.studies = studies;
    this.external = external;
  }

  /** As {@link Saltus#delete(RunId)}. */
  void of(RunId run) {
    refuseNeeded(List.of(run));
    if (external.isOne(run)) {
      Saltus.await(external.delete(run));
    } else {
      Saltus.await(supervision.delete(run));
    }
  }

  /** As {@link Saltus#delete(StudyId)}. */
  void of(StudyId study) {
    studies.requireAtRest(study);
    List<RunId> runs = studies.ownRuns(study);
    refuseNeeded(runs);
    runs.forEach(run -> Saltus.await(supervision.delete(run)));
    studies.noteDeleted(study);
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
      return new RunReader(journal, RunIndexFile.at(index)).summaries().runs();
    }
  }
}

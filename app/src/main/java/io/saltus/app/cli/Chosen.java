package io.saltus.app.cli;

import io.saltus.app.report.RunView;
import io.saltus.app.study.StudyView;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.StudyEvent.RunAssigned;
import io.saltus.persistence.projection.StudyState;
import io.saltus.persistence.studies.StudyReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a command line means, each once.
 *
 * @param studies by name
 * @param runs by name, none of which stands in one of the studies
 */
record Chosen(List<StudyId> studies, List<RunId> runs) {

  Chosen {
    studies = List.copyOf(studies);
    runs = List.copyOf(runs);
  }

  /** What texts mean, in their order. */
  static Chosen named(Reading reading, List<String> texts) {
    List<StudyId> studies = new ArrayList<>();
    List<RunId> runs = new ArrayList<>();
    for (String text : texts) {
      Optional<StudyId> study = reading.findStudy(text);
      study.ifPresentOrElse(studies::add, () -> runs.add(reading.resolve(text)));
    }
    return new Chosen(studies.stream().distinct().toList(), runs.stream().distinct().toList())
        .withoutMembers(reading);
  }

  /** Everything whose status, as a word, is wanted. */
  static Chosen all(Reading reading, Set<String> wanted) {
    List<StudyId> studies =
        reading.studies().list().stream()
            .filter(entry -> wanted.contains(StudyView.status(entry.state(), reading.atWork())))
            .map(StudyReader.Entry::study)
            .toList();
    List<RunId> runs =
        reading.views().stream()
            .filter(view -> wanted.contains(view.status()))
            .map(RunView::run)
            .map(RunId::new)
            .toList();
    return new Chosen(studies, runs).withoutMembers(reading);
  }

  /** What is not in the hands of the process that holds the home. */
  Chosen inNobodysHands(Reading reading) {
    if (!reading.held()) {
      return this;
    }
    return new Chosen(
        studies.stream().filter(study -> !reading.isInHand(study.value())).toList(),
        runs.stream().filter(run -> !reading.isInHand(run.value())).toList());
  }

  /** The runs of a study are the study's to care for; those that it only looks at are not. */
  private Chosen withoutMembers(Reading reading) {
    Set<RunId> members = new HashSet<>();
    for (StudyId study : studies) {
      StudyState state = reading.studies().state(study);
      for (RunAssigned assigned : state.assignments().all()) {
        if (!assigned.reused()) {
          members.add(assigned.run());
        }
      }
    }
    return new Chosen(studies, runs.stream().filter(run -> !members.contains(run)).toList());
  }

  int size() {
    return studies.size() + runs.size();
  }

  boolean isEmpty() {
    return size() == 0;
  }
}

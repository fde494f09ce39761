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
import java.util.function.Predicate;

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

  /** Everything whose status, as a word, fits. */
  static Chosen all(Reading reading, Predicate<String> status) {
    List<StudyId> studies =
        reading.studies().list().stream()
            .filter(entry -> status.test(StudyView.status(entry.state(), reading.held())))
            .map(StudyReader.Entry::study)
            .toList();
    List<RunId> runs =
        reading.views().stream()
            .filter(view -> status.test(view.status()))
            .map(RunView::run)
            .map(RunId::new)
            .toList();
    return new Chosen(studies, runs).withoutMembers(reading);
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

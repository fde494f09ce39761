package io.saltus.app;

import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.persistence.read.JournalReader;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a home. Commands take runs and studies alike, so the two share their names; and a
 * study must find those of its runs free. Names of what was deleted stay taken.
 */
final class TakenNames {

  private static final Pattern OF_STUDY = Pattern.compile("(.+)\\.[1-9][0-9]*");

  private final JournalReader journal;

  TakenNames(JournalReader journal) {
    this.journal = journal;
  }

  /** Whether a run or a study has this name. */
  boolean isTaken(String name) {
    return has("run|" + name) || has("study|" + name);
  }

  private boolean has(String stream) {
    return journal.highestSequence(stream) > 0;
  }

  /**
   * @throws Refusal when a person cannot give a run this name
   */
  void requireFree(RunId run) {
    refuseTaken(run.value());
    refuseOfStudy(run.value());
  }

  /**
   * @throws Refusal when a person cannot give a study this name
   */
  void requireFree(StudyId study) {
    String name = study.value();
    refuseTaken(name);
    refuseOfStudy(name);
    Optional<String> inTheWay =
        journal.persistenceIds().stream()
            .filter(
                stream ->
                    stream.startsWith("run|" + name + ".")
                        || stream.startsWith("study|" + name + "."))
            .map(stream -> stream.substring(stream.indexOf('|') + 1))
            .filter(other -> OF_STUDY.matcher(other).matches())
            .findFirst();
    inTheWay.ifPresent(
        other -> {
          throw refuse("'" + other + "', which its runs would need, is taken", name);
        });
  }

  private void refuseTaken(String name) {
    if (has("run|" + name)) {
      throw refuse("there is a run of this name already", name);
    } else if (has("study|" + name)) {
      throw refuse("there is a study of this name already", name);
    }
  }

  private void refuseOfStudy(String name) {
    Matcher matcher = OF_STUDY.matcher(name);
    if (matcher.matches() && has("study|" + matcher.group(1))) {
      throw refuse("the runs of study " + matcher.group(1) + " have such names", name);
    }
  }

  private static Refusal refuse(String what, String name) {
    return Refusal.wrong(what, "--name " + name, "Choose another name.");
  }
}

package io.saltus.app.server.live;

import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody wants to hear of.
 *
 * @param runs whether of all runs, at a glance
 * @param devices whether of the devices
 * @param run of every event of these
 * @param studies that something about these changed
 */
public record Topics(boolean runs, boolean devices, Set<RunId> run, Set<StudyId> studies) {

  private static final String RUN = "run:";
  private static final String STUDY = "study:";

  /** Copies the sets. */
  public Topics {
    run = Set.copyOf(run);
    studies = Set.copyOf(studies);
  }

  /**
   * Reads them: {@code runs}, {@code devices}, {@code run:ID}, {@code study:ID}.
   *
   * @return empty where one is none of these
   */
  public static Optional<Topics> parse(List<String> words) {
    boolean runs = false;
    boolean devices = false;
    Set<RunId> run = new HashSet<>();
    Set<StudyId> studies = new HashSet<>();
    for (String word : words) {
      if (word.equals("runs")) {
        runs = true;
      } else if (word.equals("devices")) {
        devices = true;
      } else if (word.startsWith(RUN) && RunId.isValid(word.substring(RUN.length()))) {
        run.add(new RunId(word.substring(RUN.length())));
      } else if (word.startsWith(STUDY) && StudyId.isValid(word.substring(STUDY.length()))) {
        studies.add(new StudyId(word.substring(STUDY.length())));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new Topics(runs, devices, run, studies));
  }

  boolean wantsEvents() {
    return !run.isEmpty();
  }

  /** Whether every event of that stream is wanted. */
  boolean wantsEvents(StreamName stream) {
    return stream.isOfRun() && RunId.isValid(stream.id()) && run.contains(new RunId(stream.id()));
  }
}

package io.saltus.app;

import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Gives runs short names that sort by experiment and day: {@code grokking-20261123-7k3f}. */
final class RunIds {

  /** Without vowels, so that no words arise, and without what is misread: 0 o 1 l. */
  private static final String ALPHABET = "23456789bcdfghjkmnpqrstvwxz";

  private static final int SUFFIX = 4;
  private static final int LONGEST = 63;
  private static final int LONGEST_OF_STUDY = 40;

  private final Clock clock;
  private final RandomGenerator random;

  RunIds(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** A name for a study that is not {@code taken}, with room for the numbers of its runs. */
  StudyId nextStudy(String experiment, Predicate<StudyId> taken) {
    String question = experiment.substring(0, Math.min(LONGEST_OF_STUDY, experiment.length()));
    return new StudyId(next(question, name -> taken.test(new StudyId(name.value()))).value());
  }

  /** A name that is not {@code taken}. */
  RunId next(String experiment, Predicate<RunId> taken) {
    String day =
        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
            .format(DateTimeFormatter.BASIC_ISO_DATE);
    int room = LONGEST - day.length() - SUFFIX - 2;
    String question = experiment.substring(0, Math.min(room, experiment.length()));
    RunId id = new RunId(question + "-" + day + "-" + suffix());
    while (taken.test(id)) {
      id = new RunId(question + "-" + day + "-" + suffix());
    }
    return id;
  }

  private String suffix() {
    StringBuilder suffix = new StringBuilder();
    for (int i = 0; i < SUFFIX; i++) {
      suffix.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return suffix.toString();
  }
}

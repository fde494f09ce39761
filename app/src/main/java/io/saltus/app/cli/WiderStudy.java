package io.saltus.app.cli;

import io.saltus.app.problem.Refusal;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecSchema;
import io.saltus.experiment.spec.SpecSetting;
import io.saltus.experiment.spec.Study;
import io.saltus.experiment.spec.StudyPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * A study with more seeds or more values of its axes, or other expectations. Nothing may change
 * what its runs compute: those that are there would no longer be runs of it.
 */
final class WiderStudy {

  private static final Pattern RANGE = Pattern.compile("(\\d{1,18})\\.\\.(\\d{1,18})");
  private static final long MOST_SEEDS = 1000;

  private final List<Program> programs;
  private final ExperimentSpec before;

  WiderStudy(List<Program> programs, ExperimentSpec before) {
    this.programs = programs;
    this.before = before;
  }

  /**
   * The wider one.
   *
   * @param name as problems show it
   * @param settings of the command line
   * @param more seeds, as {@code 6,7} or {@code 6..10}
   */
  ExperimentSpec with(String name, List<String> settings, Optional<String> more) {
    SpecChoice choice = new SpecChoice(name).set(settings);
    if (more.isPresent()) {
      settings.forEach(WiderStudy::refuseSeeds);
    }
    more.ifPresent(text -> choice.flag("--add-seeds", "study.seeds", Optional.of(seeds(text))));
    ExperimentSpec after = choice.change(before, programs);
    check(after);
    return after;
  }

  /** Of two lists of seeds one would be dropped in silence. */
  private static void refuseSeeds(String setting) {
    if (SpecSetting.parse(setting).touches("study.seeds")) {
      throw Refusal.wrong(
          "'--set " + setting + "' and --add-seeds both give seeds",
          "--add-seeds",
          "Give all of them with one of the two.");
    }
  }

  private String seeds(String text) {
    List<Long> all = new ArrayList<>(StudyPlan.of(before, SpecSchema.of(programs)).seeds());
    for (String part : text.split(",", -1)) {
      Matcher range = RANGE.matcher(part.strip());
      if (range.matches()) {
        long from = Long.parseLong(range.group(1));
        long until = Long.parseLong(range.group(2));
        if (until < from || until - from >= MOST_SEEDS) {
          throw Refusal.wrong(
              "'" + part + "' is no range of seeds", "--add-seeds", "Write it as 6..10.");
        }
        LongStream.rangeClosed(from, until).filter(seed -> !all.contains(seed)).forEach(all::add);
      } else {
        long seed = Arguments.whole("--add-seeds", part.strip(), 0, Long.MAX_VALUE);
        if (!all.contains(seed)) {
          all.add(seed);
        }
      }
    }
    return all.toString();
  }

  private void check(ExperimentSpec after) {
    Study old = before.study().orElseThrow();
    Study wide =
        after
            .study()
            .orElseThrow(() -> Refusal.wrong("it would be no study any longer", "--set study", ""));
    if (!computed(before).equals(computed(after)) || !old.held().equals(wide.held())) {
      throw refuse("change what its runs compute");
    }
    if (!wide.axes().keySet().equals(old.axes().keySet())
        || !wide.zip().equals(old.zip())
        || !wide.when().equals(old.when())) {
      throw refuse("change which axes it has, or how they go together");
    }
    for (String path : old.axes().keySet()) {
      if (!wide.values(path).containsAll(old.values(path))) {
        throw refuse("take a value of " + path + " away");
      }
    }
    SpecSchema schema = SpecSchema.of(programs);
    if (!StudyPlan.of(after, schema).seeds().containsAll(StudyPlan.of(before, schema).seeds())) {
      throw refuse("take a seed away");
    }
  }

  private static SortedMap<String, String> computed(ExperimentSpec spec) {
    SortedMap<String, String> paths = new TreeMap<>(spec.paths());
    paths.keySet().removeIf(path -> path.equals("title") || path.startsWith("plot."));
    return paths;
  }

  private static Refusal refuse(String what) {
    return Refusal.wrong(
        "that would " + what,
        "--set",
        "A study that is there can get more seeds, more values and other expectations.");
  }
}

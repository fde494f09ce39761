package io.saltus.app.report;

import io.saltus.app.text.Figures;
import io.saltus.app.text.Printable;
import io.saltus.app.text.TextTable;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.ShortestDecimal;
import io.saltus.experiment.event.RunEvent.ImportOrigin;
import io.saltus.experiment.event.RunEvent.RunImported;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.spec.UntilRule;
import io.saltus.persistence.projection.Annotations;
import io.saltus.persistence.projection.Crossing;
import io.saltus.persistence.projection.Exactness;
import io.saltus.persistence.projection.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A run as text for people, at most 80 columns wide. */
public final class RunText {

  private static final List<Double> LEVELS = List.of(0.5, 0.9, 0.99);

  private RunText() {}

  /** Name and status, what it is, its metrics. */
  public static List<String> summary(RunView view) {
    List<String> lines = new ArrayList<>();
    lines.add(headline(view));
    reason(view).forEach(line -> lines.add("  " + Printable.of(line)));
    lines.add("");
    lines.addAll(facts(view));
    lines.add("");
    lines.addAll(metrics(view.state()));
    return lines;
  }

  /** What people have said about it, on one line. */
  public static String words(RunView view) {
    Annotations words = view.state().annotations();
    StringBuilder line = new StringBuilder(view.run());
    words.displayName().ifPresent(name -> line.append("  name: ").append(Printable.of(name)));
    if (!words.tags().isEmpty()) {
      line.append("  tags: ").append(Printable.of(tags(words.tags())));
    }
    words.note().ifPresent(note -> line.append("  note: ").append(Printable.of(note)));
    return line + (words.archived() ? "  archived" : "");
  }

  /** When each accuracy first passed the levels; none when no accuracy did. */
  public static List<String> crossings(RunState state) {
    SortedMap<MetricName, Map<Double, Long>> passed = new TreeMap<>();
    for (Crossing crossing : state.recorded().crossings()) {
      passed
          .computeIfAbsent(crossing.metric(), name -> new TreeMap<>())
          .put(crossing.level(), crossing.step());
    }
    if (passed.isEmpty()) {
      return List.of();
    }
    TextTable table = TextTable.of("first step at or above", ">0.5", ">0.9", ">0.99");
    passed.forEach(
        (name, steps) ->
            table.row(
                name.value(),
                step(steps, LEVELS.get(0)),
                step(steps, LEVELS.get(1)),
                step(steps, LEVELS.get(2))));
    return table.lines();
  }

  private static String step(Map<Double, Long> steps, Double level) {
    Long step = steps.get(level);
    return step == null ? "never" : Figures.whole(step);
  }

  private static String headline(RunView view) {
    RunState state = view.state();
    String at =
        state.step() < 0
            ? "before step 0 of " + Figures.whole(state.steps())
            : "at step " + Figures.whole(state.step()) + " of " + Figures.whole(state.steps());
    String shown =
        state.annotations().displayName().map(name -> " (" + Printable.of(name) + ")").orElse("");
    return view.run() + shown + ": " + view.status() + " " + at;
  }

  private static List<String> reason(RunView view) {
    List<String> lines = new ArrayList<>();
    view.state()
        .recorded()
        .until()
        .met()
        .ifPresent(met -> lines.add("until " + rule(met.rule()) + " was met"));
    view.state()
        .error()
        .ifPresent(error -> lines.add(error.cause().text() + ": " + error.message()));
    return lines;
  }

  static String rule(UntilRule rule) {
    String bound = rule.bound() == UntilRule.Bound.AT_LEAST ? " ≥ " : " ≤ ";
    String steps = rule.forSteps() > 1 ? " for " + Figures.whole(rule.forSteps()) + " steps" : "";
    return rule.metric() + bound + ShortestDecimal.of(rule.level()) + steps;
  }

  private static List<String> facts(RunView view) {
    RunState state = view.state();
    List<String> lines = new ArrayList<>();
    String title = view.spec().title().isEmpty() ? "" : ": " + view.spec().title();
    lines.add(fact("experiment", view.spec().experiment() + title));
    view.imported()
        .ifPresentOrElse(
            imported -> lines.addAll(origin(imported, view)), () -> lines.add(seed(view, state)));
    lines.add(fact("digest", view.digest().get().map(Sha256::hex).orElse("none yet")));
    lines.add(fact("exact", exact(state.exactness())));
    if (!state.annotations().tags().isEmpty()) {
      lines.add(fact("tags", tags(state.annotations().tags())));
    }
    state.annotations().note().ifPresent(note -> lines.add(fact("note", note)));
    return lines;
  }

  private static String notEnded(RunImported imported) {
    return imported.origin() == ImportOrigin.EXTERNAL
        ? ", has not ended, "
        : ", not all of it: the import is under way, or was broken off and has to be made anew, ";
  }

  private static List<String> origin(RunImported imported, RunView view) {
    List<String> lines = new ArrayList<>();
    lines.add(
        fact(
            "origin",
            imported.origin().name().toLowerCase(Locale.ROOT)
                + (view.isOpen() ? notEnded(imported) : ", ")
                + count(view.state().events(), "event")));
    if (!imported.parameters().isEmpty()) {
      lines.add(fact("parameters", tags(imported.parameters())));
    }
    return lines;
  }

  private static String seed(RunView view, RunState state) {
    return fact(
        "seed",
        view.spec().seeds().init()
            + ", device "
            + view.device()
            + ", "
            + count(state.attempts().size(), "attempt")
            + ", "
            + count(state.events(), "event"));
  }

  static String tags(Map<String, String> tags) {
    List<String> pairs = new ArrayList<>();
    tags.forEach((key, value) -> pairs.add(key + "=" + value));
    return String.join(" ", pairs);
  }

  private static String exact(Exactness exactness) {
    String reason = exactness.reason().map(text -> ": " + text).orElse("");
    return exactness.exact().map(exact -> exact ? "yes" : "no").orElse("unproved") + reason;
  }

  private static String count(long number, String noun) {
    return Figures.whole(number) + " " + noun + (number == 1 ? "" : "s");
  }

  private static String fact(String name, String value) {
    return String.format(Locale.ROOT, "%-11s %s", name, Printable.of(value));
  }

  private static List<String> metrics(RunState state) {
    TextTable table = TextTable.of("metric", ">first", ">last", ">min", ">max", ">count");
    state
        .recorded()
        .metrics()
        .forEach(
            (name, stats) ->
                table.row(
                    name.value(),
                    Figures.real(stats.first().asDouble()),
                    Figures.real(stats.last().asDouble()),
                    Figures.real(stats.min().asDouble()),
                    Figures.real(stats.max().asDouble()),
                    Figures.whole(stats.count())));
    return table.lines();
  }
}

package io.saltus.app.report;

import io.saltus.actors.reexecution.Difference;
import io.saltus.actors.reexecution.SeriesComparison;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.spec.SpecDifference;
import io.saltus.persistence.projection.AttemptState;
import io.saltus.persistence.projection.Crossing;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.runs.RunReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Several runs side by side.
 *
 * @param runs at least two
 * @param spec where their specs differ: a value for each run, empty where it has none
 * @param inputs where their inputs differ: a digest for each
 * @param environment where the numeric fields of their first attempts differ
 * @param divergences of each run but the first: where its series first differs from the first's
 * @param crossings first passages: a step for each run, empty where it never got there
 */
public record RunComparison(
    List<RunId> runs,
    SortedMap<String, List<Optional<String>>> spec,
    SortedMap<String, List<Optional<String>>> inputs,
    SortedMap<String, List<Optional<String>>> environment,
    List<Optional<Difference>> divergences,
    Map<Level, List<Optional<Long>>> crossings) {

  /** A level of a metric. */
  public record Level(MetricName metric, double level) implements Comparable<Level> {
    @Override
    public int compareTo(Level other) {
      int byMetric = metric.compareTo(other.metric);
      return byMetric != 0 ? byMetric : Double.compare(level, other.level);
    }
  }

  /** Compares runs with the first of them. */
  public static RunComparison of(RunReader reader, List<RunId> runs) {
    List<RunState> states = runs.stream().map(reader::state).toList();
    List<Optional<Difference>> divergences = new ArrayList<>();
    for (RunId other : runs.subList(1, runs.size())) {
      divergences.add(SeriesComparison.first(reader, runs.get(0), other));
    }
    return new RunComparison(
        runs,
        specs(states),
        differing(states, RunComparison::inputsOf),
        differing(states, RunComparison::environmentOf),
        divergences,
        crossings(states));
  }

  private static SortedMap<String, List<Optional<String>>> specs(List<RunState> states) {
    if (states.stream().anyMatch(state -> state.imported().isPresent())) {
      // Of what was imported there is no spec; what is known of it has names all the same.
      return differing(states, RunState::parameters);
    }
    SortedSet<String> paths = new TreeSet<>();
    for (RunState other : states) {
      SpecDifference.between(spec(states.get(0)).spec(), spec(other).spec())
          .forEach(difference -> paths.add(difference.path()));
    }
    SortedMap<String, List<Optional<String>>> values = new TreeMap<>();
    for (String path : paths) {
      List<Optional<String>> row = new ArrayList<>();
      for (RunState state : states) {
        row.add(valueOf(states, state, path));
      }
      values.put(path, row);
    }
    return values;
  }

  private static Optional<String> valueOf(List<RunState> states, RunState state, String path) {
    // The value stands in the difference from any run that has another.
    for (RunState other : states) {
      for (SpecDifference each : SpecDifference.between(spec(state).spec(), spec(other).spec())) {
        if (each.path().equals(path)) {
          return each.left();
        }
      }
    }
    return Optional.empty();
  }

  private static RunSubmitted spec(RunState state) {
    return state.submission().orElseThrow();
  }

  private static Map<String, String> inputsOf(RunState state) {
    Map<String, String> inputs = new LinkedHashMap<>();
    spec(state).inputs().forEach(input -> inputs.put(input.name(), input.sha256().hex()));
    return inputs;
  }

  private static Map<String, String> environmentOf(RunState state) {
    return state.attempts().stream()
        .findFirst()
        .map(AttemptState::fingerprint)
        .<Map<String, String>>map(fingerprint -> fingerprint.numeric())
        .orElse(Map.of());
  }

  private static SortedMap<String, List<Optional<String>>> differing(
      List<RunState> states, Function<RunState, Map<String, String>> fields) {
    List<Map<String, String>> all = states.stream().map(fields).toList();
    SortedSet<String> names = new TreeSet<>();
    all.forEach(each -> names.addAll(each.keySet()));
    SortedMap<String, List<Optional<String>>> differing = new TreeMap<>();
    for (String name : names) {
      List<Optional<String>> row =
          all.stream().map(each -> Optional.ofNullable(each.get(name))).toList();
      if (row.stream().distinct().count() > 1) {
        differing.put(name, row);
      }
    }
    return differing;
  }

  private static Map<Level, List<Optional<Long>>> crossings(List<RunState> states) {
    SortedSet<Level> levels = new TreeSet<>();
    for (RunState state : states) {
      for (Crossing crossing : state.recorded().crossings()) {
        levels.add(new Level(crossing.metric(), crossing.level()));
      }
    }
    Map<Level, List<Optional<Long>>> steps = new LinkedHashMap<>();
    for (Level level : levels) {
      steps.put(level, states.stream().map(state -> step(state, level)).toList());
    }
    return steps;
  }

  private static Optional<Long> step(RunState state, Level level) {
    return state.recorded().crossings().stream()
        .filter(
            crossing ->
                crossing.metric().equals(level.metric()) && crossing.level() == level.level())
        .map(Crossing::step)
        .findFirst();
  }
}

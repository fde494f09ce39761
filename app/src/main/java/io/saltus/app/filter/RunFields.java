package io.saltus.app.filter;

import io.saltus.app.report.RunView;
import io.saltus.experiment.metric.MetricName;
import io.saltus.persistence.projection.Annotations;
import io.saltus.persistence.projection.MetricStats;
import io.saltus.persistence.projection.RunState;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What can be asked of a run, each as the text that it is shown as: its facts, its tags, every path
 * of its spec, every metric.
 */
public final class RunFields {

  private static final String TAG = "tag.";

  private static final SortedMap<String, Function<RunView, Optional<String>>> FACTS = facts();

  private final RunView view;
  private final SortedMap<String, String> spec;

  private RunFields(RunView view) {
    this.view = view;
    this.spec = view.state().parameters();
  }

  /** Those of a run. */
  public static RunFields of(RunView view) {
    return new RunFields(view);
  }

  private static SortedMap<String, Function<RunView, Optional<String>>> facts() {
    SortedMap<String, Function<RunView, Optional<String>>> facts = new TreeMap<>();
    facts.put("run", view -> Optional.of(view.run()));
    facts.put("name", view -> Optional.of(words(view).displayName().orElse(view.run())));
    facts.put("experiment", view -> Optional.of(view.spec().experiment()));
    facts.put("status", view -> Optional.of(view.status()));
    facts.put("step", view -> Optional.of(Long.toString(view.step())));
    facts.put("steps", view -> Optional.of(Long.toString(view.state().steps())));
    facts.put("seed", view -> ofOurs(view).map(ours -> Long.toString(ours.spec().seeds().init())));
    facts.put("device", view -> ofOurs(view).map(RunView::device));
    facts.put("attempts", view -> Optional.of(Integer.toString(view.state().attempts().size())));
    facts.put("events", view -> Optional.of(Long.toString(view.state().events())));
    facts.put("exact", view -> view.state().exactness().exact().map(exact -> exact.toString()));
    facts.put("error", view -> view.state().error().map(error -> error.cause().text()));
    facts.put("parent", view -> view.state().parent().map(parent -> parent.run().value()));
    facts.put("note", view -> words(view).note());
    facts.put("archived", view -> Optional.of(Boolean.toString(words(view).archived())));
    return Collections.unmodifiableSortedMap(facts);
  }

  /** What nobody knows of an imported run is missing. */
  private static Optional<RunView> ofOurs(RunView view) {
    return view.imported().isPresent() ? Optional.empty() : Optional.of(view);
  }

  private static Annotations words(RunView view) {
    return view.state().annotations();
  }

  /** Whether it makes sense to ask this run for a key, whatever it has for it. */
  public boolean has(String key) {
    return FACTS.containsKey(key) || get(key).isPresent();
  }

  /** The text for a key; empty where the run has none. */
  public Optional<String> get(String key) {
    Function<RunView, Optional<String>> fact = FACTS.get(key);
    if (fact != null) {
      return fact.apply(view);
    }
    if (isTag(key)) {
      return Optional.ofNullable(words(view).tags().get(key.substring(TAG.length())));
    }
    String set = spec.get(key);
    return set == null ? metric(key) : Optional.of(set);
  }

  /** A metric's last value; also its first, last, least, greatest and count, by their names. */
  private Optional<String> metric(String key) {
    RunState state = view.state();
    Optional<MetricStats> whole = stats(state, key);
    if (whole.isPresent()) {
      return whole.map(stats -> stats.last().text());
    }
    return stats(state, metricOf(key))
        .flatMap(
            stats ->
                switch (key.substring(key.lastIndexOf('.') + 1)) {
                  case "first" -> Optional.of(stats.first().text());
                  case "last" -> Optional.of(stats.last().text());
                  case "min" -> Optional.of(stats.min().text());
                  case "max" -> Optional.of(stats.max().text());
                  case "count" -> Optional.of(Long.toString(stats.count()));
                  default -> Optional.empty();
                });
  }

  private static Optional<MetricStats> stats(RunState state, String metric) {
    return MetricName.isValid(metric)
        ? Optional.ofNullable(state.recorded().metrics().get(new MetricName(metric)))
        : Optional.empty();
  }

  /** The metric of a key that asks for one of its statistics, else the key itself. */
  public static String metricOf(String key) {
    return key.replaceFirst("\\.(first|last|min|max|count)$", "");
  }

  /** Whether a key names a tag; every word can. */
  public static boolean isTag(String key) {
    return key.startsWith(TAG) && key.length() > TAG.length();
  }

  /** All keys of this run, without the statistics of metrics. */
  public SortedSet<String> keys() {
    SortedSet<String> keys = new TreeSet<>(FACTS.keySet());
    keys.addAll(spec.keySet());
    view.state().recorded().metrics().keySet().forEach(name -> keys.add(name.value()));
    words(view).tags().keySet().forEach(tag -> keys.add(TAG + tag));
    return keys;
  }
}

package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.experiment.spec.Nearest;
import io.saltus.persistence.index.RunSummary;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.read.StoredEvent;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds the run that a user means. */
final class RunNames {

  private static final String LAST = "@last";
  private static final int LISTED = 10;

  private final RunEventSource source;
  private final Supplier<Optional<KnownRuns>> known;
  private final Function<RunId, RunState> states;

  /**
   * @param known what an index says
   */
  RunNames(
      RunEventSource source,
      Supplier<Optional<KnownRuns>> known,
      Function<RunId, RunState> states) {
    this.source = source;
    this.known = known;
    this.states = states;
  }

  /** All runs that have a stream, deleted ones included, in byte order. */
  List<RunId> all() {
    return known
        .get()
        .map(
            runs ->
                Stream.concat(
                        runs.unchanged().stream().map(RunSummary::run), runs.changed().stream())
                    .sorted()
                    .toList())
        .orElseGet(
            () ->
                source.journal().persistenceIds().stream()
                    .flatMap(stream -> RunEventSource.run(stream).stream())
                    .toList());
  }

  RunId resolve(String text) {
    if (text.equals(LAST)) {
      return last();
    }
    if (RunId.isValid(text) && hasStream(new RunId(text)) && exists(new RunId(text))) {
      return new RunId(text);
    }
    List<RunId> all = all();
    List<RunId> matching =
        all.stream()
            .filter(run -> run.value().startsWith(text) && !text.isEmpty())
            .filter(this::exists)
            .toList();
    if (matching.size() == 1) {
      return matching.get(0);
    }
    throw new RunNotFoundException(
        matching.isEmpty() ? unknown(text, all) : ambiguous(text, matching));
  }

  boolean exists(RunId run) {
    RunState state = states.apply(run);
    return state.submission().isPresent() && !state.deleted();
  }

  private boolean hasStream(RunId run) {
    return source.journal().highestSequence(RunEventSource.stream(run)) > 0;
  }

  /** A run and the offset of its submission. */
  private record Submitted(RunId run, long offset) {}

  private RunId last() {
    return submitted()
        .filter(submitted -> submitted.offset() > 0)
        .sorted(Comparator.comparingLong(Submitted::offset).reversed())
        .map(Submitted::run)
        .filter(run -> exists(run) && states.apply(run).status() != RunStatus.IMPORTED)
        .findFirst()
        .orElseThrow(
            () ->
                new RunNotFoundException(
                    "@last names no run: none has been submitted here. `saltus run SPEC` starts"
                        + " one."));
  }

  private Stream<Submitted> submitted() {
    Optional<KnownRuns> index = known.get();
    Stream<Submitted> unchanged =
        index.stream()
            .flatMap(runs -> runs.unchanged().stream())
            .map(run -> new Submitted(run.run(), run.offset()));
    Collection<RunId> others = index.map(KnownRuns::changed).orElseGet(this::all);
    return Stream.concat(
        unchanged, others.stream().map(run -> new Submitted(run, submission(run))));
  }

  private long submission(RunId run) {
    Iterator<StoredEvent> first = source.stored(run, 1, 1);
    return first.hasNext() ? first.next().offset() : 0;
  }

  private static String unknown(String text, List<RunId> all) {
    String nearest =
        Nearest.to(text, all.stream().map(RunId::value).toList())
            .map(name -> "; did you mean " + name + "?")
            .orElse(".");
    return "no run '" + text + "'" + nearest + " `saltus runs` lists all.";
  }

  private static String ambiguous(String text, List<RunId> matching) {
    String listed = String.join(", ", matching.stream().limit(LISTED).map(RunId::value).toList());
    String more = matching.size() > LISTED ? " … and " + (matching.size() - LISTED) + " more" : "";
    return "'%s' begins the names of %d runs: %s%s. Give more of it."
        .formatted(text, matching.size(), listed, more);
  }
}

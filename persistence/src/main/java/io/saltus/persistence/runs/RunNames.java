package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.experiment.spec.Nearest;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.read.StoredEvent;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** Finds the run that a user means. */
final class RunNames {

  private static final String LAST = "@last";
  private static final int LISTED = 10;

  private final RunEventSource source;
  private final Function<RunId, RunState> states;

  RunNames(RunEventSource source, Function<RunId, RunState> states) {
    this.source = source;
    this.states = states;
  }

  /** All runs that have a stream, deleted ones included, in byte order. */
  List<RunId> all() {
    return source.journal().persistenceIds().stream()
        .filter(stream -> stream.startsWith(RunEventSource.PREFIX))
        .map(stream -> stream.substring(RunEventSource.PREFIX.length()))
        .filter(RunId::isValid)
        .map(RunId::new)
        .toList();
  }

  RunId resolve(String text) {
    List<RunId> all = all();
    if (text.equals(LAST)) {
      return last(all);
    }
    List<RunId> matching =
        all.stream()
            .filter(run -> run.value().startsWith(text) && !text.isEmpty())
            .filter(this::exists)
            .toList();
    for (RunId run : matching) {
      if (run.value().equals(text)) {
        return run;
      }
    }
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

  private RunId last(List<RunId> all) {
    record Submitted(RunId run, long offset) {}
    return all.stream()
        .map(run -> new Submitted(run, submission(run)))
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

package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.persistence.index.RunSummary;
import io.saltus.persistence.read.JournalDamagedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** All runs of a home, in lists. */
final class RunCatalogue {

  private final Supplier<Optional<KnownRuns>> known;
  private final RunNames names;
  private final Function<RunId, Optional<RunEntry>> entries;

  /**
   * All there is, for an index.
   *
   * @param runs in the order of their submission, deleted ones included
   * @param unread those that cannot be read, and those that nobody had the time to read
   * @param failures what is wrong with the former
   */
  record Everything(List<RunSummary> runs, List<RunId> unread, List<RuntimeException> failures) {}

  /**
   * @param known what an index says
   * @param entries reads a run, deleted or not
   */
  RunCatalogue(
      Supplier<Optional<KnownRuns>> known,
      RunNames names,
      Function<RunId, Optional<RunEntry>> entries) {
    this.known = known;
    this.names = names;
    this.entries = entries;
  }

  /** A run, deleted or not; empty where its stream is. */
  Optional<RunEntry> entry(RunId run) {
    return entries.apply(run);
  }

  RunList list() {
    List<RunEntry> found = new ArrayList<>();
    List<RuntimeException> failures = new ArrayList<>();
    read(names.all(), () -> true, found::add, new ArrayList<>(), failures);
    found.removeIf(entry -> entry.state().deleted());
    found.sort(Comparator.comparingLong(RunEntry::offset));
    return new RunList(found, failures);
  }

  RunSummaries summaries() {
    Everything all = everything(() -> true);
    return new RunSummaries(
        all.runs().stream().filter(run -> !run.deleted()).toList(), all.failures());
  }

  /**
   * @param goOn asked before each run that has to be read; the others are left unread
   */
  Everything everything(BooleanSupplier goOn) {
    Optional<KnownRuns> index = known.get();
    List<RunSummary> runs = new ArrayList<>(index.map(KnownRuns::unchanged).orElse(List.of()));
    List<RunId> unread = new ArrayList<>();
    List<RuntimeException> failures = new ArrayList<>();
    read(
        index.map(KnownRuns::changed).orElseGet(names::all),
        goOn,
        entry -> runs.add(RunSummary.of(entry.state(), entry.offset())),
        unread,
        failures);
    runs.sort(Comparator.comparingLong(RunSummary::offset));
    return new Everything(runs, unread, failures);
  }

  private void read(
      Collection<RunId> runs,
      BooleanSupplier goOn,
      Consumer<RunEntry> found,
      List<RunId> unread,
      List<RuntimeException> failures) {
    for (RunId run : runs) {
      if (!goOn.getAsBoolean()) {
        unread.add(run);
        continue;
      }
      try {
        entries.apply(run).ifPresent(found);
      } catch (JournalDamagedException | UnknownEventException e) {
        unread.add(run);
        failures.add(e);
      }
    }
  }
}

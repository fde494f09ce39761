package io.saltus.bench.storm.ground;

import io.saltus.bench.storm.child.Fact;
import io.saltus.bench.storm.child.StormChild;
import io.saltus.experiment.Sha256;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksReaders;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.persistence.runs.RecordedEvent;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.StepRange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the journal of a home holds. It is looked at in a copy that is opened for writing: until a
 * writer has opened a journal again, readers cannot know that its last events are durable when the
 * mark that says so was lost, which is written after them and not synced.
 *
 * @param facts every event of the run, in order
 * @param status of the run; empty when there is none
 * @param step the last one in current history; -1 when there is none
 * @param digest of current history; empty when there is no step
 */
public record Witness(
    List<Fact> facts, Optional<RunStatus> status, long step, Optional<Sha256> digest) {

  private static final Witness NOTHING =
      new Witness(List.of(), Optional.empty(), -1, Optional.empty());

  /**
   * Looks at a home that no process holds, and changes nothing in it.
   *
   * @param scratch for the copy; deleted afterwards
   * @throws io.saltus.persistence.home.HomeException as whoever opens a journal, and what readers
   *     throw at damage
   */
  public static Witness of(Home home, Path scratch) throws IOException {
    if (home.inspect() != Home.State.READY) {
      return NOTHING;
    }
    Trees.delete(scratch);
    Trees.copy(home.journal(), scratch);
    try (RocksStore store = RocksStore.open(scratch, StoreOptions.defaults(), Clock.systemUTC());
        JournalReader journal = store.reader()) {
      return read(journal, Long.MAX_VALUE);
    } finally {
      Trees.delete(scratch);
    }
  }

  /** What a reader sees who writes nothing: all of it, or all but the last events. */
  public static Witness seen(Home home) {
    return until(home, Long.MAX_VALUE);
  }

  /** The same, with the digest up to a step. */
  static Witness until(Home home, long step) {
    if (home.inspect() != Home.State.READY) {
      return NOTHING;
    }
    try (JournalReader journal = RocksReaders.open(home.journal())) {
      return read(journal, step);
    }
  }

  private static Witness read(JournalReader journal, long step) {
    RunReader runs = new RunReader(journal);
    if (!runs.exists(StormChild.RUN)) {
      return NOTHING;
    }
    RunState state = runs.state(StormChild.RUN);
    // Computed, because a digest that was kept would say nothing of the frames.
    Optional<Sha256> digest =
        state.step() < 0
            ? Optional.empty()
            : Optional.of(runs.computeDigest(StormChild.RUN, new StepRange(0, step)));
    return new Witness(facts(runs), Optional.of(state.status()), state.step(), digest);
  }

  private static List<Fact> facts(RunReader runs) {
    List<Fact> facts = new ArrayList<>();
    Iterator<RecordedEvent> events = runs.events(StormChild.RUN, 1, Long.MAX_VALUE);
    while (events.hasNext()) {
      RecordedEvent each = events.next();
      facts.add(Fact.of(each.event(), each.sequence()));
    }
    return facts;
  }

  /** Whether the run was ever submitted. */
  public boolean hasRun() {
    return status.isPresent();
  }

  /** Whether the run has reached its end. */
  public boolean isComplete() {
    return status.filter(RunStatus.COMPLETED::equals).isPresent();
  }
}

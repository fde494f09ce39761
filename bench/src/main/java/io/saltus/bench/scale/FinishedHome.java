package io.saltus.bench.scale;

import io.saltus.actors.RunListener;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.codec.RunEventSerializer;
import io.saltus.persistence.codec.RunStateCodec;
import io.saltus.persistence.codec.RunStateSerializer;
import io.saltus.persistence.codec.SupervisorEventSerializer;
import io.saltus.persistence.codec.SupervisorStateCodec;
import io.saltus.persistence.codec.SupervisorStateSerializer;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.SupervisorState;
import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.rocks.NewEvent;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.persistence.runs.RunIndexKeeper;
import io.saltus.persistence.runs.RunReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Many finished runs in one home, quickly: one is trained, the others are copies of its events with
 * names and seeds of their own, appended as trainers append them, with the snapshot that a finished
 * run has and with what the supervisor notes of each.
 */
public final class FinishedHome {

  private static final String SUPERVISOR = "supervisor|main";
  private static final long STEPS = 300;
  private static final int AT_ONCE = 1_000;
  private static final long PATIENCE_MINUTES = 5;
  private static final EventCodec<RunEvent> RUNS = EventCodec.ofRuns();
  private static final EventCodec<SupervisorEvent> SUPERVISORS = EventCodec.ofSupervisor();

  private final RocksStore store;
  private final List<RunEvent> template;
  private final RunState model;
  private final Instant now = Clock.systemUTC().instant();
  private long decided;
  private long fence;

  private FinishedHome(
      RocksStore store, List<RunEvent> template, RunState model, long decided, long fence) {
    this.store = store;
    this.template = template;
    this.model = model;
    this.decided = decided;
    this.fence = fence;
  }

  /** The run of a number, from 0. */
  public static RunId run(int number) {
    return Homestead.run(number);
  }

  /** Fills a new home. */
  public static void fill(Path root, int runs) throws Exception {
    RunId first = Homestead.run(0);
    try (Homestead home = Homestead.open(root, new PacedProgram(0), 1)) {
      home.supervision()
          .submit(Homestead.submission(first, PacedProgram.spec(0, STEPS)), RunListener.none())
          .thenCompose(handle -> handle.settled())
          .toCompletableFuture()
          .get(PATIENCE_MINUTES, TimeUnit.MINUTES);
    }
    try (HomeLock lock = Home.at(root).lockForWriting("bench scale");
        RocksStore store =
            RocksStore.open(lock.home().journal(), StoreOptions.defaults(), Clock.systemUTC())) {
      FinishedHome home = begun(store, first);
      home.append(1, runs);
    }
  }

  /** Writes the index of the runs of a home; seconds. */
  public static double index(Path root) throws IOException {
    try (HomeLock lock = Home.at(root).lockForWriting("bench scale");
        RocksStore store =
            RocksStore.open(lock.home().journal(), StoreOptions.defaults(), Clock.systemUTC());
        RunIndexKeeper keeper = RunIndexKeeper.start(lock, store, RunIndexKeeper.Limits.DEFAULT)) {
      long begin = System.nanoTime();
      keeper.bringUpToDate();
      return (System.nanoTime() - begin) / 1e9;
    }
  }

  private static FinishedHome begun(RocksStore store, RunId first) {
    try (JournalReader journal = store.reader()) {
      RunReader runs = new RunReader(journal);
      List<RunEvent> template = new ArrayList<>();
      runs.events(first, 1, Long.MAX_VALUE).forEachRemaining(event -> template.add(event.event()));
      return new FinishedHome(
          store,
          template,
          runs.state(first).withSeriesDigest(runs.computeDigest(first)),
          journal.highestSequence(SUPERVISOR),
          // The first run had the first lease.
          1);
    }
  }

  private void append(int from, int until) {
    List<CompletableFuture<Void>> writes = new ArrayList<>();
    for (int number = from; number < until; number++) {
      append(Homestead.run(number), number, writes);
      if (writes.size() >= AT_ONCE) {
        writes.forEach(CompletableFuture::join);
        writes.clear();
      }
    }
    writes.add(
        save(
            SUPERVISOR,
            decided,
            SupervisorStateSerializer.ID,
            SupervisorStateCodec.MANIFEST,
            SupervisorStateCodec.encode(
                new SupervisorState(Map.of(), Map.of(), fence, List.of()))));
    writes.forEach(CompletableFuture::join);
  }

  private CompletableFuture<Void> save(
      String stream, long sequence, int serializer, String manifest, byte[] state) {
    return store.saveSnapshot(
        stream, sequence, now, new SerializedValue(serializer, manifest, Bytes.wrap(state)), null);
  }

  private void append(RunId run, long seed, List<CompletableFuture<Void>> writes) {
    List<NewEvent> events = new ArrayList<>();
    RunState state = RunState.empty();
    for (RunEvent each : template) {
      RunEvent event =
          each instanceof RunSubmitted submitted ? renamed(submitted, run, seed) : each;
      events.add(
          NewEvent.of(
              events.size() + 1L,
              now,
              new SerializedValue(
                  RunEventSerializer.ID, RUNS.manifest(event), Bytes.wrap(RUNS.encode(event)))));
      state = state.apply(event, events.size());
    }
    String stream = "run|" + run;
    writes.add(store.append(stream, events));
    writes.add(
        save(
            stream,
            events.size(),
            RunStateSerializer.ID,
            RunStateCodec.MANIFEST,
            RunStateCodec.encode(state.withSeriesDigest(model.seriesDigest().orElseThrow()))));
    writes.add(store.append(SUPERVISOR, decisions(run)));
  }

  private static RunSubmitted renamed(RunSubmitted model, RunId run, long seed) {
    ExperimentSpec spec = PacedProgram.spec(seed, STEPS);
    return new RunSubmitted(
        run, spec, model.specDigest(), model.code(), model.inputs(), model.parent());
  }

  private List<NewEvent> decisions(RunId run) {
    fence++;
    List<NewEvent> events = new ArrayList<>();
    for (SupervisorEvent event :
        List.of(
            new SupervisorEvent.RunEnqueued(run, "scripted"),
            new SupervisorEvent.LeaseGranted(fence, List.of(new DeviceId("cpu", 0)), run),
            new SupervisorEvent.RunSettled(run, RunOutcome.COMPLETED),
            new SupervisorEvent.LeaseReleased(fence, "the run came to rest"))) {
      events.add(
          NewEvent.of(
              ++decided,
              now,
              new SerializedValue(
                  SupervisorEventSerializer.ID,
                  SUPERVISORS.manifest(event),
                  Bytes.wrap(SUPERVISORS.encode(event)))));
    }
    return events;
  }
}

package io.saltus.actors;

import com.typesafe.config.ConfigFactory;
import io.saltus.actors.monitor.Monitors;
import io.saltus.actors.monitor.StoredMonitorJournal;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.spec.CheckpointCadence;
import io.saltus.experiment.spec.CheckpointPolicy;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.OnDivergence;
import io.saltus.persistence.checkpoint.CheckpointReferences;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.codec.RunEventSerializer;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.journal.JournalConfig;
import io.saltus.persistence.journal.StoreSetup;
import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.rocks.NewEvent;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.persistence.runs.RunReader;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import io.saltus.testkit.SpecDraft;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.setup.ActorSystemSetup;

/** A home on disk; each {@link #process} is one process over it, the next finds what it left. */
final class DurableHome {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  private static final EventCodec<RunEvent> CODEC = EventCodec.ofRuns();

  /** Short chunks on a clock that stands still: what is done when is the same on any machine. */
  private static final String SETTINGS =
      "saltus.actors { close-patience = 50 ms, chunk-steps = 16 }";

  private final Path directory;
  private final boolean monitored;

  DurableHome(Path directory) {
    this(directory, true);
  }

  /**
   * @param monitored whether runs have monitors
   */
  DurableHome(Path directory, boolean monitored) {
    this.directory = directory;
    this.monitored = monitored;
  }

  /** A spec that saves at every so many steps and resumes 20 steps back. */
  static ExperimentSpec saving(long every, ExperimentSpec spec) {
    return with(
        spec,
        new CheckpointPolicy(
            new CheckpointCadence.EverySteps(every), 3, Optional.empty(), Optional.empty()),
        20,
        spec.onDivergence());
  }

  static ExperimentSpec flagging(ExperimentSpec spec) {
    return with(spec, spec.checkpoint(), spec.resume().overlap(), OnDivergence.CONTINUE_FLAGGED);
  }

  static ExperimentSpec with(
      ExperimentSpec spec, CheckpointPolicy checkpoint, int overlap, OnDivergence onDivergence) {
    return SpecDraft.of(spec)
        .checkpoint(checkpoint)
        .overlap(overlap)
        .onDivergence(onDivergence)
        .spec();
  }

  static RunHandle submit(
      Supervision supervision, String run, ExperimentSpec spec, RunListener listener) {
    return Stage.await(supervision.submit(Stage.submission(run, spec), listener));
  }

  static RunHandle resume(
      Supervision supervision, String run, ExperimentSpec spec, RunListener listener) {
    return Stage.await(
        supervision.resume(new Resumption(new RunId(run), spec, new TreeMap<>()), listener));
  }

  void process(Script script, Consumer<Supervision> scene) {
    process(new ScriptedProgram(script), scene);
  }

  void process(ScriptedProgram program, Consumer<Supervision> scene) {
    process(program, "", Clock.systemUTC(), scene);
  }

  /**
   * @param settings HOCON over those of this home
   * @param clock that the process believes
   */
  void process(ScriptedProgram program, String settings, Clock clock, Consumer<Supervision> scene) {
    try (HomeLock lock = Home.at(directory).lockForWriting("test");
        RocksStore store = RocksStore.open(lock.home().journal(), StoreOptions.defaults(), CLOCK);
        Supervision supervision =
            Supervision.start(
                ConfigFactory.parseString(settings)
                    .withFallback(ConfigFactory.parseString(SETTINGS))
                    .withFallback(JournalConfig.plugins()),
                ActorSystemSetup.create(new StoreSetup(store)),
                List.of(program),
                Stages.DEVICES,
                Disk.endless(),
                clock,
                () -> 0,
                SessionThreads.daemons(),
                Histories.of(store),
                new CheckpointThread(
                    CheckpointStore.at(lock.home().checkpoints()),
                    () -> references(store),
                    () -> 0),
                monitors(store),
                () -> {})) {
      scene.accept(supervision);
    }
  }

  private Monitors monitors(RocksStore store) {
    return monitored ? Monitors.of(new StoredMonitorJournal(store, CLOCK)) : Monitors.none();
  }

  private static CheckpointReferences references(RocksStore store) {
    try (JournalReader journal = store.reader()) {
      return CheckpointReferences.of(new RunReader(journal).list());
    }
  }

  /** Runs a spec to its rest. */
  Settlement run(Script script, String run, ExperimentSpec spec) {
    List<Settlement> settled = new ArrayList<>();
    process(
        script,
        supervision ->
            settled.add(Stage.await(submit(supervision, run, spec, RunListener.none()).settled())));
    return settled.get(0);
  }

  /** Lets a run go on to its rest. */
  Settlement goOn(Script script, String run, ExperimentSpec spec) {
    return goOn(new ScriptedProgram(script), run, spec);
  }

  Settlement goOn(ScriptedProgram program, String run, ExperimentSpec spec) {
    List<Settlement> settled = new ArrayList<>();
    process(
        program,
        supervision ->
            settled.add(Stage.await(resume(supervision, run, spec, RunListener.none()).settled())));
    return settled.get(0);
  }

  /** Begins a run in a process that ends at a step, as near to a crash as one can come itself. */
  void interrupt(Script script, String run, ExperimentSpec spec, long atStep) {
    Mishap.Hang hang = Mishap.Hang.once();
    process(
        script.with(atStep, hang),
        supervision -> {
          submit(supervision, run, spec, RunListener.none());
          Stage.await(hang.reached());
        });
    hang.released().countDown();
  }

  /** As {@link #interrupt}, of a run that goes on. */
  void interruptAgain(Script script, String run, ExperimentSpec spec, long atStep) {
    Mishap.Hang hang = Mishap.Hang.once();
    process(
        script.with(atStep, hang),
        supervision -> {
          resume(supervision, run, spec, RunListener.none());
          Stage.await(hang.reached());
        });
    hang.released().countDown();
  }

  Path checkpoints() {
    return Home.at(directory).checkpoints();
  }

  /** Reads while nobody is at work. */
  <T> T read(Function<RunReader, T> reading) {
    try (HomeLock lock = Home.at(directory).lockForWriting("test");
        RocksStore store = RocksStore.open(lock.home().journal(), StoreOptions.defaults(), CLOCK);
        JournalReader reader = store.reader()) {
      return reading.apply(new RunReader(reader));
    }
  }

  List<RunEvent> journalled(String run) {
    return read(
        runs -> {
          List<RunEvent> events = new ArrayList<>();
          runs.events(new RunId(run), 1, Long.MAX_VALUE)
              .forEachRemaining(recorded -> events.add(recorded.event()));
          return events;
        });
  }

  /** Writes a run's first events, as some process may have. */
  void write(String run, List<RunEvent> events) {
    try (HomeLock lock = Home.at(directory).lockForWriting("test");
        RocksStore store = RocksStore.open(lock.home().journal(), StoreOptions.defaults(), CLOCK)) {
      List<NewEvent> appended = new ArrayList<>();
      for (RunEvent event : events) {
        appended.add(
            NewEvent.of(
                appended.size() + 1L,
                CLOCK.instant(),
                new SerializedValue(
                    RunEventSerializer.ID,
                    CODEC.manifest(event),
                    Bytes.wrap(CODEC.encode(event)))));
      }
      store.append("run|" + run, appended).join();
    }
  }
}

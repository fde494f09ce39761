package io.saltus.bench.worker;

import io.saltus.actors.RunHandle;
import io.saltus.actors.RunListener;
import io.saltus.app.RunOrder;
import io.saltus.app.RunPlan;
import io.saltus.app.Saltus;
import io.saltus.app.Tools;
import io.saltus.bench.ground.Resident;
import io.saltus.bench.ground.Specs;
import io.saltus.bench.ground.StepClock;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.SupervisorEvent.LeaseGranted;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.WorkerFiles;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksReaders;
import io.saltus.persistence.runs.RecordedEvent;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.SupervisorReader;
import io.saltus.tf.program.BuiltInProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** The main class of a process in which several default runs are trained, journalled. */
final class RunsProcess {

  static final String QUEUED = "queued";
  static final String ONE_BY_ONE = "one-by-one";

  private final Home home;
  private final long warm;
  private final AtomicLong highest = new AtomicLong();
  private final List<StepClock> clocks = new ArrayList<>();
  private final List<RunHandle> handles = new ArrayList<>();

  private RunsProcess(Home home, long warm) {
    this.home = home;
    this.warm = warm;
  }

  /**
   * Trains them, and says of each how fast it was and how long its device waited for it.
   *
   * @param arguments the home; {@code thread} or {@code process}; the device, or {@code auto}; the
   *     step from which on time counts; the last step; how many; {@link #QUEUED}, or {@link
   *     #ONE_BY_ONE}, where nobody ever waits and so no worker is started ahead
   */
  public static void main(String[] arguments) throws Exception {
    Home home = Home.at(Path.of(arguments[0]));
    ExperimentSpec spec =
        Specs.grokking(
            new BuiltInProgram(),
            "until=null",
            "isolation=" + arguments[1],
            "device=\"" + arguments[2] + "\"",
            "steps=" + arguments[4]);
    RunsProcess runs = new RunsProcess(home, Long.parseLong(arguments[3]));
    runs.train(spec, Integer.parseInt(arguments[5]), arguments[6].equals(QUEUED));
    runs.say();
    // What may still be ending in the background is of no interest.
    Runtime.getRuntime().halt(0);
  }

  private void train(ExperimentSpec spec, int count, boolean queued) {
    Tools tools = Tools.installed();
    try (Saltus saltus = Saltus.open(home.root(), tools)) {
      for (int run = 0; run < count; run++) {
        StepClock clock = new StepClock();
        clocks.add(clock);
        handles.add(
            saltus.start(
                new RunOrder(
                    RunPlan.of(spec, tools.programs()),
                    Optional.of(new RunId("r" + run)),
                    new TreeMap<>(),
                    Optional.empty(),
                    Optional.empty()),
                listener(clock)));
        if (!queued) {
          saltus.settle(handles.get(run));
        }
      }
      for (RunHandle handle : handles) {
        if (saltus.settle(handle).step() != spec.steps()) {
          throw new IllegalStateException(handle.run() + " ended early");
        }
      }
    }
  }

  private RunListener listener(StepClock clock) {
    return (event, sequence) -> {
      clock.persisted(event, sequence);
      if (event instanceof RunEvent.CheckpointSaved) {
        weigh();
      }
    };
  }

  private void weigh() {
    for (long worker : WorkerFiles.computing(home).values()) {
      try {
        highest.accumulateAndGet(Resident.bytes(worker, "VmHWM:"), Math::max);
      } catch (IOException ended) {
        // Between the question and the answer; it was weighed before.
      }
    }
  }

  private void say() {
    clocks.forEach(clock -> Said.say(Said.RATE, clock.stepsPerSecond(warm)));
    try (JournalReader journal = RocksReaders.open(home.journal())) {
      Map<RunId, Instant> leased = new HashMap<>();
      new SupervisorReader(journal)
          .forEach(
              (time, event) -> {
                if (event instanceof LeaseGranted granted) {
                  leased.put(granted.run(), time);
                }
              });
      for (RunHandle handle : handles) {
        Duration waited =
            Duration.between(leased.get(handle.run()), firstStep(journal, handle.run()));
        Said.say(Said.WAIT, waited.toNanos() / 1e9);
      }
    }
    Said.say(Said.MEMORY, highest.get());
  }

  private static Instant firstStep(JournalReader journal, RunId run) {
    Iterator<RecordedEvent> events = new RunReader(journal).events(run, 1, Long.MAX_VALUE);
    while (events.hasNext()) {
      RecordedEvent recorded = events.next();
      if (recorded.event() instanceof RunEvent.MetricsRecorded metrics
          && metrics.frame().until() >= 1) {
        return recorded.time();
      }
    }
    throw new IllegalStateException(run + " has no step");
  }
}

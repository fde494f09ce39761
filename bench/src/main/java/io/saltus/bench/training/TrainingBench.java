package io.saltus.bench.training;

import io.saltus.actors.RunListener;
import io.saltus.actors.Settlement;
import io.saltus.actors.Submission;
import io.saltus.actors.Supervision;
import io.saltus.bench.Ratio;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecReader;
import io.saltus.experiment.spec.SpecReading;
import io.saltus.experiment.spec.SpecSetting;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.tf.program.BuiltInProgram;
import io.saltus.tf.session.BareLoop;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The default run with every step journalled against the bare TensorFlow loop on the same graph, in
 * turn and in one process; the median of the pairs counts.
 */
public final class TrainingBench {

  private static final int PAIRS = 5;
  private static final long WARM = 300;
  private static final long STEPS = 1_800;
  private static final long PATIENCE_MINUTES = 10;

  private TrainingBench() {}

  /** Measures steps per second of both. */
  public static List<Ratio> run(Path scratch) throws Exception {
    BuiltInProgram program = new BuiltInProgram();
    ExperimentSpec spec = spec(program);
    double[] bare = new double[PAIRS];
    double[] journalled = new double[PAIRS];
    for (int pair = 0; pair < PAIRS; pair++) {
      bare[pair] = (STEPS - WARM) / BareLoop.seconds(program.plan(request(spec)), WARM + 1, STEPS);
      journalled[pair] = journalled(scratch.resolve("home-" + pair), program, spec);
    }
    return List.of(
        new Ratio(
            "training, every step journalled (median of " + PAIRS + " pairs)",
            "steps/s",
            median(journalled),
            "bare TensorFlow loop, same graph",
            median(journalled) / medianOfRatios(journalled, bare),
            0.98));
  }

  private static double journalled(Path root, BuiltInProgram program, ExperimentSpec spec)
      throws Exception {
    AtomicLong warmStep = new AtomicLong(-1);
    AtomicLong warmNanos = new AtomicLong();
    AtomicLong lastNanos = new AtomicLong();
    RunListener listener =
        (event, sequence) -> {
          if (event instanceof RunEvent.MetricsRecorded recorded) {
            lastNanos.set(System.nanoTime());
            if (warmStep.get() < 0 && recorded.frame().until() >= WARM) {
              warmStep.set(recorded.frame().until());
              warmNanos.set(lastNanos.get());
            }
          }
        };
    try (HomeLock lock = Home.at(root).lockForWriting("bench");
        RocksStore store =
            RocksStore.open(lock.home().journal(), StoreOptions.defaults(), Clock.systemUTC());
        Supervision supervision =
            Supervision.start(
                store,
                CheckpointStore.at(lock.home().checkpoints()),
                List.of(program),
                System::nanoTime)) {
      Settlement settlement =
          supervision
              .submit(submission(spec), listener)
              .thenCompose(handle -> handle.settled())
              .toCompletableFuture()
              .get(PATIENCE_MINUTES, TimeUnit.MINUTES);
      if (settlement.step() != STEPS) {
        throw new IllegalStateException("the run ended early: " + settlement);
      }
    }
    return (STEPS - warmStep.get()) / ((lastNanos.get() - warmNanos.get()) / 1e9);
  }

  private static ExperimentSpec spec(BuiltInProgram program) {
    List<SpecSetting> settings = new ArrayList<>();
    settings.add(SpecSetting.parse("until=null"));
    settings.add(SpecSetting.parse("steps=" + STEPS));
    SpecReading reading = SpecReader.shippedOnly(List.of(program)).read("grokking", settings);
    if (reading instanceof SpecReading.Accepted accepted) {
      return accepted.spec();
    }
    throw new IllegalStateException(reading.toString());
  }

  private static SessionRequest request(ExperimentSpec spec) {
    return new SessionRequest(spec, List.of(DeviceId.parse("cpu:0")), new TreeMap<>());
  }

  private static Submission submission(ExperimentSpec spec) {
    return new Submission(
        new RunId("bench"),
        spec,
        new TreeMap<>(),
        List.of(),
        new CodeProvenance("bench", Optional.empty(), false, Optional.empty()),
        Optional.empty(),
        Optional.empty());
  }

  private static double medianOfRatios(double[] ours, double[] theirs) {
    double[] ratios = new double[ours.length];
    Arrays.setAll(ratios, i -> ours[i] / theirs[i]);
    return median(ratios);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}

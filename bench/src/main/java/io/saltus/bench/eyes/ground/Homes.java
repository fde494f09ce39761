package io.saltus.bench.eyes.ground;

import io.saltus.bench.export.ForeignPoints;
import io.saltus.bench.scale.FinishedHome;
import io.saltus.experiment.RunId;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.rocks.RocksReaders;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Homes that are filled without training; one that is there already stays as it is. */
public final class Homes {

  private static final double FIRST = 4;
  private static final double NOISE = 0.05;

  private Homes() {}

  /** With many finished runs, and their index. */
  public static void finished(Path root, int runs) throws Exception {
    if (!Files.exists(root)) {
      FinishedHome.fill(root, runs);
      FinishedHome.index(root);
    }
  }

  /** With a run of some metrics that have a value at every step: falling, and a little noisy. */
  public static void series(Path root, String run, int metrics, int steps) {
    try (HomeLock lock = Home.at(root).lockForWriting("bench eyes");
        RocksStore store =
            RocksStore.open(lock.home().journal(), StoreOptions.defaults(), Clock.systemUTC())) {
      ForeignPoints.write(store, new RunId(run), metrics, steps, Homes::falling);
    }
  }

  private static float falling(SplittableRandom random, int metric, long step) {
    double course = FIRST / (1 + (metric + 1) * step / 5_000.0);
    return (float) (course + NOISE * (random.nextDouble() - 0.5));
  }

  /** The offsets of all events of a run, and of those beside it, in order. */
  public static long[] offsets(Path root, String run) {
    try (JournalReader journal = RocksReaders.open(Home.at(root).journal())) {
      LongStream.Builder offsets = LongStream.builder();
      Iterator<StoredEvent> events = journal.byOffset(1);
      while (events.hasNext()) {
        StoredEvent event = events.next();
        if (event.persistenceId().matches("(run|analysis|audit|probe)\\|" + run)) {
          offsets.add(event.offset());
        }
      }
      return offsets.build().toArray();
    }
  }
}

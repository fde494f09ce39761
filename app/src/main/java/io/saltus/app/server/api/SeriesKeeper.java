package io.saltus.app.server.api;

import io.saltus.app.LiveJournal;
import io.saltus.app.server.live.Feed;
import io.saltus.app.server.live.LiveRun;
import io.saltus.experiment.RunId;
import io.saltus.persistence.projection.MetricStats;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.ReaderThread;
import io.saltus.persistence.series.SeriesIndexes;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the indexes of long runs near the end of the journal, on one thread that rests as long as
 * it works: those that somebody waits for first, then those that changed last.
 */
final class SeriesKeeper implements AutoCloseable {

  /**
   * Which runs are long.
   *
   * @param values how many a run has at least
   */
  record Limits(long values, SeriesIndexes.Limits writing) {

    /** Fewer values are quickly read from the journal. */
    static final Limits DEFAULT = new Limits(200_000, SeriesIndexes.Limits.DEFAULT);
  }

  /** Short enough for whoever waits for an index, and the looking costs little. */
  private static final Duration SHORT = Duration.ofMillis(250);

  private static final Logger LOG = LoggerFactory.getLogger(SeriesKeeper.class);

  private final Feed feed;
  private final LiveJournal journal;
  private final SeriesIndexes indexes;
  private final Limits limits;
  private final Map<RunId, Look> looks = new ConcurrentHashMap<>();
  private final BlockingQueue<RunId> ordered = new ArrayBlockingQueue<>(16);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ReaderThread thread;

  /** A run when it was looked at last. */
  private record Look(long values, long rewinds) {}

  private SeriesKeeper(Feed feed, LiveJournal journal, SeriesIndexes indexes, Limits limits) {
    this.feed = feed;
    this.journal = journal;
    this.indexes = indexes;
    this.limits = limits;
    thread = new ReaderThread("saltus-series", this::run);
  }

  /** Begins. */
  static SeriesKeeper start(Feed feed, LiveJournal journal, SeriesIndexes indexes, Limits limits) {
    SeriesKeeper keeper = new SeriesKeeper(feed, journal, indexes, limits);
    keeper.thread.start();
    return keeper;
  }

  /** Whether a run is to have an index. */
  boolean isLong(LiveRun run) {
    return values(run) >= limits.values();
  }

  private static long values(LiveRun run) {
    return run.state().recorded().metrics().values().stream().mapToLong(MetricStats::count).sum();
  }

  /** Has the index of a long run made soon; where too many wait, later. */
  void order(RunId run) {
    if (!ordered.contains(run) && !ordered.offer(run)) {
      LOG.debug("the index of the series of {} is made later", run);
    }
  }

  private void run() {
    try {
      // Whoever waits for a feed that is closed before it has read everything waits forever.
      while (!feed.isReady()) {
        if (isClosingAfter(SHORT)) {
          return;
        }
      }
      sweep();
      Duration wait = Duration.ZERO;
      while (!isClosingAfter(wait)) {
        Optional<LiveRun> due = due();
        due.ifPresent(this::look);
        wait = due.isPresent() ? Duration.ZERO : SHORT;
      }
    } catch (InterruptedException e) {
      // Nobody does that; without the thread series are read from the journal.
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("indexes of series are kept no more: {}", e.getMessage());
    }
  }

  private boolean isClosingAfter(Duration wait) throws InterruptedException {
    return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void sweep() {
    try {
      indexes.keepOnly(run -> feed.runs().find(run).isPresent());
    } catch (IOException e) {
      LOG.info("indexes of series cannot be swept: {}", e.getMessage());
    }
  }

  private Optional<LiveRun> due() {
    for (RunId next = ordered.poll(); next != null; next = ordered.poll()) {
      Optional<LiveRun> run = feed.runs().find(next).filter(this::isLong);
      if (run.isPresent()) {
        return run;
      }
    }
    return feed.runs().all().stream()
        .filter(this::isDue)
        .max(Comparator.comparingLong(LiveRun::lastOffset));
  }

  private boolean isDue(LiveRun run) {
    long values = values(run);
    if (values < limits.values()) {
      return false;
    }
    Look look = looks.get(new RunId(run.run()));
    return look == null
        || look.rewinds() != run.state().rewinds()
        || values - look.values() >= limits.writing().least();
  }

  private void look(LiveRun live) {
    RunId run = new RunId(live.run());
    looks.put(run, new Look(values(live), live.state().rewinds()));
    try (JournalReader reader = journal.reader()) {
      indexes.bringUpToDate(reader, run, limits.writing(), new Rest());
      if (feed.runs().find(run).isEmpty()) {
        indexes.delete(run);
      }
    } catch (IOException | RuntimeException e) {
      LOG.info("the index of the series of {} cannot be made: {}", run, e.toString());
    }
  }

  /** After each part it rests as long as that took. */
  private final class Rest implements BooleanSupplier {

    private long begin = System.nanoTime();

    @Override
    public boolean getAsBoolean() {
      try {
        return !closing.await(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } finally {
        begin = System.nanoTime();
      }
    }
  }

  /** Waits for what is being done: nothing may read a journal that is closed. */
  @Override
  public void close() {
    closing.countDown();
    thread.awaitEnd();
  }
}

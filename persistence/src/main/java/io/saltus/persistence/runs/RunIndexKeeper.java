package io.saltus.persistence.runs;

import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.index.RunIndex;
import io.saltus.persistence.index.RunIndexFile;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.ReaderThread;
import io.saltus.persistence.rocks.RocksStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the index of a home's runs near the end of its journal, in the process that holds the home:
 * looks at it now and then, and once more at the end. A home of few streams gets none, because it
 * is read as quickly without.
 */
public final class RunIndexKeeper implements AutoCloseable {

  /** How large a home, and how far behind an index, is worth the writing. */
  public record Limits(long streams, long events, Duration every) {

    /** Up to here a list without an index takes less than half a second. */
    public static final Limits DEFAULT = new Limits(2_000, 20_000, Duration.ofSeconds(10));
  }

  /** How many times as long as it looked it rests at least: a thousand live runs all change. */
  private static final long REST = 20;

  private static final long LAST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final Logger LOG = LoggerFactory.getLogger(RunIndexKeeper.class);

  private final RocksStore store;
  private final RunIndexFile file;
  private final Limits limits;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ReaderThread thread;
  private long indexed = -1;

  /** Whether many runs stand in the index as unread, for want of time. */
  private boolean incomplete;

  private RunIndexKeeper(RocksStore store, RunIndexFile file, Limits limits) {
    this.store = store;
    this.file = file;
    this.limits = limits;
    thread = new ReaderThread("saltus-index", this::run);
  }

  /**
   * Begins.
   *
   * @param lock of the home, held until after this is closed
   * @param store its journal, closed by the caller after this
   */
  public static RunIndexKeeper start(HomeLock lock, RocksStore store, Limits limits) {
    RunIndexKeeper keeper =
        new RunIndexKeeper(store, RunIndexFile.at(lock.home().runIndex()), limits);
    keeper.thread.start();
    return keeper;
  }

  private void run() {
    try {
      long wait = limits.every().toNanos();
      while (!closing.await(wait, TimeUnit.NANOSECONDS)) {
        long begin = System.nanoTime();
        look(() -> closing.getCount() > 0);
        wait = Math.max(limits.every().toNanos(), REST * (System.nanoTime() - begin));
      }
    } catch (InterruptedException e) {
      // Nobody does that; without a thread the end still looks once.
      Thread.currentThread().interrupt();
    }
  }

  /** What goes wrong here costs those who list runs some time, and nobody anything else. */
  private synchronized void look(BooleanSupplier goOn) {
    try {
      if (isDue()) {
        bringUpToDate(goOn);
      }
    } catch (IOException | RuntimeException e) {
      LOG.info("the index of runs could not be written: {}", e.toString());
    }
  }

  private boolean isDue() {
    if (store.streams() < limits.streams()) {
      return false;
    }
    if (indexed < 0) {
      try (JournalReader journal = store.reader()) {
        Optional<KnownRuns> known = KnownRuns.of(journal, file);
        indexed = known.map(KnownRuns::offset).orElse(0L);
        incomplete = known.filter(runs -> runs.changed().size() >= limits.streams()).isPresent();
      }
    }
    return incomplete || store.durableOffset() - indexed >= limits.events();
  }

  /**
   * Writes it now, whatever the limits, and however long that takes.
   *
   * @throws IOException when it cannot be written
   */
  public synchronized void bringUpToDate() throws IOException {
    bringUpToDate(() -> true);
  }

  /** Runs that there is no time for stand in the index as unread, for its readers and the next. */
  private void bringUpToDate(BooleanSupplier goOn) throws IOException {
    try (JournalReader journal = store.reader()) {
      long offset = journal.durableOffset();
      Optional<UUID> identity = journal.identity();
      OptionalInt proof = KnownRuns.proof(journal, offset);
      if (identity.isEmpty() || proof.isEmpty()) {
        return;
      }
      RunCatalogue.Everything all = new RunReader(journal, file).catalogue().everything(goOn);
      file.write(new RunIndex(identity.get(), offset, proof.getAsInt(), all.runs(), all.unread()));
      indexed = offset;
      incomplete = all.unread().size() > all.failures().size();
    }
  }

  /** Looks a last time, but not for long. */
  @Override
  public void close() {
    closing.countDown();
    thread.awaitEnd();
    // Who is interrupted cannot write files.
    boolean interrupted = Thread.interrupted();
    if (store.failure().isEmpty()) {
      long end = System.nanoTime() + LAST_LOOK_NANOS;
      look(() -> System.nanoTime() < end);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.saltus.app.server.live;

import io.saltus.app.LiveJournal;
import io.saltus.experiment.RunId;
import io.saltus.persistence.index.RunIndexFile;
import io.saltus.persistence.read.JournalFollower;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.ReaderThread;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.SupervisorReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the journal of a home on one thread, for everybody who looks on: keeps what lists show up
 * to date, and the last events at hand. Who is further behind reads the journal itself.
 */
public final class Feed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  /** JSON of an event takes about so many times its bytes in the journal. */
  private static final int SWELLING = 4;

  private static final int OVERHEAD = 256;

  /** Events that follow each other within this time are handed on together. */
  private static final long GATHERING_MILLIS = 10;

  private static final long AFTER_TROUBLE_MILLIS = 1_000;

  private static final long RECLAIMING_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final LiveJournal journal;
  private final RunIndexFile index;
  private final Limits limits;
  private final Set<String> studies = ConcurrentHashMap.newKeySet();
  private final LiveRuns runs = new LiveRuns();
  private final LiveDevices devices = new LiveDevices();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
  private final ReaderThread thread;
  private final Deque<Entry> recent = new ArrayDeque<>();
  private CompletableFuture<Long> more = CompletableFuture.completedFuture(0L);
  private long weight;
  private long before;
  private volatile long offset;
  private volatile boolean closing;

  /**
   * How much is kept at hand.
   *
   * @param bytes about how many
   */
  public record Limits(int events, long bytes) {

    /** Some minutes of a busy home. */
    public static final Limits DEFAULT = new Limits(8_192, 32L << 20);
  }

  /**
   * The events after a place.
   *
   * @param events in order
   * @param until all that was followed up to here is among them
   */
  record Window(List<Entry> events, long until) {}

  /** Somebody who waits for more. */
  private static final class Waiting {
    private final CompletableFuture<Void> moved = new CompletableFuture<>();
  }

  private Feed(LiveJournal journal, RunIndexFile index, Limits limits) {
    this.journal = journal;
    this.index = index;
    this.limits = limits;
    thread = new ReaderThread("saltus-feed", this::run);
  }

  /** Begins to follow. */
  public static Feed start(LiveJournal journal, RunIndexFile index, Limits limits) {
    Feed feed = new Feed(journal, index, limits);
    feed.thread.start();
    return feed;
  }

  /** The runs of the home, once all have been read. */
  public LiveRuns runs() {
    awaitReady();
    return runs;
  }

  /** The devices of the home, once their history has been read. */
  public LiveDevices devices() {
    awaitReady();
    return devices;
  }

  /** Whether everything has been read once. */
  public boolean isReady() {
    return ready.isDone() && !ready.isCompletedExceptionally();
  }

  private void awaitReady() {
    try {
      ready.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Up to where the journal has been followed. */
  public long offset() {
    return offset;
  }

  /** The same, once everything has been read. */
  long readOffset() {
    awaitReady();
    return offset;
  }

  /** A view of the journal. */
  JournalReader reader() {
    return journal.reader();
  }

  /** Runs in a view of the journal. */
  RunReader runs(JournalReader reader) {
    return new RunReader(reader, index);
  }

  /** The events after an offset; empty where they are no longer at hand. */
  synchronized Optional<Window> after(long cursor, int most) {
    if (cursor < before) {
      return Optional.empty();
    }
    List<Entry> events = new ArrayList<>();
    Iterator<Entry> newestFirst = recent.descendingIterator();
    while (newestFirst.hasNext()) {
      Entry entry = newestFirst.next();
      if (entry.offset() <= cursor) {
        break;
      }
      events.add(entry);
    }
    Collections.reverse(events);
    boolean cut = events.size() > most;
    List<Entry> taken = List.copyOf(cut ? events.subList(0, most) : events);
    return Optional.of(
        new Window(taken, cut ? taken.get(taken.size() - 1).offset() : Math.max(cursor, offset)));
  }

  /**
   * Waits until there is more than up to an offset, or a time has passed; completed by another
   * thread: go on elsewhere.
   */
  CompletionStage<Void> moved(long cursor, long nanos) {
    Waiting one = new Waiting();
    waiting.add(one);
    if (offset > cursor || closing) {
      one.moved.complete(null);
    }
    return one.moved
        .completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS)
        .whenComplete((done, failure) -> waiting.remove(one));
  }

  boolean isClosing() {
    return closing;
  }

  private void run() {
    try (JournalReader reader = journal.reader()) {
      RunReader runReader = new RunReader(reader, index);
      long end = reader.durableOffset();
      reader.persistenceIds().stream().map(StreamName::of).forEach(this::noteStudy);
      runs.load(reader, runReader);
      devices.load(new SupervisorReader(reader));
      synchronized (this) {
        before = end;
        offset = end;
      }
      JournalFollower follower = JournalFollower.ofAll(reader, end + 1);
      awaitReclaimed(follower, runReader);
      ready.complete(null);
      while (!closing) {
        follow(follower, runReader);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      ready.completeExceptionally(e);
      LOG.error("the journal cannot be followed: {}", e.getMessage());
    }
  }

  /**
   * The supervisor of this process begins by taking back what one that is gone had in its hands.
   * Before that the runs of these leases would seem to be at work, and who had asked by then would
   * hear of nothing that happened to them.
   */
  private void awaitReclaimed(JournalFollower follower, RunReader reader)
      throws InterruptedException {
    Set<Long> left = devices.openFences();
    long begun = System.nanoTime();
    while (!closing
        && !Collections.disjoint(left, devices.openFences())
        && System.nanoTime() - begun < RECLAIMING_NANOS) {
      follow(follower, reader);
    }
  }

  private void follow(JournalFollower follower, RunReader reader) throws InterruptedException {
    List<Entry> taken = new ArrayList<>();
    try {
      follower.poll(event -> take(event, reader, taken));
    } catch (RuntimeException e) {
      if (!closing) {
        LOG.error("the journal cannot be followed at this moment: {}", e.getMessage());
        Thread.sleep(AFTER_TROUBLE_MILLIS);
      }
    }
    publish(taken);
    if (taken.isEmpty()) {
      awaitMore();
    } else {
      Thread.sleep(GATHERING_MILLIS);
    }
  }

  private void awaitMore() throws InterruptedException {
    if (more.isDone()) {
      more = journal.durableAfter(offset);
    }
    try {
      more.get(1, TimeUnit.SECONDS);
    } catch (TimeoutException stillNothing) {
      // The same is waited for again, so that nothing piles up where nothing happens.
      return;
    } catch (ExecutionException closed) {
      Thread.sleep(AFTER_TROUBLE_MILLIS);
    }
  }

  private void take(StoredEvent event, RunReader reader, List<Entry> taken) {
    StreamName stream = StreamName.of(event.persistenceId());
    noteStudy(stream);
    if (stream.kind().equals(StreamName.SUPERVISOR)) {
      devices.apply(event);
    } else if (stream.isOfRun() && RunId.isValid(stream.id())) {
      RunId run = new RunId(stream.id());
      if (stream.kind().equals(StreamName.RUN)) {
        runs.apply(run, event, reader);
      } else if (stream.kind().equals(StreamName.ANALYSIS)) {
        runs.beside(run, event);
      }
    }
    taken.add(
        new Entry(
            stream, event.sequence(), event.offset(), OVERHEAD + SWELLING * event.bytes().size()));
  }

  private void noteStudy(StreamName stream) {
    if (stream.kind().equals(StreamName.STUDY)) {
      studies.add(stream.id());
    }
  }

  /** Whether there is or was a study of that name. */
  public boolean isStudy(String name) {
    return studies.contains(name);
  }

  private void publish(List<Entry> taken) {
    if (taken.isEmpty()) {
      return;
    }
    synchronized (this) {
      for (Entry entry : taken) {
        recent.addLast(entry);
        weight += entry.weight();
      }
      while (recent.size() > limits.events() || (weight > limits.bytes() && recent.size() > 1)) {
        Entry oldest = recent.removeFirst();
        weight -= oldest.weight();
        before = oldest.offset();
      }
      offset = taken.get(taken.size() - 1).offset();
    }
    waiting.forEach(each -> each.moved.complete(null));
  }

  /** Ends; nothing reads the journal after this. */
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    waiting.forEach(each -> each.moved.complete(null));
    thread.awaitEnd();
  }
}

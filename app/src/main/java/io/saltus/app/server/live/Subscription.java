package io.saltus.app.server.live;

import io.saltus.app.json.Json;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.runs.RunReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.pekko.util.ByteString;

/**
 * One reader of the feed. It holds no queue: it is asked for the next part when the last has been
 * sent, and takes what has come since from what the feed has at hand, or from the journal while it
 * catches up. One that was up to date and has fallen behind all that is at hand is told so, and
 * ends. One thread at a time.
 */
final class Subscription {

  private static final int MOST_EVENTS = 512;
  private static final int MOST_SCANNED = 4_096;
  private static final int ENOUGH_BYTES = 256 << 10;
  private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(10);

  /** A hundred runs are told ten times a second each, a thousand once. */
  private static final long RUNS_APART = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long RUNS_EACH = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long OTHERS_APART = TimeUnit.MILLISECONDS.toNanos(500);

  /** What was held back when a reader was cut off is not older than that: it is told again. */
  private static final Duration HELD_BACK = Duration.ofSeconds(5);

  private final Feed feed;
  private final Topics topics;
  private final StateLines lines;
  private final Executor executor;
  private final Optional<Long> after;
  private final States<RunId> runs = new States<>(RUNS_APART, RUNS_EACH);
  private final States<String> devices = new States<>(OTHERS_APART, 0);
  private final States<StudyId> studies = new States<>(OTHERS_APART, 0);
  private long cursor;
  private boolean greeted;
  private boolean upToDate;
  private volatile boolean ended;

  /**
   * @param after the offset up to which the reader knows everything; empty: up to now
   * @param executor on which the journal may be read
   */
  Subscription(
      Feed feed, Topics topics, StateLines lines, Optional<Long> after, Executor executor) {
    this.feed = feed;
    this.topics = topics;
    this.lines = lines;
    this.after = after;
    this.executor = executor;
  }

  /** Ends; nobody listens any more. */
  void end() {
    ended = true;
  }

  /** The next part, once there is one; empty at the end. */
  CompletionStage<Optional<ByteString>> next() {
    CompletableFuture<Optional<ByteString>> part = new CompletableFuture<>();
    look(part);
    return part;
  }

  private void look(CompletableFuture<Optional<ByteString>> part) {
    try {
      executor.execute(() -> take(part));
    } catch (RejectedExecutionException busy) {
      part.complete(Optional.empty());
    }
  }

  private void take(CompletableFuture<Optional<ByteString>> part) {
    try {
      if (ended || feed.isClosing()) {
        part.complete(Optional.empty());
        return;
      }
      ByteString bytes = take();
      if (!bytes.isEmpty()) {
        part.complete(Optional.of(bytes));
        return;
      }
      CompletionStage<Void> moved = feed.moved(cursor, patience(System.nanoTime()));
      moved.whenComplete((done, failure) -> look(part));
    } catch (RuntimeException e) {
      part.completeExceptionally(e);
    }
  }

  private ByteString take() {
    Part out = new Part();
    if (!greeted) {
      greet(out);
    }
    Optional<Feed.Window> window = feed.after(cursor, MOST_EVENTS);
    if (window.isPresent()) {
      take(window.get(), out);
    } else if (upToDate) {
      ended = true;
      lag(out);
      // What has been told so far ends here; the next question is answered with the end.
      return out.bytes();
    } else {
      catchUp(out);
    }
    tell(out);
    return out.bytes();
  }

  private void greet(Part out) {
    greeted = true;
    long now = feed.readOffset();
    // An offset of another home, or of one that lost its end, is none to go on from.
    cursor = after.filter(offset -> offset <= now).orElse(now);
    out.append(
        Messages.of(Optional.of(cursor), "hello", Json.line(json -> json.put("offset", cursor))));
    after.filter(offset -> offset == cursor).ifPresent(this::mindHeldBack);
  }

  private void mindHeldBack(long offset) {
    if (!topics.runs() && !topics.devices() && topics.studies().isEmpty()) {
      return;
    }
    long now = feed.readOffset();
    devices.changed("");
    topics.studies().forEach(studies::changed);
    Instant since = timeOf(offset).minus(HELD_BACK);
    for (LiveRun run : feed.runs().all()) {
      if (topics.runs() && (run.lastOffset() > offset || run.lastTime().isAfter(since))) {
        runs.changed(new RunId(run.run()));
      }
    }
    if (topics.runs()) {
      feed.runs().deletedSince(offset).forEach(runs::changed);
    }
    if (!topics.wantsEvents()) {
      // All that is changed is known; the events themselves need not be read.
      cursor = Math.max(cursor, now);
    }
  }

  private Instant timeOf(long offset) {
    try (JournalReader reader = feed.reader()) {
      Iterator<StoredEvent> found = reader.byOffset(Math.max(1, offset));
      return found.hasNext() ? found.next().time() : Instant.MAX.minus(HELD_BACK);
    }
  }

  private void take(Feed.Window window, Part out) {
    if (window.events().isEmpty()) {
      cursor = window.until();
      upToDate = true;
      return;
    }
    try (JournalReader reader = feed.reader()) {
      RunReader source = feed.runs(reader);
      for (Entry entry : window.events()) {
        if (topics.wantsEvents(entry.stream())) {
          out.append(
              entry.encoded(() -> event(source, entry.stream(), entry.sequence(), entry.offset())));
        }
        note(entry.stream());
        cursor = entry.offset();
        if (out.size() > ENOUGH_BYTES) {
          return;
        }
      }
    }
    cursor = window.until();
    upToDate |= cursor >= feed.offset();
  }

  private void catchUp(Part out) {
    try (JournalReader reader = feed.reader()) {
      RunReader source = feed.runs(reader);
      Iterator<StoredEvent> events = reader.byOffset(cursor + 1);
      // No further than the feed: what it tells of runs must not be older than their events.
      long end = feed.offset();
      for (int scanned = 0; scanned < MOST_SCANNED && events.hasNext(); scanned++) {
        StoredEvent event = events.next();
        if (event.offset() > end || out.size() > ENOUGH_BYTES) {
          return;
        }
        StreamName stream = StreamName.of(event.persistenceId());
        if (topics.wantsEvents(stream)) {
          out.append(event(source, stream, event.sequence(), event.offset()));
        }
        note(stream);
        cursor = event.offset();
      }
    }
  }

  private static ByteString event(RunReader source, StreamName stream, long sequence, long offset) {
    return EventLines.of(source, stream, sequence)
        .map(line -> Messages.of(Optional.of(offset), "event", line))
        .orElse(ByteString.emptyByteString());
  }

  private void note(StreamName stream) {
    boolean ofRun = stream.isOfRun() && RunId.isValid(stream.id());
    if (topics.runs() && ofRun) {
      runs.changed(new RunId(stream.id()));
    }
    if (topics.devices() && stream.kind().equals(StreamName.SUPERVISOR)) {
      devices.changed("");
    }
    for (StudyId study : topics.studies()) {
      boolean own = stream.kind().equals(StreamName.STUDY) && stream.id().equals(study.value());
      if (own || (ofRun && stream.id().startsWith(study.value() + "."))) {
        studies.changed(study);
      }
    }
  }

  private void tell(Part out) {
    long now = System.nanoTime();
    // Of its own: a reader whose parts are full of events is to hear of states all the same.
    int before = out.size();
    BooleanSupplier room = () -> out.size() - before <= ENOUGH_BYTES;
    runs.tell(now, room, run -> tell(run, out));
    if (topics.devices()) {
      devices.tell(now, room, all -> out.append(state("devices", lines.devices())));
    }
    studies.tell(
        now,
        room,
        study -> out.append(state("study", Json.line(json -> json.put("study", study.value())))));
  }

  private void tell(RunId run, Part out) {
    lines.run(run).ifPresent(line -> out.append(state("summary", line)));
    if (feed.runs().wasDeleted(run)) {
      out.append(state("deleted", Json.line(json -> json.put("run", run.value()))));
    }
  }

  private ByteString state(String event, String line) {
    return Messages.of(Optional.of(cursor), event, line);
  }

  private void lag(Part out) {
    out.append(
        Messages.of(Optional.empty(), "lagging", Json.line(json -> json.put("from", cursor))));
  }

  private long patience(long now) {
    long next = studies.nextIn(now, LONGEST_WAIT);
    next = topics.devices() ? devices.nextIn(now, next) : next;
    return Math.max(TimeUnit.MILLISECONDS.toNanos(1), runs.nextIn(now, next));
  }
}

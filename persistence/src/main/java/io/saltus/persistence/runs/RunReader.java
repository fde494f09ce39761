package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.ProbeEvent.ProbeRecorded;
import io.saltus.experiment.event.RunEvent.ForkOrigin;
import io.saltus.experiment.event.RunEvent.RunImported;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.persistence.index.RunIndexFile;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.read.JournalFollower;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Runs, from a journal alone. What is seen is the journal as its reader stands; {@link
 * JournalReader#refresh} moves it on. Iterators read on demand and hold a bounded part in memory.
 *
 * <p>Methods throw {@link JournalDamagedException} and {@link UnknownEventException} at an event
 * that cannot be read, naming run and sequence number, and {@link RunNotFoundException} for a run
 * that is not there or was deleted.
 */
public final class RunReader {

  /** What the stream of a run begins with. */
  private static final List<String> BEGINNINGS =
      List.of(RunSubmitted.class.getSimpleName(), RunImported.class.getSimpleName());

  private final RunEventSource source;
  private final RunCatalogue catalogue;
  private final RunFold fold;
  private final RunNames names;

  /**
   * Reads runs.
   *
   * @param journal stays the caller's to refresh and to close
   */
  public RunReader(JournalReader journal) {
    this(journal, Optional.empty(), run -> Optional.empty());
  }

  /**
   * Reads runs, with the help of an index where there is one that belongs to the journal.
   *
   * @param journal stays the caller's to refresh and to close
   */
  public RunReader(JournalReader journal, RunIndexFile index) {
    this(journal, index, run -> Optional.empty());
  }

  /**
   * Reads runs, with the help of an index and of states that somebody has folded already.
   *
   * @param journal stays the caller's to refresh and to close
   * @param known states of runs at an event of the same journal, or none
   */
  public RunReader(
      JournalReader journal, RunIndexFile index, Function<RunId, Optional<RunState>> known) {
    this(journal, Optional.of(index), known);
  }

  private RunReader(
      JournalReader journal,
      Optional<RunIndexFile> index,
      Function<RunId, Optional<RunState>> folded) {
    source = new RunEventSource(journal);
    fold = new RunFold(source, this::frames, folded);
    Supplier<Optional<KnownRuns>> known = () -> index.flatMap(file -> KnownRuns.of(journal, file));
    names = new RunNames(source, known, fold::latest);
    catalogue = new RunCatalogue(known, names, this::entry);
  }

  /** All runs in the order of their submission, deleted ones left out. */
  public RunList list() {
    return catalogue.list();
  }

  /**
   * As {@link #list}, with no more of each run than a list shows: quick where there is an index.
   */
  public RunSummaries summaries() {
    return catalogue.summaries();
  }

  RunCatalogue catalogue() {
    return catalogue;
  }

  /** A run, deleted or not; empty where its stream is. */
  private Optional<RunEntry> entry(RunId run) {
    Iterator<StoredEvent> first = source.stored(run, 1, 1);
    if (!first.hasNext()) {
      return Optional.empty();
    }
    StoredEvent submission = first.next();
    if (!BEGINNINGS.contains(submission.manifest())) {
      throw new JournalDamagedException(
          submission.persistenceId(),
          1,
          "it is " + submission.manifest() + ", not " + String.join(" or ", BEGINNINGS));
    }
    return Optional.of(new RunEntry(run, submission.time(), submission.offset(), fold.latest(run)));
  }

  /**
   * The run that a text means: an exact id, else a unique prefix of one, or {@code @last}, the run
   * submitted last, imported ones left out.
   *
   * @throws RunNotFoundException when none or several fit; the message names those that come near
   */
  public RunId resolve(String text) {
    return names.resolve(text);
  }

  /** Whether a run of this id is there and not deleted. */
  public boolean exists(RunId run) {
    return names.exists(run);
  }

  /** The state of a run now. */
  public RunState state(RunId run) {
    return present(run, fold.latest(run));
  }

  /**
   * The state of a run after a step, in today's history: frames are cut, and what superseded
   * attempts recorded is left out.
   *
   * @param step from 0; beyond the end it is the last one
   */
  public RunState stateUntilStep(RunId run, long step) {
    return present(run, fold.untilStep(run, step));
  }

  /**
   * The state of a run after an event, as history was known then.
   *
   * @param sequence from 1; beyond the end it is the last one
   */
  public RunState stateUntilSequence(RunId run, long sequence) {
    return present(run, fold.untilSequence(run, sequence));
  }

  /**
   * The last event before today's history goes beyond a step: the events up to it hold no frame of
   * today's history that ends later, and all that happened until such a frame was recorded.
   *
   * @param step from 0; beyond the end it is the last event of all
   */
  public long lastSequenceUntilStep(RunId run, long step) {
    RunState state = state(run);
    return fold.lastSequence(
        run,
        begin(run, state, new StepRange(step, Long.MAX_VALUE)),
        state.lastSequence(),
        rewinds(run, state),
        step);
  }

  private static RunState present(RunId run, RunState state) {
    if (state.submission().isEmpty() || state.deleted()) {
      throw new RunNotFoundException("no run '" + run + "'. `saltus runs` lists all.");
    }
    return state;
  }

  /**
   * The events of a run in order, those of superseded history included.
   *
   * @param fromSequence the first, from 1
   * @param untilSequence the last, included
   */
  public Iterator<RecordedEvent> events(RunId run, long fromSequence, long untilSequence) {
    return source.events(run, fromSequence, untilSequence);
  }

  /**
   * As {@link #events}, but frames come without their columns, unread: many times as fast for a run
   * of many values.
   */
  public Iterator<RecordedEvent> outlines(RunId run, long fromSequence, long untilSequence) {
    return source.outlines(run, fromSequence, untilSequence);
  }

  /** Follows the events of a run, which need not be there yet, from a sequence number on. */
  public RunFollower follow(RunId run, long fromSequence) {
    return new RunFollower(
        run, JournalFollower.ofStream(source.journal(), RunEventSource.stream(run), fromSequence));
  }

  /** A stream beside that of a run, which need not be there yet. */
  public <E> BesideReader<E> beside(RunId run, BesideStream<E> stream) {
    return new BesideReader<>(source.journal(), run, stream);
  }

  /** What probes recorded of the run's current history; its ancestors' probes are not its own. */
  public ProbedMetrics probed(RunId run) {
    Rewinds rewinds = rewinds(run, state(run));
    ProbedMetrics probed = ProbedMetrics.none();
    beside(run, BesideStream.PROBE)
        .events(1, Long.MAX_VALUE)
        .forEachRemaining(
            event -> {
              if (event.event() instanceof ProbeRecorded recorded) {
                probed.add(recorded, rewinds.limitOfOffset(event.offset()));
              }
            });
    return probed;
  }

  /**
   * The frames of current history in ascending steps, cut to a range; a fork's begin with those of
   * its ancestors up to the fork.
   */
  public Iterator<RecordedFrame> frames(RunId run, StepRange range) {
    RunState state = state(run);
    return withInherited(
        state,
        range,
        FrameIterator.current(
            run,
            source.stored(run, begin(run, state, range), state.lastSequence()),
            rewinds(run, state),
            range));
  }

  /**
   * As {@link #frames}, of the history as it was known after an event.
   *
   * @param sequence of that event, from 1
   */
  public Iterator<RecordedFrame> framesUntilSequence(RunId run, StepRange range, long sequence) {
    RunState state = state(run);
    long last = Math.min(sequence, state.lastSequence());
    Rewinds rewinds = state.rewinds() == 0 ? Rewinds.none() : Rewinds.read(source, run, last);
    return withInherited(
        state, range, FrameIterator.current(run, source.stored(run, 1, last), rewinds, range));
  }

  private Iterator<RecordedFrame> withInherited(
      RunState state, StepRange range, Iterator<RecordedFrame> own) {
    Optional<ForkOrigin> parent = state.parent();
    if (parent.isEmpty() || range.from() > parent.get().step()) {
      return own;
    }
    Iterator<RecordedFrame> inherited =
        frames(parent.get().run(), range.butNotBeyond(parent.get().step()));
    return new FrameChain(inherited, own);
  }

  /** The frames that one attempt recorded, superseded or not, cut to a range. */
  public Iterator<RecordedFrame> framesOfAttempt(RunId run, int attempt, StepRange range) {
    RunState state = state(run);
    return FrameIterator.ofAttempt(
        run, source.stored(run, 1, state.lastSequence()), attempt, range);
  }

  /**
   * The frames of {@link #frames} with the columns that must come out the same when they are
   * computed again: those that the catalogue of the recording attempt calls deterministic.
   */
  public Iterator<MetricFrame> deterministicFrames(RunId run, StepRange range) {
    DeterministicColumns deterministic = new DeterministicColumns(this::state);
    Iterator<RecordedFrame> all = frames(run, range);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public MetricFrame next() {
        RecordedFrame recorded = all.next();
        return new MetricFrame(
            recorded.frame().from(), recorded.frame().until(), deterministic.all(recorded));
      }
    };
  }

  /**
   * The digests of the states of a run's current history that were ever saved, by their step:
   * dropped checkpoints are among them, those of a fork's ancestors are not.
   */
  public SortedMap<Long, Sha256> savedStates(RunId run, StepRange range) {
    RunState state = state(run);
    return SavedStates.read(
        run,
        source.stored(run, begin(run, state, range), state.lastSequence()),
        rewinds(run, state),
        range);
  }

  /** The columns of one scalar metric in current history, in ascending steps. */
  public Iterator<ScalarColumn> series(RunId run, MetricName metric, StepRange range) {
    return columns(frames(run, range), metric);
  }

  /** The columns of one scalar metric that one attempt recorded. */
  public Iterator<ScalarColumn> seriesOfAttempt(
      RunId run, int attempt, MetricName metric, StepRange range) {
    return columns(framesOfAttempt(run, attempt, range), metric);
  }

  private static Iterator<ScalarColumn> columns(Iterator<RecordedFrame> frames, MetricName metric) {
    return stream(frames)
        .flatMap(recorded -> recorded.frame().column(metric).stream())
        .filter(column -> column.size() > 0)
        .filter(ScalarColumn.class::isInstance)
        .map(ScalarColumn.class::cast)
        .iterator();
  }

  /**
   * The digest of the deterministic scalar series of current history, as {@code digest} shows it:
   * the one that was put beside the trainer's state, else computed.
   */
  public Sha256 digest(RunId run) {
    return state(run).seriesDigest().orElseGet(() -> computeDigest(run));
  }

  /** As {@link #digest}, but always from the frames. */
  public Sha256 computeDigest(RunId run) {
    return computeDigest(run, StepRange.ALL);
  }

  /** As {@link #computeDigest(RunId)}, of a part of current history only. */
  public Sha256 computeDigest(RunId run, StepRange range) {
    return computeDigest(run, range, SeriesDigest.DEFAULT_PAIRS_IN_MEMORY);
  }

  Sha256 computeDigest(RunId run, long pairsInMemory) {
    return computeDigest(run, StepRange.ALL, pairsInMemory);
  }

  private Sha256 computeDigest(RunId run, StepRange range, long pairsInMemory) {
    DeterministicColumns deterministic = new DeterministicColumns(this::state);
    return SeriesDigest.of(
        () ->
            stream(frames(run, range))
                .flatMap(recorded -> deterministic.of(recorded).stream())
                .iterator(),
        pairsInMemory);
  }

  /** The first event to look at: steps of a history that was rewound are in no order. */
  private long begin(RunId run, RunState state, StepRange range) {
    return state.rewinds() == 0
        ? new FirstEvent(source, run, state.lastSequence()).about(range.from())
        : 1;
  }

  private Rewinds rewinds(RunId run, RunState state) {
    return state.rewinds() == 0 ? Rewinds.none() : Rewinds.read(source, run, state.lastSequence());
  }

  private static <T> Stream<T> stream(Iterator<T> iterator) {
    Iterable<T> once = () -> iterator;
    return StreamSupport.stream(once.spliterator(), false);
  }
}

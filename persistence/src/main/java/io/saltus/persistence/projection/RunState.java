package io.saltus.persistence.projection;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.Diverged;
import io.saltus.experiment.event.RunEvent.ForkOrigin;
import io.saltus.experiment.event.RunEvent.NonFiniteObserved;
import io.saltus.experiment.event.RunEvent.RunImported;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.experiment.metric.Catalogue;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state of a run: a fold over its events, in the order of their sequence numbers. Immutable.
 * Its size depends on the number of metrics, attempts and checkpoints kept, not on the number of
 * steps.
 *
 * <p>When history is rewound past recorded steps, the statistics of {@link #recorded} hold
 * superseded steps and say so ({@link RecordedMetrics#stale}); a fold that leaves superseded steps
 * out from the beginning is never stale.
 *
 * @param submission the first event; empty before it. Of an imported run {@link ImportedRun#standIn
 *     a stand-in}
 * @param imported how the run was brought in; only of an imported one
 * @param status where the run is in its life
 * @param steps the last step at most; 0 before the submission
 * @param recorded what follows from the frames
 * @param attempts in order
 * @param checkpoints not dropped and not beyond the recorded history, in the order they were saved
 * @param completions the steps at which the run came to its end, in ascending order: several when
 *     it was extended, from there or from a rest there. Every set was evaluated there, so a
 *     re-execution must do so too
 * @param annotations people's words
 * @param error why the run failed, while it is failed; of an imported one what ended its last
 *     attempt
 * @param nonFinite the first deterministic value that was not finite
 * @param diverged the first re-execution that gave something else
 * @param rewinds how often history was rewound
 * @param deleted whether the run was deleted
 * @param lastSequence of the last event, 0 before the first
 * @param events how many events were folded
 * @param seriesDigest a digest that was computed and put beside this state; never from an event,
 *     and gone as soon as an event changes the series
 */
public record RunState(
    Optional<RunSubmitted> submission,
    Optional<RunImported> imported,
    RunStatus status,
    long steps,
    RecordedMetrics recorded,
    List<AttemptState> attempts,
    List<CheckpointState> checkpoints,
    List<Long> completions,
    Annotations annotations,
    Optional<RunError> error,
    Optional<NonFiniteObserved> nonFinite,
    Optional<Diverged> diverged,
    int rewinds,
    boolean deleted,
    long lastSequence,
    long events,
    Optional<Sha256> seriesDigest) {

  private static final RunState EMPTY =
      new RunState(
          Optional.empty(),
          Optional.empty(),
          RunStatus.QUEUED,
          0,
          RecordedMetrics.none(),
          List.of(),
          List.of(),
          List.of(),
          Annotations.none(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          false,
          0,
          0,
          Optional.empty());

  /** Copies the lists. */
  public RunState {
    attempts = List.copyOf(attempts);
    checkpoints = List.copyOf(checkpoints);
    completions = List.copyOf(completions);
  }

  /** Before the first event. */
  public static RunState empty() {
    return EMPTY;
  }

  /** After the event that follows next, for those who see every event and not its number. */
  public RunState apply(RunEvent event) {
    return apply(event, lastSequence + 1);
  }

  /**
   * After one more event.
   *
   * @param sequence its number; numbers between the last one and this one belong to events that
   *     were left out on purpose
   * @throws IllegalArgumentException when {@code sequence} is not beyond the last one
   */
  public RunState apply(RunEvent event, long sequence) {
    checkOrder(sequence);
    return new RunStateDraft(this).apply(event, sequence);
  }

  /**
   * After an event that counts but changes nothing, because it belongs to superseded history.
   *
   * @param sequence its number
   * @throws IllegalArgumentException when {@code sequence} is not beyond the last one
   */
  public RunState skip(long sequence) {
    checkOrder(sequence);
    return new RunStateDraft(this).skip(sequence);
  }

  private void checkOrder(long sequence) {
    if (sequence <= lastSequence) {
      throw new IllegalArgumentException(
          "event " + sequence + " cannot follow event " + lastSequence);
    }
  }

  /** With the digest of the series as it is now, so that readers need not compute it. */
  public RunState withSeriesDigest(Sha256 digest) {
    RunStateDraft draft = new RunStateDraft(this);
    draft.seriesDigest = Optional.of(digest);
    return draft.freeze();
  }

  /** With other recorded metrics: those of a fork, which begin with its parent's. */
  public RunState withRecorded(RecordedMetrics metrics) {
    RunStateDraft draft = new RunStateDraft(this);
    draft.recorded = metrics;
    return draft.freeze();
  }

  /** The last step that was recorded, of a fork the step of the fork; -1 when there is none. */
  public long step() {
    return recorded.step();
  }

  /** The run's id; empty before the submission. */
  public Optional<RunId> run() {
    return submission.map(RunSubmitted::run);
  }

  /** Where the run was forked from. */
  public Optional<ForkOrigin> parent() {
    return submission.flatMap(RunSubmitted::parent);
  }

  /** The step whose state the run began with: -1, or the step of its fork. */
  public long beginsWith() {
    return parent().map(ForkOrigin::step).orElse(RecordedMetrics.NO_STEP);
  }

  /** The latest attempt. */
  public Optional<AttemptState> latestAttempt() {
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
  }

  /** The attempt of a number. */
  public Optional<AttemptState> attempt(int number) {
    return attempts.stream().filter(attempt -> attempt.attempt() == number).findFirst();
  }

  /** The devices of the latest attempt; empty before the first. */
  public List<DeviceId> devices() {
    return latestAttempt().map(AttemptState::devices).orElse(List.of());
  }

  /** The catalogue of the latest attempt; empty before the first. */
  public Optional<Catalogue> catalogue() {
    return latestAttempt().map(AttemptState::catalogue);
  }

  /**
   * What the run was computed with, as texts by name: every path of its spec, of an imported run
   * what its source says.
   */
  public SortedMap<String, String> parameters() {
    return imported
        .map(RunImported::parameters)
        .or(() -> submission.map(submitted -> submitted.spec().paths()))
        .orElseGet(TreeMap::new);
  }

  /** Whether the history is what one uninterrupted execution would have given. */
  public Exactness exactness() {
    return imported.isPresent()
        ? Exactness.ofImported()
        : Exactness.of(attempts, beginsWith(), diverged, rewinds);
  }
}

package io.saltus.experiment.event;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.experiment.provenance.InputDigest;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.UntilRule;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What happened to a run. Facts, never derived values; a run's state is a fold over them. None
 * holds an absolute path, a host's or a user's name.
 */
public sealed interface RunEvent {

  /**
   * The run was asked for; the first event of its stream, unless it was {@linkplain RunImported
   * imported}.
   *
   * @param run its id
   * @param spec resolved, without paths of inputs
   * @param specDigest of {@code spec}
   * @param code that submitted it
   * @param inputs the content of its input files
   * @param parent where it was forked from
   */
  record RunSubmitted(
      RunId run,
      ExperimentSpec spec,
      Sha256 specDigest,
      CodeProvenance code,
      List<InputDigest> inputs,
      Optional<ForkOrigin> parent)
      implements RunEvent {
    /** Copies the list. */
    public RunSubmitted {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * Where a fork began.
   *
   * @param run the parent
   * @param step whose state the fork begins with
   * @param optimizerSlots what becomes of the parent's optimiser slots
   */
  record ForkOrigin(RunId run, long step, SlotFate optimizerSlots) {}

  /** What becomes of optimiser slots in a fork. */
  enum SlotFate {
    /** They are kept. */
    KEPT,
    /** They begin anew. */
    RESET
  }

  /**
   * The run was computed elsewhere, and what was recorded of it there is brought in; the first
   * event of such a stream. Its metrics follow in attempts without devices.
   *
   * @param run its id, a fresh one
   * @param experiment what it is called by, in the shape of a run's name
   * @param origin what it was read from
   * @param parameters that it was computed with, as far as the source says, as texts by name
   * @param source of the content that it was read from; empty when it came in parts
   * @param code that brought it in
   */
  record RunImported(
      RunId run,
      String experiment,
      ImportOrigin origin,
      SortedMap<String, String> parameters,
      Optional<Sha256> source,
      CodeProvenance code)
      implements RunEvent {
    /** Copies the parameters. */
    public RunImported {
      parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }
  }

  /** What an imported run was read from. */
  enum ImportOrigin {
    /** Event files of TensorBoard. */
    TENSORBOARD,
    /** Columns of numbers. */
    CSV,
    /** An export of Saltus. */
    JSONL,
    /** Another program, which told it while it computed. */
    EXTERNAL
  }

  /**
   * People's words about the run; what is absent stays as it was. Never part of a digest.
   *
   * @param tags set or overwritten
   * @param untagged tags that were removed
   */
  record RunAnnotated(
      SortedMap<String, String> tags,
      List<String> untagged,
      Optional<String> note,
      Optional<String> group,
      Optional<String> displayName,
      Optional<Boolean> archived)
      implements RunEvent {
    /** Copies the collections. */
    public RunAnnotated {
      tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
      untagged = List.copyOf(untagged);
    }
  }

  /**
   * An incarnation of the run began.
   *
   * @param attempt from 1
   * @param fromStep the step whose state it began with; -1 when it begins with step 0 itself
   */
  record AttemptStarted(
      int attempt,
      List<DeviceId> devices,
      long fromStep,
      Fingerprint fingerprint,
      Catalogue catalogue)
      implements RunEvent {
    /** Copies the list. */
    public AttemptStarted {
      devices = List.copyOf(devices);
    }
  }

  /** Metrics of consecutive steps. */
  record MetricsRecorded(int attempt, MetricFrame frame) implements RunEvent {}

  /** The state after a step lies in a durable, content-addressed file. */
  record CheckpointSaved(int attempt, long step, Sha256 sha256, long bytes) implements RunEvent {}

  /** A checkpoint's file was found to be bad or missing. */
  record CheckpointRejected(long step, Sha256 sha256, String reason) implements RunEvent {}

  /** A checkpoint is no longer needed; its file may go. */
  record CheckpointDropped(long step, Sha256 sha256) implements RunEvent {}

  /** Steps that the journal already held were executed again and every compared bit was equal. */
  record CatchUpVerified(int attempt, long fromStep, long untilStep) implements RunEvent {}

  /**
   * A re-execution gave something else than the journal holds.
   *
   * @param subject the metric or the tensor
   * @param recorded as shortest decimal or digest
   * @param recomputed likewise
   */
  record Diverged(int attempt, long step, String subject, String recorded, String recomputed)
      implements RunEvent {}

  /** What was recorded beyond a step is superseded. */
  record HistoryRewound(int attempt, long toStep) implements RunEvent {}

  /** A deterministic metric was NaN or infinite. */
  record NonFiniteObserved(int attempt, long step, MetricName metric) implements RunEvent {}

  /** An incarnation ended. */
  record AttemptEnded(int attempt, AttemptEnd cause, String message) implements RunEvent {}

  /** The run may now go on to a later last step; its {@code until} rules are set aside. */
  record RunExtended(long steps) implements RunEvent {}

  /** The run was deleted; its payloads may be emptied. */
  record RunDeleted() implements RunEvent {}

  /** The run rests after a step, in good order. */
  record RunPaused(long step, String reason) implements RunEvent {}

  /** A resting run was asked to go on. */
  record RunResumed() implements RunEvent {}

  /** Somebody ended the run for good. */
  record RunCancelled(long step, String reason) implements RunEvent {}

  /**
   * The run reached its end.
   *
   * @param rule the {@code until} rule that was met; empty when it was the last step
   */
  record RunCompleted(long step, Optional<UntilRule> rule) implements RunEvent {}

  /** The run ended without reaching its end. */
  record RunFailed(long step, AttemptEnd cause, String message) implements RunEvent {}
}

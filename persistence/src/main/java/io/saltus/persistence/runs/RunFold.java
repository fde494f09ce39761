package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.CheckpointDropped;
import io.saltus.experiment.event.RunEvent.CheckpointRejected;
import io.saltus.experiment.event.RunEvent.CheckpointSaved;
import io.saltus.experiment.event.RunEvent.Diverged;
import io.saltus.experiment.event.RunEvent.ForkOrigin;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.event.RunEvent.NonFiniteObserved;
import io.saltus.experiment.event.RunEvent.RunCancelled;
import io.saltus.experiment.event.RunEvent.RunCompleted;
import io.saltus.experiment.event.RunEvent.RunFailed;
import io.saltus.experiment.event.RunEvent.RunPaused;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.persistence.projection.RecordedMetrics;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.read.StoredEvent;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * States of a run from its events. History is mostly never rewound, so the events are folded as
 * they come; only when that leaves stale statistics are they folded again, with the superseded
 * steps left out from the beginning and those of a fork's parent put before its own.
 */
final class RunFold {

  private static final String FRAME = MetricsRecorded.class.getSimpleName();

  private final RunEventSource source;
  private final BiFunction<RunId, StepRange, Iterator<RecordedFrame>> frames;
  private final Function<RunId, Optional<RunState>> folded;

  /**
   * @param frames of a run's current history, which a fork of it begins with
   * @param folded states that somebody has, at an event of the same journal
   */
  RunFold(
      RunEventSource source,
      BiFunction<RunId, StepRange, Iterator<RecordedFrame>> frames,
      Function<RunId, Optional<RunState>> folded) {
    this.source = source;
    this.frames = frames;
    this.folded = folded;
  }

  /** The state now, from one that is known or the last usable snapshot on. */
  RunState latest(RunId run) {
    // Whoever has it may have seen more of the journal than its reader here.
    RunState begin =
        folded
            .apply(run)
            .filter(state -> state.lastSequence() <= source.last(run))
            .or(() -> source.snapshot(run))
            .orElse(RunState.empty());
    RunState state = fold(begin, run, Long.MAX_VALUE);
    return state.recorded().stale() ? untilSequence(run, Long.MAX_VALUE) : state;
  }

  /** The state after an event, as history was known then. */
  RunState untilSequence(RunId run, long sequence) {
    RunState state = fold(RunState.empty(), run, sequence);
    return state.recorded().stale()
        ? new Replay(Rewinds.read(source, run, sequence), Long.MAX_VALUE).fold(run, sequence)
        : state;
  }

  /** The state after a step of today's history. */
  RunState untilStep(RunId run, long step) {
    return new Replay(Rewinds.read(source, run, Long.MAX_VALUE), step).fold(run, Long.MAX_VALUE);
  }

  /**
   * The last event before the first frame of current history that ends beyond a step. Frames are
   * looked at without their columns, other events not at all.
   *
   * @param begin an event before which no frame does
   */
  long lastSequence(RunId run, long begin, long end, Rewinds rewinds, long step) {
    Iterator<StoredEvent> events = source.stored(run, begin, end);
    while (events.hasNext()) {
      StoredEvent event = events.next();
      if (event.manifest().equals(FRAME)) {
        MetricsRecorded recorded = (MetricsRecorded) RunEventSource.outline(run, event).event();
        long limit = rewinds.limit(event.sequence());
        boolean current = recorded.frame().from() <= limit;
        if (current && Math.min(recorded.frame().until(), limit) > step) {
          return event.sequence() - 1;
        }
      }
    }
    return end;
  }

  private RunState fold(RunState begin, RunId run, long untilSequence) {
    RunState state = begin;
    Iterator<RecordedEvent> events = source.events(run, begin.lastSequence() + 1, untilSequence);
    while (events.hasNext()) {
      RecordedEvent event = events.next();
      state = state.apply(event.event(), event.sequence());
    }
    return state;
  }

  /**
   * A fold over current history up to a step. It ends before the first frame that lies wholly
   * beyond the step; of what follows a frame that was cut only checkpoints up to the step still
   * count.
   */
  private final class Replay {

    private final Rewinds rewinds;
    private final long lastStep;
    private RunState state = RunState.empty();
    private boolean cut;
    private boolean ended;

    Replay(Rewinds rewinds, long lastStep) {
      this.rewinds = rewinds;
      this.lastStep = lastStep;
    }

    RunState fold(RunId run, long untilSequence) {
      Iterator<RecordedEvent> events = source.events(run, 1, untilSequence);
      while (!ended && events.hasNext()) {
        RecordedEvent event = events.next();
        if (event.event() instanceof MetricsRecorded metrics) {
          frame(metrics, event.sequence());
        } else if (stepOf(event.event()) > lastStep || (cut && !isCheckpoint(event.event()))) {
          state = state.skip(event.sequence());
        } else {
          state = state.apply(event.event(), event.sequence());
          state =
              state
                  .parent()
                  .filter(origin -> event.sequence() == 1)
                  .map(this::inherit)
                  .orElse(state);
        }
      }
      return state;
    }

    private RunState inherit(ForkOrigin origin) {
      RecordedMetrics inherited =
          RecordedMetrics.before(state.recorded().until(), Optional.empty());
      StepRange range = new StepRange(0, Math.min(origin.step(), lastStep));
      Iterator<RecordedFrame> each = frames.apply(origin.run(), range);
      while (each.hasNext()) {
        inherited = inherited.and(each.next().frame());
      }
      return state.withRecorded(inherited);
    }

    private void frame(MetricsRecorded metrics, long sequence) {
      StepRange current = StepRange.ALL.butNotBeyond(rewinds.limit(sequence));
      Optional<MetricFrame> part = current.cut(metrics.frame());
      if (part.isEmpty()) {
        state = state.skip(sequence);
        return;
      }
      Optional<MetricFrame> wanted = current.butNotBeyond(lastStep).cut(metrics.frame());
      ended = wanted.isEmpty();
      if (wanted.isPresent()) {
        cut = part.get().until() > lastStep;
        state = state.apply(new MetricsRecorded(metrics.attempt(), wanted.get()), sequence);
      }
    }
  }

  private static boolean isCheckpoint(RunEvent event) {
    return event instanceof CheckpointSaved
        || event instanceof CheckpointRejected
        || event instanceof CheckpointDropped;
  }

  /** The step that an event is about, -1 when it is about none. */
  private static long stepOf(RunEvent event) {
    if (event instanceof CheckpointSaved saved) {
      return saved.step();
    } else if (event instanceof CheckpointRejected rejected) {
      return rejected.step();
    } else if (event instanceof CheckpointDropped dropped) {
      return dropped.step();
    } else if (event instanceof Diverged diverged) {
      return diverged.step();
    } else if (event instanceof NonFiniteObserved observed) {
      return observed.step();
    } else if (event instanceof RunPaused paused) {
      return paused.step();
    } else if (event instanceof RunCancelled cancelled) {
      return cancelled.step();
    } else if (event instanceof RunCompleted completed) {
      return completed.step();
    } else if (event instanceof RunFailed failed) {
      return failed.step();
    }
    return -1;
  }
}

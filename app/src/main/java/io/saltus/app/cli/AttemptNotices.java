package io.saltus.app.cli;

import io.saltus.actors.RunListener;
import io.saltus.app.ForwardingListener;
import io.saltus.app.text.Figures;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.provenance.Fingerprint;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says what the user should know of a run that goes on: a checkpoint that cannot be used, another
 * numeric environment (before anything is computed in it), an attempt that is lost or gave way,
 * what was executed again and how it came out.
 */
final class AttemptNotices extends ForwardingListener {

  /** What comes from outside, and is followed by another attempt. */
  private static final Set<AttemptEnd> LOSSES =
      Set.of(AttemptEnd.KILLED, AttemptEnd.OUT_OF_MEMORY, AttemptEnd.HUNG, AttemptEnd.DEVICE_LOST);

  private final Consumer<String> say;
  private final @Nullable Fingerprint first;

  /**
   * @param first the environment of the run's first attempt; null for a new run
   */
  AttemptNotices(Consumer<String> say, RunListener next, @Nullable Fingerprint first) {
    super(next);
    this.say = say;
    this.first = first;
  }

  @Override
  public void persisted(RunEvent event, long sequence) {
    if (event instanceof RunEvent.CheckpointRejected rejected) {
      say.accept(
          "warning: the checkpoint of step %s cannot be used: %s"
              .formatted(Figures.whole(rejected.step()), rejected.reason()));
    } else if (event instanceof RunEvent.AttemptEnded ended && LOSSES.contains(ended.cause())) {
      say.accept(
          "warning: attempt %d is lost (%s): %s"
              .formatted(ended.attempt(), ended.cause().text(), ended.message()));
    } else if (event instanceof RunEvent.AttemptEnded ended
        && ended.cause() == AttemptEnd.PREEMPTED) {
      say.accept("attempt %d has ended: %s".formatted(ended.attempt(), ended.message()));
    } else if (event instanceof RunEvent.AttemptStarted started) {
      started(started);
    } else if (event instanceof RunEvent.CatchUpVerified verified) {
      say.accept(
          "steps %s to %s were executed again: bit for bit as recorded"
              .formatted(Figures.whole(verified.fromStep()), Figures.whole(verified.untilStep())));
    } else if (event instanceof RunEvent.HistoryRewound rewound) {
      say.accept(
          "warning: what is recorded beyond step %d is superseded, as on-divergence says"
              .formatted(rewound.toStep()));
    } else if (event instanceof RunEvent.Diverged diverged) {
      say.accept(
          "warning: step %d came out otherwise: %s is recorded as %s and was recomputed as %s"
              .formatted(
                  diverged.step(), diverged.subject(), diverged.recorded(), diverged.recomputed()));
    }
    super.persisted(event, sequence);
  }

  @Override
  public void waits(String why) {
    say.accept("waiting: " + why);
    super.waits(why);
  }

  private void started(RunEvent.AttemptStarted started) {
    if (first == null) {
      return;
    }
    List<String> differing = started.fingerprint().numericDifferences(first);
    if (!differing.isEmpty()) {
      say.accept(
          "warning: this attempt runs in another numeric environment than the first (%s): its bits may differ, and will be compared"
              .formatted(String.join(", ", differing)));
    }
  }
}

package io.saltus.actors;

import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import java.util.Locale;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;

/**
 * Somebody who wants a run to rest, and waits until it does.
 *
 * @param wanted how
 */
record Waiting(RunOutcome wanted, ActorRef<StatusReply<Done>> replyTo) {

  /** Says whether it rests as was wanted: it may have come to its end before. */
  void answer(Settlement settlement) {
    if (settlement.outcome() == wanted) {
      replyTo.tell(StatusReply.ack());
      return;
    }
    refuse(
        "run %s %s at step %d before it could be %s"
            .formatted(
                settlement.run(), rests(settlement.outcome()), settlement.step(), text(wanted)));
  }

  void refuse(String why) {
    replyTo.tell(StatusReply.error(why));
  }

  private static String rests(RunOutcome outcome) {
    return switch (outcome) {
      case COMPLETED, FAILED -> text(outcome);
      case PAUSED, CANCELLED -> "was " + text(outcome);
    };
  }

  private static String text(RunOutcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}

package io.saltus.actors.monitor;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AnalysisEvent.JumpSuspected;
import io.saltus.experiment.event.AnalysisEvent.Remark;
import io.saltus.experiment.event.RunEvent;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the events of one run, each once and in order, and says what is to be said of them. An
 * event that does not follow the last one means that some were left out: they are in the journal.
 * It begins there, too, with the run's first event, and passes over what had been said before.
 *
 * <p>Waits for disks and computes, so it has a dispatcher of its own. It knows nothing that is not
 * in the journal and may die at any time.
 */
final class Reader extends AbstractBehavior<Reader.Command> {

  private static final Logger LOG = LoggerFactory.getLogger(Reader.class);

  /** Events that are read before messages are looked at again. */
  private static final int BATCH = 64;

  /** What a reader is told. */
  sealed interface Command {}

  /** An event is durable. */
  record Heard(RunEvent event, long sequence) implements Command {}

  /** There are more durable events than were handed over. */
  record More() implements Command {}

  /** Read on in the journal. */
  record GoOn() implements Command {}

  /** Stop when everything that is durable by now is read. */
  record Finish() implements Command {}

  private final RunId run;
  private final MonitorJournal journal;
  private final Handover handover;
  private final MonitorListener listener;
  private final Handover.Line line;
  private final Commentary commentary;
  private final Words words;
  private long read;
  private long known;
  private boolean behind;
  private boolean finishing;

  private Reader(
      ActorContext<Command> context,
      RunId run,
      MonitorJournal journal,
      Handover handover,
      MonitorListener listener) {
    super(context);
    this.run = run;
    this.journal = journal;
    this.handover = handover;
    this.listener = listener;
    this.line = handover.open(context.getSelf());
    this.commentary = new Commentary(run, journal);
    this.words = Words.of(journal.said(run));
    this.known = journal.last(run);
    context.getSelf().tell(new GoOn());
  }

  /** Begins with the first event of a run. */
  static Behavior<Command> create(
      RunId run, MonitorJournal journal, Handover handover, MonitorListener listener) {
    return Behaviors.setup(context -> new Reader(context, run, journal, handover, listener));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Heard.class, this::onHeard)
        .onMessage(More.class, this::onMore)
        .onMessage(GoOn.class, this::onGoOn)
        .onMessage(Finish.class, this::onFinish)
        .build();
  }

  private Behavior<Command> onHeard(Heard heard) {
    line.arrived();
    if (heard.sequence() == read + 1) {
      survivably(() -> take(heard.event(), heard.sequence()));
      return atEnd();
    }
    return heard.sequence() <= read ? this : catchUp();
  }

  private Behavior<Command> onMore(More more) {
    line.looks();
    return catchUp();
  }

  private Behavior<Command> onFinish(Finish finish) {
    finishing = true;
    return catchUp();
  }

  private Behavior<Command> catchUp() {
    return onGoOn(new GoOn());
  }

  private Behavior<Command> onGoOn(GoOn goOn) {
    known = Math.max(known, handover.highest());
    tell(known - read);
    long until = Math.min(known, read + BATCH);
    if (read < until) {
      survivably(() -> journal.read(run, read + 1, until, this::take));
      if (read < until) {
        throw new IllegalStateException(
            "event %d of run %s is durable and cannot be read".formatted(read + 1, run));
      }
    }
    return atEnd();
  }

  /** An exhausted heap is this reader's failure; as an error it would end the process. */
  private static void survivably(Runnable work) {
    try {
      work.run();
    } catch (OutOfMemoryError e) {
      throw new IllegalStateException("the heap is exhausted", e);
    }
  }

  private void take(RunEvent event, long sequence) {
    read = sequence;
    for (Remark remark : commentary.on(event, sequence)) {
      if (!words.take(remark)) {
        say(remark);
      }
    }
  }

  private void say(Remark remark) {
    journal.append(run, remark);
    if (remark instanceof JumpSuspected) {
      listener.wantsCheckpoint();
    }
    listener.said(remark);
  }

  private Behavior<Command> atEnd() {
    known = Math.max(known, handover.highest());
    tell(known - read);
    if (read < known) {
      getContext().getSelf().tell(new GoOn());
      return this;
    }
    return finishing ? Behaviors.stopped() : this;
  }

  private void tell(long events) {
    boolean now = events > Handover.MOST;
    if (now && !behind) {
      LOG.info("the monitor of run {} is {} events behind and reads the journal", run, events);
    } else if (behind && events == 0) {
      LOG.info("the monitor of run {} has caught up at event {}", run, read);
    }
    if (now || (behind && events == 0)) {
      behind = events > 0;
      listener.behind(events);
    }
  }
}

package io.saltus.actors.monitor;

import io.saltus.experiment.RunId;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link Reader} at a run. One that dies is replaced by another, which begins anew from the
 * journal; after {@value #REPLACEMENTS} of them the run goes on without a monitor.
 */
final class Monitor extends AbstractBehavior<Monitor.Command> {

  static final int REPLACEMENTS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);
  private static final DispatcherSelector DISPATCHER =
      DispatcherSelector.fromConfig("saltus.actors.monitor-dispatcher");

  /** What a monitor is told. */
  sealed interface Command {}

  /** An attempt of the run has begun. */
  record Begin() implements Command {}

  /** The monitor of this run that came before is gone. */
  record Alone() implements Command {}

  /** Nothing more will be persisted: read what there is, then stop. */
  record Finish() implements Command {}

  private final RunId run;
  private final MonitorJournal journal;
  private final Handover handover;
  private final MonitorListener listener;
  private final CompletableFuture<Done> before;
  private final CompletableFuture<Done> gone;
  private @Nullable ActorRef<Reader.Command> reader;
  private boolean begun;
  private boolean finishing;
  private int replaced;

  private Monitor(
      ActorContext<Command> context,
      RunId run,
      MonitorJournal journal,
      Handover handover,
      MonitorListener listener,
      CompletableFuture<Done> before,
      CompletableFuture<Done> gone) {
    super(context);
    this.run = run;
    this.journal = journal;
    this.handover = handover;
    this.listener = listener;
    this.before = before;
    this.gone = gone;
  }

  /**
   * @param before completed when no other monitor of this run is there any more: two would say
   *     everything twice
   * @param gone completed by this one when it stops
   */
  static Behavior<Command> create(
      RunId run,
      MonitorJournal journal,
      Handover handover,
      MonitorListener listener,
      CompletableFuture<Done> before,
      CompletableFuture<Done> gone) {
    return Behaviors.setup(
        context -> new Monitor(context, run, journal, handover, listener, before, gone));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Begin.class, this::onBegin)
        .onMessage(Alone.class, this::onAlone)
        .onMessage(Finish.class, this::onFinish)
        .onSignal(ChildFailed.class, failed -> onDeath(failed.getCause().toString()))
        .onSignal(Terminated.class, this::onTerminated)
        .onSignal(PostStop.class, this::onPostStop)
        .build();
  }

  private Behavior<Command> onBegin(Begin begin) {
    if (!begun) {
      begun = true;
      getContext().pipeToSelf(before, (done, failure) -> new Alone());
    }
    return this;
  }

  private Behavior<Command> onAlone(Alone alone) {
    spawn();
    return this;
  }

  private Behavior<Command> onFinish(Finish finish) {
    finishing = true;
    ActorRef<Reader.Command> current = reader;
    if (current != null) {
      current.tell(new Reader.Finish());
    }
    return begun ? this : Behaviors.stopped();
  }

  private Behavior<Command> onTerminated(Terminated terminated) {
    // A reader stops of its own accord only when it has finished.
    return finishing ? Behaviors.stopped() : onDeath("it was stopped");
  }

  private Behavior<Command> onDeath(String cause) {
    reader = null;
    if (replaced == REPLACEMENTS) {
      LOG.warn(
          "run {} goes on without a monitor, which failed {} times: {}. Its jumps can be found"
              + " afterwards.",
          run,
          replaced + 1,
          cause);
      handover.close();
      return Behaviors.stopped();
    }
    replaced++;
    LOG.warn("the monitor of run {} failed and begins anew from the journal: {}", run, cause);
    spawn();
    return this;
  }

  private void spawn() {
    ActorRef<Reader.Command> spawned =
        getContext()
            .spawn(
                Reader.create(run, journal, handover, listener), "reader-" + replaced, DISPATCHER);
    getContext().watch(spawned);
    reader = spawned;
    if (finishing) {
      spawned.tell(new Reader.Finish());
    }
  }

  private Behavior<Command> onPostStop(PostStop stopped) {
    gone.complete(Done.getInstance());
    return this;
  }
}

package io.saltus.actors;

import java.io.IOException;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Looks at the disk now and again and tells what it saw. On a dispatcher of its own, because a disk
 * may take its time to answer.
 */
final class DiskWatch {

  static final DispatcherSelector DISPATCHER =
      DispatcherSelector.fromConfig("saltus.actors.disk-dispatcher");

  /** What was seen. */
  record Seen(long freeBytes, long totalBytes) {

    /** Of a disk that cannot be asked: it holds nobody back. */
    static final Seen NOTHING = new Seen(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  private enum Tick {
    NOW
  }

  private final ActorContext<Tick> context;
  private final Disk disk;
  private final ActorRef<Seen> told;
  private boolean blind;

  private DiskWatch(ActorContext<Tick> context, Disk disk, ActorRef<Seen> told) {
    this.context = context;
    this.disk = disk;
    this.told = told;
  }

  /** Begins with a look at once. */
  static Behavior<?> create(Disk disk, Duration every, ActorRef<Seen> told) {
    return Behaviors.<Tick>setup(
        context ->
            Behaviors.withTimers(
                timers -> new DiskWatch(context, disk, told).watching(timers, every)));
  }

  private Behavior<Tick> watching(TimerScheduler<Tick> timers, Duration every) {
    look();
    timers.startTimerWithFixedDelay(Tick.NOW, every);
    return Behaviors.receive(Tick.class)
        .onMessage(
            Tick.class,
            tick -> {
              look();
              return Behaviors.same();
            })
        .build();
  }

  private void look() {
    try {
      told.tell(new Seen(disk.freeBytes(), disk.totalBytes()));
      blind = false;
    } catch (IOException e) {
      if (!blind) {
        blind = true;
        context.getLog().warn("how full the disk is cannot be seen: {}", e.toString());
      }
    }
  }
}

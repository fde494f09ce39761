package io.saltus.actors.monitor;

import io.saltus.experiment.event.RunEvent;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * What lies between a trainer and the monitor of its run. A few events are handed on as they are;
 * beyond that the monitor is only told, once, that there are more, and reads them from the journal.
 * So the trainer never waits, and no queue grows.
 */
final class Handover {

  /** Events on their way at most: of the largest frames some 10 MB. */
  static final int MOST = 16;

  private volatile long highest;
  private volatile @Nullable Line line;

  /** To one reader; a reader that takes over from a dead one has a line of its own. */
  static final class Line {
    private final ActorRef<Reader.Command> reader;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicBoolean told = new AtomicBoolean();

    private Line(ActorRef<Reader.Command> reader) {
      this.reader = reader;
    }

    /** An event has arrived, so that another can be sent. */
    void arrived() {
      underWay.decrementAndGet();
    }

    /** The reader is about to look how many events there are. */
    void looks() {
      told.set(false);
    }

    private void send(RunEvent event, long sequence) {
      if (underWay.get() < MOST) {
        underWay.incrementAndGet();
        reader.tell(new Reader.Heard(event, sequence));
      } else if (told.compareAndSet(false, true)) {
        reader.tell(new Reader.More());
      }
    }
  }

  /** An event is durable. Called by one thread at a time, in order; returns at once. */
  void persisted(RunEvent event, long sequence) {
    highest = sequence;
    Line current = line;
    if (current != null) {
      current.send(event, sequence);
    }
  }

  /** The number of the last event that is known to be durable; 0 before the first. */
  long highest() {
    return highest;
  }

  /** From now on events go to this reader, which finds earlier ones in the journal. */
  Line open(ActorRef<Reader.Command> reader) {
    Line opened = new Line(reader);
    line = opened;
    return opened;
  }

  /** Nobody reads any more. */
  void close() {
    line = null;
  }
}

package io.saltus.bench.journal;

import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/** Persists events one after the other, each when the one before is acknowledged. */
final class Writer extends EventSourcedBehavior<Writer.Write, byte[], Long> {

  /** Persist this many events, then count down. */
  record Write(int left, CountDownLatch done) {}

  private final ActorContext<Write> context;
  private final byte[] payload;
  private final CountDownLatch recovered;

  private Writer(ActorContext<Write> context, int number, int bytes, CountDownLatch recovered) {
    super(PersistenceId.ofUniqueId("bench|" + number));
    this.context = context;
    this.recovered = recovered;
    this.payload = new byte[bytes];
    // Incompressible, which favours no journal.
    new SplittableRandom(number).nextBytes(payload);
  }

  static Behavior<Write> create(int number, int bytes, CountDownLatch recovered) {
    return Behaviors.setup(context -> new Writer(context, number, bytes, recovered));
  }

  @Override
  public Long emptyState() {
    return 0L;
  }

  @Override
  public CommandHandler<Write, byte[], Long> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(
            Write.class,
            write ->
                Effect()
                    .persist(payload)
                    .thenRun(
                        () -> {
                          if (write.left() > 1) {
                            context.getSelf().tell(new Write(write.left() - 1, write.done()));
                          } else {
                            write.done().countDown();
                          }
                        }))
        .build();
  }

  @Override
  public EventHandler<Long, byte[]> eventHandler() {
    return newEventHandlerBuilder()
        .forAnyState()
        .onEvent(byte[].class, (bytes, event) -> bytes + event.length)
        .build();
  }

  @Override
  public SignalHandler<Long> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), bytes -> recovered.countDown())
        .build();
  }
}

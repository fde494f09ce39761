package io.saltus.persistence.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Its end is waited for, whatever interrupts. */
@Timeout(60)
class ReaderThreadTest {

  private final CountDownLatch enough = new CountDownLatch(1);
  private final AtomicBoolean ended = new AtomicBoolean();
  private final ReaderThread reader = new ReaderThread("test-reader", this::read);

  private void read() {
    try {
      enough.await();
    } catch (InterruptedException woken) {
      Thread.currentThread().interrupt();
    }
    ended.set(true);
  }

  @Test
  void who_is_interrupted_waits_on_and_is_interrupted_afterwards() throws Exception {
    reader.start();
    CompletableFuture<Boolean> waited = new CompletableFuture<>();
    Thread waiter =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              reader.awaitEnd();
              waited.complete(ended.get() && Thread.currentThread().isInterrupted());
            });
    waiter.start();
    // The interrupt has been taken once the flag is gone.
    while (waiter.isInterrupted() || waiter.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(waited).isNotDone();
    enough.countDown();
    assertThat(waited.get()).isTrue();
  }

  @Test
  void one_that_waits_is_woken_and_one_that_never_began_is_not_waited_for() {
    new ReaderThread("test-idle", () -> {}).awaitEnd();
    reader.start();
    reader.interrupt();
    reader.awaitEnd();
    assertThat(ended).isTrue();
  }
}

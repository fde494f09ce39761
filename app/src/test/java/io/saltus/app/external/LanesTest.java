package io.saltus.app.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.saltus.actors.RefusedException;
import io.saltus.experiment.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LanesTest {

  private static final RunId RUN = new RunId("a");

  private final CountDownLatch gate = new CountDownLatch(1);
  private final Set<RunId> entered = ConcurrentHashMap.newKeySet();
  private final AtomicLong now = new AtomicLong();
  private final Lanes lanes = new Lanes(this::open, now::get);

  @AfterEach
  void close() {
    gate.countDown();
    lanes.close();
  }

  /** No run is there; it takes until the gate opens to see that. */
  private OpenRun open(RunId run) {
    entered.add(run);
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new RefusedException("none");
  }

  private CompletableFuture<Progress> submit(RunId run) {
    return lanes.submit(run, false, open -> new Progress(0, 0, 0));
  }

  @Test
  void so_much_waits_for_one_run_and_no_more() {
    List<CompletableFuture<Progress>> all = new ArrayList<>();
    all.add(submit(RUN));
    await().until(() -> entered.contains(RUN));
    for (int i = 0; i < 32; i++) {
      all.add(submit(RUN));
    }

    assertThatThrownBy(() -> all.add(submit(RUN)))
        .isInstanceOf(BusyException.class)
        .hasMessageContaining("too much waits for a");

    // Another run has its turn meanwhile.
    all.add(submit(new RunId("b")));
    await().until(() -> entered.contains(new RunId("b")));
    gate.countDown();
    for (CompletableFuture<Progress> each : all) {
      assertThat(each).failsWithin(20, TimeUnit.SECONDS);
    }
    assertThat(submit(RUN)).failsWithin(20, TimeUnit.SECONDS);
  }

  @Test
  void so_much_waits_for_all_and_no_more() {
    List<CompletableFuture<Progress>> taken = new ArrayList<>();
    BusyException[] refusal = new BusyException[1];
    for (int run = 0; refusal[0] == null && run < 1_000; run++) {
      try {
        taken.add(submit(new RunId("r" + run)));
      } catch (BusyException e) {
        refusal[0] = e;
      }
    }
    assertThat(refusal[0]).hasMessageContaining("too much waits to be recorded");
    // Those that threads are at work on do not wait.
    assertThat(taken).hasSizeBetween(128, 136);
  }

  @Test
  void what_waits_is_done_before_the_end_and_nothing_after_it() {
    List<CompletableFuture<Progress>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(submit(new RunId("r" + i % 3)));
    }
    gate.countDown();

    lanes.close();

    assertThat(all).allMatch(CompletableFuture::isDone);
    assertThatThrownBy(() -> all.add(submit(RUN))).isInstanceOf(RefusedException.class);
  }

  @Test
  void a_run_that_nobody_asks_about_is_put_away() {
    gate.countDown();
    assertThat(submit(RUN)).failsWithin(20, TimeUnit.SECONDS);
    assertThat(lanes.size()).isEqualTo(1);
    now.addAndGet(TimeUnit.MINUTES.toNanos(11));
    // Its thread may still be on its way out of it.
    await()
        .untilAsserted(
            () -> {
              assertThat(submit(new RunId("b"))).failsWithin(20, TimeUnit.SECONDS);
              assertThat(lanes.size()).isEqualTo(1);
            });
  }
}

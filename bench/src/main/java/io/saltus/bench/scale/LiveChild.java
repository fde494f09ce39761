package io.saltus.bench.scale;

import io.saltus.actors.RunListener;
import io.saltus.experiment.event.RunEvent;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The process that is killed: submits all runs, measures while the first of them train, prints what
 * it measured, and goes on until it is killed.
 */
final class LiveChild {

  private static final int SUBMITTED_AT_ONCE = 500;
  private static final long STEPS = 1_000_000_000;
  private static final long PATIENCE_MINUTES = 30;

  private final int trainers;
  private final PacedProgram program;
  private final Acknowledged acknowledged;
  private volatile Latencies latencies = new Latencies();
  private final CountDownLatch live;

  private LiveChild(int trainers, int hertz, Acknowledged acknowledged) {
    this.trainers = trainers;
    this.program = new PacedProgram(hertz);
    this.acknowledged = acknowledged;
    this.live = new CountDownLatch(trainers);
  }

  /**
   * Trains until it is killed.
   *
   * @param args the home, the file of what was acknowledged, trainers, hertz, seconds, queued
   */
  public static void main(String[] args) throws Exception {
    int trainers = Integer.parseInt(args[2]);
    int queued = Integer.parseInt(args[5]);
    LiveChild child =
        new LiveChild(
            trainers,
            Integer.parseInt(args[3]),
            Acknowledged.at(Path.of(args[1]), trainers + queued));
    Homestead home = Homestead.open(Path.of(args[0]), child.program, trainers);
    long begin = System.nanoTime();
    child.submit(home, 0, trainers);
    if (!child.live.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      throw new IllegalStateException(child.live.getCount() + " trainers did not begin");
    }
    say("seconds until all trainers are live", (System.nanoTime() - begin) / 1e9);
    long queueing = System.nanoTime();
    child.submit(home, trainers, queued);
    say("seconds until all others are queued", (System.nanoTime() - queueing) / 1e9);
    child.measure(Integer.parseInt(args[4]));
    System.out.println("measured");
    // Until it is killed.
    new CountDownLatch(1).await();
  }

  private void submit(Homestead home, int from, int count) throws InterruptedException {
    Semaphore room = new Semaphore(SUBMITTED_AT_ONCE);
    for (int number = from; number < from + count; number++) {
      room.acquire();
      CompletionStage<?> unused =
          home.supervision()
              .submit(
                  Homestead.submission(Homestead.run(number), PacedProgram.spec(number, STEPS)),
                  listener(number))
              .whenComplete(
                  (handle, failure) -> {
                    if (failure != null) {
                      failure.printStackTrace();
                      Runtime.getRuntime().halt(1);
                    }
                    room.release();
                  });
    }
    room.acquire(SUBMITTED_AT_ONCE);
  }

  private RunListener listener(int number) {
    FrameClock clock = program.clock(number);
    return (event, sequence) -> {
      acknowledged.told(number, sequence);
      if (event instanceof RunEvent.MetricsRecorded recorded) {
        latencies.add(clock.since(recorded.frame().until()));
        if (recorded.frame().from() == 0 && number < trainers) {
          live.countDown();
        }
      }
    };
  }

  private void measure(int seconds) throws InterruptedException {
    latencies = new Latencies();
    long begin = System.nanoTime();
    long processor = processorNanos();
    TimeUnit.SECONDS.sleep(seconds);
    Latencies measured = latencies;
    latencies = new Latencies();
    double wall = (System.nanoTime() - begin) / 1e9;
    say("processor cores used", (processorNanos() - processor) / 1e9 / wall);
    say(LivePart.RATE, measured.count() / wall);
    say("persist latency, median, ms", measured.quantile(0.5) / 1e6);
    say("persist latency, 99 %, ms", measured.quantile(0.99) / 1e6);
    say("persist latency, longest, ms", measured.longest() / 1e6);
    say(LivePart.HEAP, highestHeap() / (double) (1 << 20));
    System.gc();
    say(
        "heap after collection, MiB",
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / (double) (1 << 20));
  }

  private static long processorNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  private static long highestHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  private static void say(String what, double value) {
    System.out.println(what + "=" + value);
  }
}

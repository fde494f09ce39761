package io.saltus.bench.worker;

import io.saltus.bench.Ratio;
import io.saltus.bench.ground.Highest;
import io.saltus.bench.ground.Median;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The default run in a worker process: its speed against a thread, two at once against two bare
 * TensorFlow processes, its memory, and how soon the next run takes its first step. All in JVMs of
 * their own, in turn.
 */
public final class WorkerBench {

  private static final int PAIRS = 3;
  private static final int DOUBLES = 2;
  private static final int QUEUE = 6;
  // Before, the compilers of the JVM and the monitor's fits, most of which come early, take as much
  // as they ever will: of people who train for days, no measure.
  private static final String STEPS = "8000";
  // Two at once leave no core to those: the later, the less they count beside days.
  private static final String MANY_STEPS = "16000";
  // Long enough that the next spare is ready when a run ends.
  private static final String SHORT_RUN = "900";
  private static final double MEGABYTE = 1 << 20;
  private static final double ALLOWED_MB = 350;
  private static final double ALLOWED_SECONDS = 1;

  private WorkerBench() {}

  /** Measures all of it. */
  public static List<Ratio> run(Path scratch) throws Exception {
    List<Ratio> ratios = new ArrayList<>();
    ratios.add(overhead(scratch));
    ratios.addAll(sideBySide(scratch));
    ratios.addAll(waits(scratch));
    return ratios;
  }

  private static Ratio overhead(Path scratch) throws Exception {
    double[] process = new double[PAIRS];
    double[] thread = new double[PAIRS];
    for (int pair = 0; pair < PAIRS; pair++) {
      // Whoever comes second finds the machine as the first left it: they change places.
      boolean processFirst = pair % 2 == 0;
      double first = rate(scratch.resolve("first-" + pair), processFirst);
      double second = rate(scratch.resolve("second-" + pair), !processFirst);
      process[pair] = processFirst ? first : second;
      thread[pair] = processFirst ? second : first;
    }
    tell("in a process", process);
    tell("in a thread", thread);
    return new Ratio(
        "training, isolation = process (least disturbed of " + PAIRS + ")",
        "steps/s",
        Highest.of(process),
        "isolation = thread",
        Highest.of(thread),
        0.97);
  }

  private static void tell(String what, double[] rates) {
    System.err.println("bench: steps/s, " + what + ": " + Arrays.toString(rates));
  }

  private static double rate(Path home, boolean process) throws Exception {
    return Said.by(
            runs(home, process ? "process" : "thread", "cpu:0", STEPS, 1, RunsProcess.QUEUED))
        .sum(Said.RATE);
  }

  private static List<Ratio> sideBySide(Path scratch) throws Exception {
    double[] ours = new double[DOUBLES];
    double[] bare = new double[DOUBLES];
    double worker = 0;
    double alone = 0;
    for (int pair = 0; pair < DOUBLES; pair++) {
      Said two =
          Said.by(
              runs(
                  scratch.resolve("double-" + pair),
                  "process",
                  "auto",
                  MANY_STEPS,
                  2,
                  RunsProcess.QUEUED));
      ours[pair] = two.sum(Said.RATE);
      worker = Math.max(worker, two.sum(Said.MEMORY));
      Process first = Said.start(BareProcess.class, half(MANY_STEPS), MANY_STEPS);
      Process second = Said.start(BareProcess.class, half(MANY_STEPS), MANY_STEPS);
      Said one = Said.by(first);
      Said other = Said.by(second);
      bare[pair] = one.sum(Said.RATE) + other.sum(Said.RATE);
      alone = Math.max(alone, Math.max(one.sum(Said.MEMORY), other.sum(Said.MEMORY)));
    }
    tell("two in processes", ours);
    tell("two bare ones", bare);
    System.err.printf(
        "bench: a worker has %.0f MiB, a bare process %.0f MiB%n",
        worker / MEGABYTE, alone / MEGABYTE);
    return List.of(
        new Ratio(
            "two runs at once, isolation = process (least disturbed of " + DOUBLES + ")",
            "steps/s",
            Highest.of(ours),
            "two bare TensorFlow processes side by side",
            Highest.of(bare),
            0.95),
        new Ratio(
            "memory allowed to a worker beyond a bare TensorFlow process",
            "MiB",
            ALLOWED_MB,
            "highest beyond it",
            Math.max(1, (worker - alone) / MEGABYTE),
            1));
  }

  private static List<Ratio> waits(Path scratch) throws Exception {
    double[] spare = wait(scratch.resolve("spare"), RunsProcess.QUEUED);
    double[] cold = wait(scratch.resolve("cold"), RunsProcess.ONE_BY_ONE);
    return List.of(
        new Ratio(
            "seconds allowed from a free lease to the next run's first step",
            "s",
            ALLOWED_SECONDS,
            "median of " + spare.length + " with a spare worker",
            Median.of(spare),
            1),
        new Ratio(
            "first steps after a lease, with a spare worker (median of " + spare.length + ")",
            "/s",
            1 / Median.of(spare),
            "without one",
            1 / Median.of(cold),
            1));
  }

  /** Of each run but the first, before which no worker can be ready. */
  private static double[] wait(Path home, String order) throws Exception {
    double[] all = Said.by(runs(home, "process", "cpu:0", SHORT_RUN, QUEUE, order)).all(Said.WAIT);
    System.err.println("bench: seconds, " + order + ": " + Arrays.toString(all));
    return Arrays.copyOfRange(all, 1, all.length);
  }

  private static Process runs(
      Path home, String isolation, String device, String steps, int count, String order)
      throws IOException {
    return Said.start(
        RunsProcess.class,
        home.toString(),
        isolation,
        device,
        half(steps),
        steps,
        Integer.toString(count),
        order);
  }

  /** From which step on time counts. */
  private static String half(String steps) {
    return Long.toString(Long.parseLong(steps) / 2);
  }
}

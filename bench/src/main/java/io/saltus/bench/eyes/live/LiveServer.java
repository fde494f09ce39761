package io.saltus.bench.eyes.live;

import io.saltus.actors.RunListener;
import io.saltus.app.ManyDevices;
import io.saltus.app.RunOrder;
import io.saltus.app.RunPlan;
import io.saltus.app.Saltus;
import io.saltus.app.Tools;
import io.saltus.app.server.Server;
import io.saltus.app.server.ServerSettings;
import io.saltus.bench.scale.PacedProgram;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Isolation;
import io.saltus.persistence.home.Home;
import io.saltus.testkit.SpecDraft;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The main class of a server with many live runs that compute next to nothing, and that notes when
 * their events became durable. It does what its standard input says, a word a line.
 */
public final class LiveServer {

  /** Lets all runs rest; answered with {@link #RESTED}. */
  public static final String REST = "rest";

  /** All runs rest, and the file of times is whole. */
  public static final String RESTED = "rested";

  /** All runs are live. */
  public static final String LIVE = "live";

  /** Said with the port when it listens. */
  public static final String PORT = "port";

  private static final long STEPS = 1_000_000;
  private static final long PATIENCE_MINUTES = 5;

  private final BufferedWriter times;
  private final CountDownLatch live;

  private LiveServer(BufferedWriter times, int runs) {
    this.times = times;
    this.live = new CountDownLatch(runs);
  }

  /** The run of a number. */
  public static String run(int number) {
    return "live-%03d".formatted(number);
  }

  /**
   * Serves until its standard input ends.
   *
   * @param args the home, the file of times, runs, steps a second of each
   */
  public static void main(String[] args) throws Exception {
    Path home = Path.of(args[0]);
    int runs = Integer.parseInt(args[2]);
    List<Program> programs = List.of(new PacedProgram(Integer.parseInt(args[3])));
    Tools tools =
        new Tools(
            programs,
            List.of(),
            Clock.systemUTC(),
            System::nanoTime,
            new SecureRandom(),
            "bench eyes");
    try (BufferedWriter times = Files.newBufferedWriter(Path.of(args[1]));
        Saltus saltus = ManyDevices.open(home, tools, runs);
        Server server =
            Server.open(
                ServerSettings.of("127.0.0.1", 0, List.of(), Optional.empty()),
                Home.at(home),
                saltus,
                programs,
                Clock.systemUTC(),
                new SecureRandom())) {
      System.out.println(PORT + "=" + URI.create(server.url()).getPort());
      new LiveServer(times, runs).serve(saltus, programs, runs);
    }
  }

  private void serve(Saltus saltus, List<Program> programs, int runs) throws Exception {
    var handles =
        IntStream.range(0, runs)
            .mapToObj(number -> saltus.start(order(number, programs), listener(number)))
            .toList();
    if (!live.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      throw new IllegalStateException(live.getCount() + " runs did not begin");
    }
    System.out.println(LIVE);
    BufferedReader said =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.equals(REST)) {
        saltus.pauseAll("nobody looks any more");
        handles.forEach(saltus::settle);
        synchronized (times) {
          times.flush();
        }
        System.out.println(RESTED);
      }
    }
  }

  private static RunOrder order(int number, List<Program> programs) {
    ExperimentSpec spec =
        SpecDraft.of(PacedProgram.spec(number, STEPS)).isolation(Isolation.THREAD).spec();
    return new RunOrder(
        RunPlan.of(spec, programs),
        Optional.of(new RunId(run(number))),
        new TreeMap<>(),
        Optional.empty(),
        Optional.empty());
  }

  private RunListener listener(int number) {
    String run = run(number);
    return (event, sequence) -> {
      if (event instanceof RunEvent.MetricsRecorded recorded) {
        note(run, recorded.frame().until());
        if (recorded.frame().from() == 0) {
          live.countDown();
        }
      }
    };
  }

  private void note(String run, long step) {
    double millis = Duration.between(Instant.EPOCH, Instant.now()).toNanos() / 1e6;
    try {
      synchronized (times) {
        Durable.write(times, run, step, millis);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

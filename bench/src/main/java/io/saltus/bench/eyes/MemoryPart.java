package io.saltus.bench.eyes;

import io.saltus.bench.eyes.ground.Homes;
import io.saltus.bench.eyes.ground.Scene;
import io.saltus.bench.eyes.ground.ServerProcess;
import io.saltus.bench.eyes.wire.Answers;
import io.saltus.bench.eyes.wire.Ask;
import io.saltus.bench.eyes.wire.Traffic;
import io.saltus.bench.ground.Figure;
import io.saltus.bench.ground.LoadAverage;
import io.saltus.bench.scale.FinishedHome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the process of a server holds while it is asked very many questions. */
final class MemoryPart {

  private static final int POINTS = 10;

  /** What comes before is a warm-up: caches fill, and code is compiled. */
  private static final int FIRST_POINT = 2;

  private static final int CONNECTIONS = 8;
  private static final int READERS = 20;
  private static final double FLAT = 0.9;
  private static final String RUN = "series";
  private static final Pattern USED =
      Pattern.compile("(?:generation|heap)\\s+total \\d+K, used (\\d+)K");

  private MemoryPart() {}

  static void play(Scene scene) throws Exception {
    Path home = scene.home("memory");
    if (!Files.exists(home)) {
      scene.say("filling a home");
      Homes.finished(home, scene.sizes().runs());
      Homes.series(home, RUN, 10, 20_000);
    }
    int each = scene.sizes().requests() / POINTS;
    double load = LoadAverage.now();
    double[] heap = new double[POINTS];
    double[] resident = new double[POINTS];
    long refused = 0;
    long wrong = 0;
    try (ServerProcess server = ServerProcess.start(home)) {
      server.awaitAnswer("/api/v1/runs");
      for (int point = 0; point < POINTS; point++) {
        scene.say("%,d requests".formatted(each));
        Answers answers = ask(server, each);
        refused += answers.refused();
        wrong += answers.wrong();
        answers.firstWrong().forEach(what -> scene.say("wrong: " + what));
        resident[point] = server.residentMebibytes();
        heap[point] = heapAfterCollection(server.pid());
      }
    }
    String over = " over %,d requests".formatted(scene.sizes().requests());
    flat(scene, "heap after a collection" + over, heap, load);
    flat(scene, "resident memory" + over, resident, load);
    scene.out().accept(Figure.none("wrong answers" + over, wrong, load));
    scene.out().accept(Figure.said("refused because too many were asked", refused, "", "", load));
  }

  private static Answers ask(ServerProcess server, int questions) throws Exception {
    List<Ask> mix = Mix.of(RUN, List.of("metric-0", "metric-1"), FinishedHome.run(1).value());
    try (Traffic traffic = new Traffic(server.address(), CONNECTIONS, mix)) {
      for (int reader = 0; reader < READERS; reader++) {
        traffic.read("topic=runs&topic=run:" + RUN, 0, false);
      }
      if (!traffic.awaitOpen(Duration.ofMinutes(1))) {
        throw new IllegalStateException("the streams do not open");
      }
      return traffic.ask(questions, Duration.ofMinutes(20));
    }
  }

  private static double heapAfterCollection(long pid) throws Exception {
    // Connections that were just closed end first, and what a collection finds unused goes with the
    // next.
    TimeUnit.SECONDS.sleep(1);
    jcmd(pid, "GC.run");
    jcmd(pid, "GC.run");
    Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
    double kibibytes = 0;
    while (used.find()) {
      kibibytes += Double.parseDouble(used.group(1));
    }
    if (kibibytes == 0) {
      throw new IllegalStateException("the process " + pid + " does not say what its heap holds");
    }
    return kibibytes / 1024;
  }

  private static String jcmd(long pid, String command) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                command)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("jcmd " + command + ": " + said);
    }
    return said;
  }

  private static void flat(Scene scene, String what, double[] mebibytes, double load) {
    double first = mebibytes[FIRST_POINT];
    double highest = Arrays.stream(mebibytes, FIRST_POINT, mebibytes.length).max().orElseThrow();
    String course =
        String.join(
            " ",
            Arrays.stream(mebibytes).mapToObj(each -> Long.toString(Math.round(each))).toList());
    scene
        .out()
        .accept(
            new Figure(
                what + ", MiB at ten points: " + course,
                "third point over the highest after it: " + Figure.number(first / highest),
                "≥ " + Figure.number(FLAT),
                first / highest >= FLAT ? Figure.Verdict.MET : Figure.Verdict.MISSED,
                load));
  }
}

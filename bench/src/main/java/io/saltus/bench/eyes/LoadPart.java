package io.saltus.bench.eyes;

import io.saltus.bench.eyes.ground.Fields;
import io.saltus.bench.eyes.ground.Homes;
import io.saltus.bench.eyes.ground.Scene;
import io.saltus.bench.eyes.ground.ServerProcess;
import io.saltus.bench.eyes.ground.Sizes;
import io.saltus.bench.eyes.wire.Answers;
import io.saltus.bench.eyes.wire.Ask;
import io.saltus.bench.eyes.wire.Heard;
import io.saltus.bench.eyes.wire.Stub;
import io.saltus.bench.eyes.wire.Traffic;
import io.saltus.bench.ground.Figure;
import io.saltus.bench.ground.LoadAverage;
import io.saltus.bench.ground.Median;
import io.saltus.bench.scale.FinishedHome;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * A run that trains beside nothing, beside readers of the stream and questions, and beside the same
 * load without a server, in turn, all in the one process that serves it.
 */
final class LoadPart {

  private static final String RUN = "trained";
  private static final int ROUNDS = 3;
  private static final int CONNECTIONS = 32;
  private static final Duration OPENING = Duration.ofMinutes(1);
  private static final Duration CATCHING_UP = Duration.ofSeconds(20);
  private static final long POLL_MILLIS = 500;

  /** Every so many readers one hangs up all the time. */
  private static final int RESTLESS = 10;

  private static final int HANGS_UP_AFTER = 7;

  /** Every so many readers one hears of all runs as well. */
  private static final int BROAD = 5;

  private final Scene scene;
  private final Sizes sizes;
  private final Path home;
  private final ServerProcess server;
  private final List<Ask> mix =
      Mix.of(RUN, List.of("train.loss", "validation.accuracy"), FinishedHome.run(1).value());
  private final List<Interval> alone = new ArrayList<>();
  private final List<Interval> loaded = new ArrayList<>();
  private final List<Interval> stubbed = new ArrayList<>();
  private final List<Round> rounds = new ArrayList<>();

  /** From when until when. */
  record Interval(Instant from, Instant until) {}

  private record Round(Answers answers, Heard heard, double serverCores) {}

  private LoadPart(Scene scene, Path home, ServerProcess server) {
    this.scene = scene;
    this.sizes = scene.sizes();
    this.home = home;
    this.server = server;
  }

  static void play(Scene scene) throws Exception {
    Path home = scene.home("load-" + System.nanoTime());
    scene.say("filling a home");
    Homes.finished(home, scene.sizes().runs());
    double load = LoadAverage.now();
    LoadPart part;
    try (ServerProcess server = ServerProcess.start(home)) {
      part = new LoadPart(scene, home, server);
      part.measure();
    }
    part.report(load);
  }

  private void measure() throws Exception {
    server.awaitAnswer("/api/v1/runs");
    server.post(
        "/api/v1/runs",
        "{\"spec\":\"grokking\",\"name\":\"%s\",\"set\":{\"steps\":1000000,\"until\":null,"
                .formatted(RUN)
            + "\"isolation\":\"thread\"}}");
    scene.say("training until step " + sizes.warm());
    while (Long.parseLong(field("step")) < sizes.warm()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    for (int round = 0; round < Math.min(ROUNDS, sizes.rounds()); round++) {
      scene.say("alone");
      Instant begin = Instant.now();
      TimeUnit.SECONDS.sleep(sizes.loadSeconds());
      alone.add(new Interval(begin, Instant.now()));
      scene.say("under load");
      rounds.add(underLoad());
      scene.say("beside the same load without a server");
      besideStub(rounds.get(rounds.size() - 1));
    }
    server.post("/api/v1/runs/" + RUN + "/cancel", "{}");
  }

  private String field(String key) throws Exception {
    return Fields.of(server.get("/api/v1/runs/" + RUN), key);
  }

  private Round underLoad() throws Exception {
    try (Traffic traffic = traffic(server.address())) {
      double processor = server.processorSeconds();
      Instant begin = Instant.now();
      Answers answers = traffic.ask(time(), sizes.perSecond());
      Interval interval = new Interval(begin, Instant.now());
      double cores = (server.processorSeconds() - processor) / answers.seconds();
      loaded.add(interval);
      long end = Long.parseLong(field("lastOffset"));
      traffic.awaitRead(end, CATCHING_UP);
      return new Round(answers, traffic.heard(Homes.offsets(home, RUN), end), cores);
    }
  }

  private void besideStub(Round real) throws Exception {
    long streamBytes = server.get("/api/v1/runs/" + RUN + "/events?order=desc&limit=50").length();
    long perEvent = streamBytes / 50;
    long eventsPerReader = real.heard().events() / real.heard().readers();
    long bytesPerSecond = (long) (perEvent * eventsPerReader / real.answers().seconds());
    try (Stub stub = Stub.start(mix, real.answers().bytes(), bytesPerSecond);
        Traffic traffic = traffic(stub.address())) {
      Instant begin = Instant.now();
      Answers unused = traffic.ask(time(), sizes.perSecond());
      stubbed.add(new Interval(begin, Instant.now()));
      scene.say(
          "%.0f answers/s of the stub for %.2f cores of the one that asks"
              .formatted(unused.perSecond(), unused.processorSeconds() / unused.seconds()));
    }
  }

  private Traffic traffic(InetSocketAddress address) throws Exception {
    Traffic traffic = new Traffic(address, CONNECTIONS, mix);
    for (int reader = 0; reader < sizes.readers(); reader++) {
      traffic.read(
          "topic=run:" + RUN + (reader % BROAD == 1 ? "&topic=runs&topic=devices" : ""),
          reader % RESTLESS == 2 ? HANGS_UP_AFTER : 0,
          reader == 0);
    }
    if (!traffic.awaitOpen(OPENING)) {
      throw new IllegalStateException("the streams do not open");
    }
    return traffic;
  }

  private Duration time() {
    return Duration.ofSeconds(sizes.loadSeconds());
  }

  private void report(double load) {
    TrainingRates rates = TrainingRates.read(home, RUN);
    double[] without = rates.of(alone);
    double[] with = rates.of(loaded);
    double[] beside = rates.of(stubbed);
    requests(load);
    streams(load);
    say(
        "training under that load",
        Median.of(with),
        "steps/s",
        "with nobody looking on: %s steps/s, ratio %s"
            .formatted(
                Figure.number(Median.of(without)), Figure.number(Median.ofRatios(with, without))),
        load);
    say(
        "the same",
        Median.of(with),
        "steps/s",
        "beside the same load without a server: %s steps/s, ratio %s"
            .formatted(
                Figure.number(Median.of(beside)), Figure.number(Median.ofRatios(with, beside))),
        load);
  }

  private void requests(double load) {
    scene
        .out()
        .accept(
            Figure.atLeast(
                "answers to a mix of questions while a run trains, %d readers of the stream"
                    .formatted(sizes.readers()),
                median(round -> round.answers().perSecond()),
                // What is asked at the end need not be answered within the time.
                0.99 * sizes.perSecond(),
                "/s",
                load));
    say(
        "from when a question is due to its answer, median",
        median(round -> round.answers().medianMillis()),
        "ms",
        "99 %: " + Figure.number(median(round -> round.answers().millis99())) + " ms",
        load);
    say(
        "questions refused because too many were asked",
        sum(round -> round.answers().refused()),
        "",
        "of %,d".formatted(sum(round -> round.answers().good() + round.answers().refused())),
        load);
    scene.out().accept(Figure.none("wrong answers", sum(round -> round.answers().wrong()), load));
    rounds.forEach(
        round -> round.answers().firstWrong().forEach(what -> scene.say("wrong: " + what)));
    say(
        "processor cores of the server, training included",
        median(Round::serverCores),
        "",
        "of those who ask: "
            + Figure.number(
                median(round -> round.answers().processorSeconds() / round.answers().seconds())),
        load);
  }

  private void streams(double load) {
    scene
        .out()
        .accept(
            Figure.none(
                "events that one of %d readers was not told (%,d were told, %,d times one hung up)"
                    .formatted(
                        sizes.readers(),
                        sum(round -> round.heard().events()),
                        sum(round -> round.heard().reopened())),
                sum(round -> round.heard().lost()),
                load));
    scene
        .out()
        .accept(
            Figure.none(
                "events told twice or out of order", sum(round -> round.heard().twice()), load));
    scene
        .out()
        .accept(
            Figure.none(
                "readers that are not up to date after 20 s",
                sum(round -> round.heard().behind()),
                load));
    say(
        "readers told that they do not keep up",
        sum(round -> round.heard().lagging()),
        "",
        "not let in: %,d".formatted(sum(round -> round.heard().refused())),
        load);
    say(
        "from an event to one reader of the stream, median",
        median(round -> round.heard().medianMillis()),
        "ms",
        "95 %: " + Figure.number(median(round -> round.heard().millis95())) + " ms",
        load);
  }

  private void say(String what, double measured, String unit, String beside, double load) {
    scene.out().accept(Figure.said(what, measured, unit, beside, load));
  }

  private double median(ToDoubleFunction<Round> of) {
    return Median.of(rounds.stream().mapToDouble(of).toArray());
  }

  private long sum(ToLongFunction<Round> of) {
    return rounds.stream().mapToLong(of).sum();
  }
}

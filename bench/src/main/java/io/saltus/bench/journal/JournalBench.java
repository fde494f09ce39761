package io.saltus.bench.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.saltus.bench.Ratio;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.persistence.jdbc.testkit.javadsl.SchemaUtils;

/**
 * The same persistent actors over our journal, over pekko-persistence-jdbc on H2, and their bytes
 * straight into RocksDB in groups as large as there are writers.
 *
 * <p>H2 is used as it comes: it answers a commit before the data is on disk and writes behind
 * within half a second (WRITE_DELAY=500), without an fsync of each commit. So the baseline promises
 * less than ours, which acknowledges nothing before its fsync.
 */
public final class JournalBench {

  private static final Duration SPAWN = Duration.ofSeconds(30);
  private static final long PATIENCE_MINUTES = 10;
  private static final List<Load> LOADS =
      List.of(
          new Load(1, 4_000, 20_000),
          new Load(100, 200, 20_000),
          new Load(1, 8_000, 200),
          new Load(100, 2_000, 200));

  private JournalBench() {}

  /** Measures and returns the ratios asked of the journal. */
  public static List<Ratio> run(Path scratch) throws Exception {
    List<Ratio> ratios = new ArrayList<>();
    for (int i = 0; i < LOADS.size(); i++) {
      Load load = LOADS.get(i);
      Rates ours = measure(ours(Files.createDirectories(scratch.resolve("ours-" + i))), load);
      Rates jdbc = measure(jdbc(Files.createDirectories(scratch.resolve("h2-" + i))), load);
      double raw = RawRocks.eventsPerSecond(scratch.resolve("raw-" + i), load);
      ratios.add(
          new Ratio(
              "durable events/s, " + load.text(),
              "/s",
              ours.eventsPerSecond(),
              "JDBC journal on H2 (no fsync)",
              jdbc.eventsPerSecond(),
              load.writers() == 1 ? 4 : 15));
      ratios.add(
          new Ratio(
              "durable events/s, " + load.text(),
              "/s",
              ours.eventsPerSecond(),
              "raw RocksDB, synced groups of " + load.writers(),
              raw,
              0.8));
      if (load.bytes() >= 1000) {
        ratios.add(
            new Ratio(
                "replay, " + load.text(),
                "MB/s",
                ours.replayMegabytesPerSecond(),
                "JDBC journal on H2",
                jdbc.replayMegabytesPerSecond(),
                30));
      }
    }
    return ratios;
  }

  static int warmUp(Load load) {
    return load.events() / 2;
  }

  private record Rates(double eventsPerSecond, double replayMegabytesPerSecond) {}

  private static Rates measure(Config config, Load load) throws Exception {
    double seconds = write(config, load);
    return new Rates(
        load.totalEvents() / seconds, load.totalMegabytes() / replaySeconds(config, load));
  }

  private static double write(Config config, Load load) throws Exception {
    ActorSystem<SpawnProtocol.Command> system =
        ActorSystem.create(SpawnProtocol.create(), "bench", config);
    try {
      createSchema(system, config);
      List<ActorRef<Writer.Write>> writers =
          spawn(system, 0, load.writers(), load.bytes(), new CountDownLatch(0));
      round(writers, warmUp(load));
      long begin = System.nanoTime();
      round(writers, load.events());
      return (System.nanoTime() - begin) / 1e9;
    } finally {
      stop(system);
    }
  }

  private static void round(List<ActorRef<Writer.Write>> writers, int events) throws Exception {
    CountDownLatch done = new CountDownLatch(writers.size());
    writers.forEach(writer -> writer.tell(new Writer.Write(events, done)));
    await(done);
  }

  private static double replaySeconds(Config config, Load load) throws Exception {
    // The first replay warms the code up, the second one is counted; each in a system of its own.
    double seconds = 0;
    for (int i = 0; i < 2; i++) {
      ActorSystem<SpawnProtocol.Command> system =
          ActorSystem.create(SpawnProtocol.create(), "bench", config);
      try {
        // Opening the journal is not replay: somebody without events recovers first.
        CountDownLatch open = new CountDownLatch(1);
        spawn(system, load.writers(), 1, load.bytes(), open);
        await(open);
        CountDownLatch recovered = new CountDownLatch(load.writers());
        long begin = System.nanoTime();
        spawn(system, 0, load.writers(), load.bytes(), recovered);
        await(recovered);
        // The warm-up round of the writers lies in the journal too.
        double share = (double) load.events() / (load.events() + warmUp(load));
        seconds = (System.nanoTime() - begin) / 1e9 * share;
      } finally {
        stop(system);
      }
    }
    return seconds;
  }

  private static List<ActorRef<Writer.Write>> spawn(
      ActorSystem<SpawnProtocol.Command> system,
      int first,
      int count,
      int bytes,
      CountDownLatch recovered)
      throws Exception {
    List<ActorRef<Writer.Write>> writers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = first + i;
      writers.add(
          AskPattern.<SpawnProtocol.Command, ActorRef<Writer.Write>>ask(
                  system,
                  replyTo ->
                      new SpawnProtocol.Spawn<>(
                          Writer.create(number, bytes, recovered),
                          "writer-" + number,
                          Props.empty(),
                          replyTo),
                  SPAWN,
                  system.scheduler())
              .toCompletableFuture()
              .get(SPAWN.toSeconds(), TimeUnit.SECONDS));
    }
    return writers;
  }

  private static void createSchema(ActorSystem<?> system, Config config) throws Exception {
    if (config.getString("pekko.persistence.journal.plugin").equals("jdbc-journal")) {
      SchemaUtils.createIfNotExists(Adapter.toClassic(system))
          .toCompletableFuture()
          .get(SPAWN.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      throw new IllegalStateException("the writers did not finish in time");
    }
  }

  private static void stop(ActorSystem<?> system) throws Exception {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().get(1, TimeUnit.MINUTES);
  }

  private static Config ours(Path home) {
    return ConfigFactory.parseMap(
            Map.of(
                "pekko.loglevel", "ERROR",
                "pekko.persistence.journal.plugin", "saltus.journal",
                "pekko.persistence.snapshot-store.plugin", "saltus.snapshots",
                "saltus.home", home.toString()))
        .withFallback(ConfigFactory.load());
  }

  private static Config jdbc(Path directory) {
    String shared = "pekko-persistence-jdbc.shared-databases.slick.";
    return ConfigFactory.parseMap(
            Map.of(
                "pekko.loglevel",
                "ERROR",
                "pekko.persistence.journal.plugin",
                "jdbc-journal",
                "pekko.persistence.snapshot-store.plugin",
                "jdbc-snapshot-store",
                "jdbc-journal.use-shared-db",
                "slick",
                "jdbc-snapshot-store.use-shared-db",
                "slick",
                shared + "profile",
                "slick.jdbc.H2Profile$",
                shared + "db.url",
                "jdbc:h2:file:" + directory.resolve("journal") + ";DATABASE_TO_UPPER=false",
                shared + "db.user",
                "sa",
                shared + "db.driver",
                "org.h2.Driver",
                shared + "db.keepAliveConnection",
                true))
        .withFallback(ConfigFactory.load());
  }
}

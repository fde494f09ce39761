package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.cli.Console.Outcome;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AuditEvent.Difference;
import io.saltus.experiment.event.AuditEvent.RunVerified;
import io.saltus.experiment.event.ProbeEvent.ProbeRecorded;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.persistence.runs.BesideStream;
import io.saltus.persistence.runs.BesideStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands beside a run, as {@code events --stream} shows it. */
class BesideRunTest {

  private static final Fingerprint FINGERPRINT =
      new Fingerprint(new TreeMap<>(Map.of("threads", "1")), new TreeMap<>());

  @TempDir Path directory;
  private Console console;

  @BeforeEach
  void run() throws IOException {
    Files.writeString(
        directory.resolve("scripted.conf"),
        """
        experiment = scripted
        task { kind = scripted }
        model { kind = scripted }
        optimizer { kind = scripted }
        steps = 40
        """);
    console = new Console(directory).variable("SALTUS_HOME", directory.resolve("home").toString());
    Outcome outcome =
        console.run("run", directory.resolve("scripted.conf").toString(), "--name", "r1");
    assertThat(outcome.code()).as(outcome.err()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit", "probe"})
  void a_stream_beside_a_run_that_holds_nothing_shows_nothing(String stream) {
    assertThat(console.run("events", "r1", "--stream", stream)).isEqualTo(new Outcome(0, "", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit", "probe"})
  void a_stream_beside_a_run_is_followed_for_as_long_as_somebody_listens(String stream) {
    AtomicInteger left = new AtomicInteger(3);
    Outcome outcome = console.listening(left).run("events", "r1", "--stream", stream, "--follow");

    assertThat(outcome).isEqualTo(new Outcome(0, "", ""));
    assertThat(left).as("looks that were left when it ended").hasValueLessThan(0);
  }

  @Test
  void a_complete_run_has_been_analysed() {
    List<String> analyses =
        console.run("events", "r1", "--stream", "analysis", "--format", "json").lines();
    assertThat(analyses).hasSize(1).first().asString().contains("\"type\":\"AnalysisCompleted\"");
  }

  @Test
  void the_streams_beside_a_run_are_shown_in_order() throws Exception {
    RunId run = new RunId("r1");
    RunVerified same =
        new RunVerified(
            1,
            40,
            true,
            40,
            7,
            2,
            Optional.empty(),
            FINGERPRINT,
            new CodeProvenance("0.1.0", Optional.empty(), false, Optional.empty()));
    RunVerified different =
        new RunVerified(
            1,
            40,
            false,
            11,
            7,
            0,
            Optional.of(new Difference(12, "train.loss", "0.5", "0.25")),
            FINGERPRINT,
            same.code());
    ProbeRecorded probe =
        new ProbeRecorded(
            "spectrum", 2, 10, 20, new Catalogue(List.of()), new MetricFrame(10, 20, List.of()));
    Clock clock = Clock.fixed(Instant.parse("2026-11-24T00:00:00Z"), ZoneOffset.UTC);
    try (HomeLock lock = Home.at(directory.resolve("home")).lockForWriting("test");
        RocksStore store = RocksStore.open(lock.home().journal(), StoreOptions.defaults(), clock)) {
      BesideStreams beside = new BesideStreams(store, clock);
      beside.append(BesideStream.AUDIT, run, same).toCompletableFuture().get();
      beside.append(BesideStream.PROBE, run, probe).toCompletableFuture().get();
      beside.append(BesideStream.AUDIT, run, different).toCompletableFuture().get();
    }

    List<String> audits =
        console.run("events", "r1", "--stream", "audit", "--format", "json").lines();
    assertThat(audits).hasSize(2);
    assertThat(audits.get(0))
        .startsWith("{\"run\":\"r1\",\"sequence\":1,\"offset\":")
        .contains(
            "\"time\":\"2026-11-24T00:00:00Z\",\"type\":\"RunVerified\",\"attempt\":null,"
                + "\"data\":{\"fromStep\":1,\"untilStep\":40,\"identical\":true,\"steps\":40,"
                + "\"metrics\":7,\"tensors\":2,\"firstDifference\":null,\"fingerprint\":{");
    assertThat(audits.get(1))
        .contains(
            "\"firstDifference\":{\"step\":12,\"subject\":\"train.loss\",\"recorded\":\"0.5\","
                + "\"recomputed\":\"0.25\"}");
    assertThat(
            console
                .run(
                    "events",
                    "r1",
                    "--stream",
                    "audit",
                    "--follow",
                    "--until-seq",
                    "2",
                    "--format",
                    "json")
                .lines())
        .isEqualTo(audits);
    assertThat(console.run("events", "r1", "--stream", "audit", "--from-seq", "2").out())
        .startsWith("     2  2026-11-24T00:00:00Z")
        .endsWith("steps 1 to 40: train.loss differs at step 12: recorded 0.5, recomputed 0.25\n");
    assertThat(console.run("events", "r1", "--stream", "probe").out())
        .contains("ProbeRecorded")
        .contains("steps 10 to 20 by spectrum 2");
    assertThat(console.run("events", "r1", "--stream", "audits").code()).isEqualTo(2);
    assertThat(console.run("journal", "check").code()).isZero();
  }
}

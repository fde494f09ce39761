package io.saltus.actors;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.saltus.actors.monitor.Monitors;
import io.saltus.experiment.Device;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Placing;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import io.saltus.testkit.SpecDraft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Kill;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;

/** A supervision over a journal in memory and a scripted program. */
final class Stage implements AutoCloseable {

  final ScriptedProgram program;
  final Supervision supervision;
  final PersistenceTestKit journal;
  private final Path checkpoints;

  Stage(Script script) {
    this(script, "", System::nanoTime);
  }

  /**
   * @param overrides HOCON over the settings
   */
  Stage(Script script, String overrides, LongSupplier nanoTime) {
    this(script, overrides, nanoTime, Stages.DEVICES);
  }

  Stage(Script script, String overrides, LongSupplier nanoTime, List<Device> devices) {
    this(script, overrides, nanoTime, devices, Disk.endless());
  }

  Stage(Script script, String overrides, LongSupplier nanoTime, List<Device> devices, Disk disk) {
    this.program = new ScriptedProgram(script);
    this.checkpoints = temporary();
    this.supervision =
        Supervision.start(
            memory(overrides),
            ActorSystemSetup.empty(),
            List.of(program),
            devices,
            disk,
            Clock.systemUTC(),
            nanoTime,
            SessionThreads.daemons(),
            run -> new MemoryHistory(journalled(run.value())),
            Stages.checkpoints(checkpoints),
            Monitors.none(),
            () -> {});
    this.journal = PersistenceTestKit.create(supervision.system());
  }

  static Config memory(String overrides) {
    return ConfigFactory.parseString(overrides)
        .withFallback(PersistenceTestKitPlugin.config())
        .withFallback(PersistenceTestKitSnapshotPlugin.config())
        .withFallback(
            ConfigFactory.parseString(
                """
                pekko.persistence.testkit { events.serialize = off, snapshots.serialize = off }
                pekko.persistence.typed.stash-overflow-strategy = fail
                """));
  }

  static Submission submission(String run, ExperimentSpec spec) {
    return new Submission(
        new RunId(run),
        spec,
        new TreeMap<>(),
        List.of(),
        new CodeProvenance("test", Optional.empty(), false, Optional.empty()),
        Optional.empty(),
        Optional.empty());
  }

  /** Runs a spec to its rest. */
  Settlement run(String run, ExperimentSpec spec, RunListener listener) {
    return await(await(supervision.submit(submission(run, spec), listener)).settled());
  }

  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no answer within 20 s", e);
    }
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("not reached within 20 s");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** The message of a refusal. */
  static String refusal(CompletionStage<?> stage) {
    try {
      await(stage);
    } catch (RefusedException e) {
      return e.getMessage();
    }
    throw new AssertionError("it was not refused");
  }

  static RunEvent.RunAnnotated note(String note) {
    return new RunEvent.RunAnnotated(
        new TreeMap<>(),
        List.of(),
        Optional.of(note),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Kills the actor of a run, as a fault in it would. */
  void kill(String run) {
    killAt("/user/run-" + run + "-*");
  }

  /** Kills the actor of its session, as a fault in it would. */
  void killSession(String run) {
    killAt("/user/run-" + run + "-*/*");
  }

  /** Kills the supervisor, as a fault in it would. */
  void killSupervisor() {
    killAt("/user");
  }

  private void killAt(String path) {
    Adapter.toClassic(supervision.system())
        .actorSelection(path)
        .tell(Kill.getInstance(), ActorRef.noSender());
  }

  /** A spec for another device. */
  ExperimentSpec elsewhere(String device) {
    return placed(ScriptedProgram.spec(10), device, Placing.DEFAULT);
  }

  /** A spec that asks for something else of the machine. */
  static ExperimentSpec placed(ExperimentSpec spec, String device, Placing placing) {
    return SpecDraft.of(spec).device(device).placing(placing).spec();
  }

  /** The events of a run in the journal. */
  List<RunEvent> journalled(String run) {
    return journal.persistedInStorage("run|" + run).stream().map(RunEvent.class::cast).toList();
  }

  /** The events of any stream in the journal. */
  <E> List<E> journalled(String stream, Class<E> type) {
    return journal.persistedInStorage(stream).stream().map(type::cast).toList();
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("saltus-stage");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    supervision.close();
    try (Stream<Path> files = Files.walk(checkpoints)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

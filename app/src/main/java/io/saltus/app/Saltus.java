package io.saltus.app;

import io.saltus.actors.RunHandle;
import io.saltus.actors.RunListener;
import io.saltus.actors.Settlement;
import io.saltus.actors.Submission;
import io.saltus.actors.Supervision;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.RunAnnotated;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.persistence.runs.KeptDigests;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.LoggerFactory;

/**
 * A home opened for writing: {@code Saltus.open(home).run(spec)}. The command line does everything
 * that writes through this class.
 */
public final class Saltus implements AutoCloseable {

  private final Tools tools;
  private final HomeLock lock;
  private final RocksStore store;
  private final Supervision supervision;
  private final ControlDoor door;

  private Saltus(
      Tools tools, HomeLock lock, RocksStore store, Supervision supervision, ControlDoor door) {
    this.tools = tools;
    this.lock = lock;
    this.store = store;
    this.supervision = supervision;
    this.door = door;
  }

  /**
   * Opens a home, and makes it first where there is none.
   *
   * @throws io.saltus.persistence.home.HomeException when it cannot be used, or another process
   *     holds it
   */
  public static Saltus open(Path home) {
    return open(home, Tools.installed());
  }

  /** Opens a home with other tools. */
  public static Saltus open(Path home, Tools tools) {
    HomeLock lock = Home.at(home).lockForWriting(tools.command());
    try {
      RocksStore store =
          RocksStore.open(lock.home().journal(), StoreOptions.defaults(), tools.clock());
      try {
        return opened(tools, lock, store);
      } catch (RuntimeException e) {
        store.close();
        throw e;
      }
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static Saltus opened(Tools tools, HomeLock lock, RocksStore store) {
    // Before the actor system logs from many threads, which the logger would complain of.
    LoggerFactory.getILoggerFactory();
    Supervision supervision = Supervision.start(store, tools.programs(), tools.nanoTime());
    try {
      return new Saltus(tools, lock, store, supervision, ControlDoor.open(lock, supervision));
    } catch (RuntimeException e) {
      supervision.close();
      throw e;
    }
  }

  /**
   * Runs a spec to its end.
   *
   * @throws Refusal when it cannot run here
   */
  public Settlement run(ExperimentSpec spec) {
    RunOrder order = RunOrder.of(RunPlan.of(spec, tools.programs()));
    return settle(start(order, RunListener.none()));
  }

  /** Waits until a run has come to rest, and keeps its digest for those who list it. */
  public Settlement settle(RunHandle handle) {
    Settlement settlement = await(handle.settled());
    if (settlement.outcome() == RunOutcome.PAUSED) {
      // Its series goes on, and who paused it wants the terminal back.
      return settlement;
    }
    try {
      KeptDigests.keep(store, handle.run(), tools.clock().instant()).join();
    } catch (RuntimeException unkept) {
      // The run is at rest and durable; without the kept digest its readers compute it.
      return settlement;
    }
    return settlement;
  }

  /**
   * Starts a run.
   *
   * @param listener hears of its events once they are durable
   * @throws Refusal when its name is taken
   */
  public RunHandle start(RunOrder order, RunListener listener) {
    RunPlan plan = order.plan();
    order.name().filter(this::isTaken).ifPresent(Saltus::refuseTaken);
    Submission submission =
        new Submission(
            order.name().orElseGet(() -> newId(plan.spec().experiment())),
            plan.spec(),
            plan.inputs(),
            plan.digests(),
            Provenance.take(tools.plugins()),
            order.annotation());
    return await(supervision.submit(submission, listener));
  }

  private static void refuseTaken(RunId id) {
    throw Refusal.wrong(
        "there is a run of this name already", "--name " + id, "Choose another name.");
  }

  /** Puts people's words on a run, durably. */
  public void annotate(RunId run, RunAnnotated annotation) {
    await(supervision.annotate(run, annotation));
  }

  /** Asks all runs to rest; they settle when their frames are durable. */
  public void pauseAll(String reason) {
    CompletionStage<?> asked = supervision.pauseAll(reason);
    asked.exceptionally(failure -> null);
  }

  @Override
  public void close() {
    door.close();
    supervision.close();
    store.close();
    lock.close();
  }

  /** Waits for something, and throws what it failed with. */
  public static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private boolean isTaken(RunId id) {
    try (JournalReader reader = store.reader()) {
      return reader.highestSequence("run|" + id.value()) > 0;
    }
  }

  private RunId newId(String experiment) {
    return new RunIds(tools.clock(), tools.random()).next(experiment, this::isTaken);
  }
}

package io.saltus.bench.storm.child;

import io.saltus.actors.RefusedException;
import io.saltus.actors.RunHandle;
import io.saltus.actors.RunListener;
import io.saltus.actors.Settlement;
import io.saltus.app.RunOrder;
import io.saltus.app.RunPlan;
import io.saltus.app.Saltus;
import io.saltus.app.problem.Refusal;
import io.saltus.app.signal.Signals;
import io.saltus.bench.storm.child.Line.Phase;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.persistence.codec.CodecException;
import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.rocks.StoreFailedException;
import io.saltus.persistence.runs.RunNotFoundException;
import io.saltus.persistence.runs.UnknownEventException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/**
 * A process that begins a run or goes on with it, and prints what is durable as it becomes so.
 *
 * <p>Its status is that of the command line: 0 at the end, 130 when a signal paused it, 1 when
 * something failed that Saltus has a name for. Failures without a name end with 70 and their trace.
 */
public final class StormChild {

  /** The run that every storm is about. */
  public static final RunId RUN = new RunId("storm");

  private static final int FINE = 0;
  private static final int FAILED = 1;
  private static final int NAMELESS = 70;
  private static final int PAUSED = 130;

  private final Path home;
  private final Workload workload;
  private final RunListener listener;
  private volatile Runnable onSignal = () -> {};
  private volatile boolean heard;

  private StormChild(Path home, Workload workload) {
    this.home = home;
    this.workload = workload;
    listener = (event, sequence) -> Line.print(Fact.of(event, sequence).line());
  }

  /**
   * Trains.
   *
   * @param args {@code begin} or {@code go-on}, the home, the program, the number of steps
   */
  public static void main(String[] args) {
    StormChild child =
        new StormChild(Path.of(args[1]), Workload.of(args[2], Long.parseLong(args[3])));
    int status;
    // Not closed before the process ends: a second signal must not change its status.
    Signals unused = Signals.hear(signal -> child.hear());
    Line.print(Phase.LISTENING);
    try {
      status = child.run(args[0].equals("go-on"));
    } catch (RuntimeException e) {
      status = say(e instanceof CompletionException && e.getCause() != null ? e.getCause() : e);
    }
    Runtime.getRuntime().halt(status);
  }

  private int run(boolean goOn) {
    try (Saltus saltus = Saltus.open(home, workload.tools())) {
      Line.print(Phase.OPEN);
      Optional<RunHandle> handle =
          goOn
              ? Continuation.installed().resume(saltus, RUN, listener)
              : Optional.of(saltus.start(order(), listener));
      if (handle.isEmpty()) {
        Line.print(Phase.CANNOT_RESUME);
        return FINE;
      }
      Line.print(Phase.UNDER_WAY);
      onSignal = () -> saltus.pauseAll("signal");
      if (heard) {
        saltus.pauseAll("signal");
      }
      return status(saltus.settle(handle.get()));
    }
  }

  private RunOrder order() {
    return new RunOrder(
        RunPlan.of(workload.spec(), workload.tools().programs()),
        Optional.of(RUN),
        new TreeMap<>(),
        Optional.empty(),
        Optional.empty());
  }

  private void hear() {
    heard = true;
    onSignal.run();
  }

  private int status(Settlement settlement) {
    Line.print(Phase.AT_REST);
    if (settlement.outcome() == RunOutcome.COMPLETED) {
      return FINE;
    }
    if (settlement.outcome() == RunOutcome.PAUSED && heard) {
      return PAUSED;
    }
    System.err.println("saltus: the run " + settlement.outcome() + ": " + settlement.message());
    return FAILED;
  }

  private static int say(Throwable failure) {
    if (failure instanceof Refusal
        || failure instanceof HomeException
        || failure instanceof RefusedException
        || failure instanceof RunNotFoundException
        || failure instanceof JournalDamagedException
        || failure instanceof CodecException
        || failure instanceof UnknownEventException
        || failure instanceof StoreFailedException) {
      System.err.println("saltus: " + failure.getMessage());
      return FAILED;
    }
    failure.printStackTrace();
    return NAMELESS;
  }
}

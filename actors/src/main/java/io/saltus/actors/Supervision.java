package io.saltus.actors;

import com.typesafe.config.Config;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.session.Program;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;

/**
 * The actor system of one home, from the outside. The home must be open and locked by this process
 * as long as this lives.
 */
public final class Supervision implements AutoCloseable {

  private Supervision() {}

  /**
   * Starts the actor system and recovers the supervisor from the journal.
   *
   * @param storage settings of the journal and snapshot plugins of the open home
   * @param programs asked in order which of them supports a spec
   * @param clock of the times that are recorded
   * @param nanoTime a monotonic clock in nanoseconds, such as {@code System::nanoTime}: sizes
   *     chunks and measures speed, and never touches a result
   */
  public static Supervision start(
      Config storage, List<Program> programs, Clock clock, LongSupplier nanoTime) {
    return new Supervision();
  }

  /**
   * Journals a run and begins it when its device is free.
   *
   * @param listener hears of every event of the run from its first
   * @return completes when the run is journalled; exceptionally with {@link RefusedException} when
   *     its name is taken, no program supports its spec or its device does not exist
   */
  public CompletionStage<RunHandle> submit(Submission submission, RunListener listener) {
    return CompletableFuture.failedFuture(new RefusedException("not yet"));
  }

  /**
   * Pauses every run: frames that are being computed are finished and journalled, then the run
   * rests. Runs that wait for a device go on waiting in the journal.
   *
   * @param reason journalled with each pause
   * @return completes when all of them have come to rest
   */
  public CompletionStage<Done> pauseAll(String reason) {
    return CompletableFuture.failedFuture(new RefusedException("not yet"));
  }

  /**
   * Journals people's words about a run, whatever its status.
   *
   * @return completes when they are durable; exceptionally with {@link RefusedException} when there
   *     is no such run
   */
  public CompletionStage<Done> annotate(RunId run, RunEvent.RunAnnotated annotation) {
    return CompletableFuture.failedFuture(new RefusedException("not yet"));
  }

  /**
   * Ends the actor system and waits until its threads are gone. Runs that are still under way are
   * not paused: their attempt stays open in the journal, as after a crash.
   */
  @Override
  public void close() {}
}

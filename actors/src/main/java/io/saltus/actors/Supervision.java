package io.saltus.actors;

import com.typesafe.config.Config;
import io.saltus.actors.monitor.Monitors;
import io.saltus.actors.monitor.StoredMonitorJournal;
import io.saltus.actors.study.StudyCommand;
import io.saltus.actors.study.StudyOrder;
import io.saltus.experiment.Device;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.session.Program;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.checkpoint.JournalReferences;
import io.saltus.persistence.journal.JournalConfig;
import io.saltus.persistence.journal.StoreSetup;
import io.saltus.persistence.projection.SupervisorState;
import io.saltus.persistence.rocks.RocksStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.pattern.StatusReply;

/**
 * The actor system of one home, from the outside. The home must be open and locked by this process
 * as long as this lives.
 */
public final class Supervision implements AutoCloseable {

  private final ActorSystem<SupervisorCommand> system;
  private final SessionThreads threads;
  private final CheckpointThread checkpoints;
  private final Monitors monitors;
  private final SupervisionSettings settings;
  private final FootprintEstimate footprints;
  private final CompletableFuture<String> breakdown;
  private final Requests requests;

  private Supervision(
      ActorSystem<SupervisorCommand> system,
      SessionThreads threads,
      CheckpointThread checkpoints,
      Monitors monitors,
      SupervisionSettings settings,
      FootprintEstimate footprints,
      CompletableFuture<String> breakdown) {
    this.system = system;
    this.threads = threads;
    this.checkpoints = checkpoints;
    this.monitors = monitors;
    this.settings = settings;
    this.footprints = footprints;
    this.breakdown = breakdown;
    this.requests = new Requests(system, settings.requests(), settings.answerWithin());
  }

  /**
   * Starts the actor system and recovers the supervisor from the journal.
   *
   * @param store the journal of the home, open; closed by the caller after this
   * @param checkpoints the files of saved states
   * @param programs asked in order which of them supports a spec
   * @param devices that are leased, in the order in which they are given away
   * @param disk that the home lies on
   * @param clock tells the time that stands beside what monitors say, and when attempts end
   * @param nanoTime a monotonic clock in nanoseconds, such as {@code System::nanoTime}: sizes
   *     chunks and measures speed, and never touches a result
   */
  public static Supervision start(
      RocksStore store,
      CheckpointStore checkpoints,
      List<Program> programs,
      List<Device> devices,
      Disk disk,
      Clock clock,
      LongSupplier nanoTime) {
    return start(
        store,
        checkpoints,
        programs,
        devices,
        disk,
        clock,
        nanoTime,
        SupervisionOptions.standard());
  }

  /** As the other one does, with options. */
  public static Supervision start(
      RocksStore store,
      CheckpointStore checkpoints,
      List<Program> programs,
      List<Device> devices,
      Disk disk,
      Clock clock,
      LongSupplier nanoTime,
      SupervisionOptions options) {
    return start(
        options.over(JournalConfig.plugins()),
        ActorSystemSetup.create(new StoreSetup(store)),
        programs,
        devices,
        disk,
        clock,
        nanoTime,
        SessionThreads.daemons(),
        Histories.of(store),
        new CheckpointThread(checkpoints, new JournalReferences(store::reader), nanoTime),
        Monitors.of(new StoredMonitorJournal(store, clock)),
        options.stuck());
  }

  static Supervision start(
      Config storage,
      ActorSystemSetup setup,
      List<Program> programs,
      List<Device> devices,
      Disk disk,
      Clock clock,
      LongSupplier nanoTime,
      ThreadFactory sessions,
      Histories histories,
      CheckpointThread checkpoints,
      Monitors monitors,
      Runnable stuck) {
    Config config = SupervisionConfig.of(storage);
    SupervisionSettings settings = SupervisionSettings.of(config);
    SessionThreads threads = new SessionThreads(sessions, settings.closePatience());
    CompletableFuture<String> breakdown = new CompletableFuture<>();
    ActorSystem<SupervisorCommand> system =
        ActorSystem.create(
            Supervisor.create(
                programs,
                devices,
                WatchedDisk.look(disk),
                new TrainerTools(
                    settings,
                    settings.restarts(),
                    threads,
                    histories,
                    checkpoints,
                    monitors,
                    clock,
                    nanoTime,
                    stuck),
                breakdown),
            "saltus",
            setup.withSetup(BootstrapSetup.create(config)));
    // Also where the supervisor could not even begin, and so has no chance to say why.
    system
        .getWhenTerminated()
        .whenComplete((done, failure) -> breakdown.complete("the supervisor has stopped"));
    return new Supervision(
        system,
        threads,
        checkpoints,
        monitors,
        settings,
        new FootprintEstimate(programs, settings.chunkSteps()),
        breakdown);
  }

  /**
   * Journals a run and begins it when its device is free.
   *
   * @param listener hears of every event of the run from its first
   * @return completes when the run is journalled; exceptionally with {@link RefusedException} when
   *     its name is taken, no program supports its spec or its device does not exist
   */
  public CompletionStage<RunHandle> submit(Submission submission, RunListener listener) {
    return submit(submission, Attendance.ATTENDED, listener);
  }

  /** As {@link #submit(Submission, RunListener)}, of a run that is watched so. */
  public CompletionStage<RunHandle> submit(
      Submission submission, Attendance attendance, RunListener listener) {
    CompletableFuture<Settlement> settled = new CompletableFuture<>();
    return this.<StatusReply<Done>>ask(
            replyTo ->
                new SupervisorCommand.Submit(
                    new Order(
                        submission.run(),
                        submission.spec(),
                        submission.inputs(),
                        attendance,
                        footprints.of(submission.spec(), submission.inputs().values()),
                        listener,
                        settled,
                        replyTo),
                    submission))
        .thenApply(Supervision::accepted)
        .thenApply(done -> new RunHandle(submission.run(), settled));
  }

  /**
   * Lets a run go on that rests, waits, was interrupted or failed.
   *
   * @param listener hears of its events from now on
   * @return completes when the run waits for its device; exceptionally with {@link
   *     RefusedException} when it is complete, cancelled, deleted or at work
   */
  public CompletionStage<RunHandle> resume(Resumption resumption, RunListener listener) {
    return resume(resumption, Attendance.ATTENDED, listener);
  }

  /** As {@link #resume(Resumption, RunListener)}, of a run that is watched so. */
  public CompletionStage<RunHandle> resume(
      Resumption resumption, Attendance attendance, RunListener listener) {
    CompletableFuture<Settlement> settled = new CompletableFuture<>();
    return this.<StatusReply<Done>>ask(
            replyTo ->
                new SupervisorCommand.Resume(
                    new Order(
                        resumption.run(),
                        resumption.spec(),
                        resumption.inputs(),
                        attendance,
                        footprints.of(resumption.spec(), resumption.inputs().values()),
                        listener,
                        settled,
                        replyTo)))
        .thenApply(Supervision::accepted)
        .thenApply(done -> new RunHandle(resumption.run(), settled));
  }

  /** To wait for the end of a run; empty when this process is not at work on it. */
  public CompletionStage<Optional<RunHandle>> join(RunId run) {
    return ask(replyTo -> new SupervisorCommand.Join(run, replyTo));
  }

  /**
   * Brings a study to its end.
   *
   * @return completes when its first events are durable; exceptionally with {@link
   *     RefusedException} when it is at work, cancelled, or its name is taken
   */
  public CompletionStage<Done> conduct(StudyOrder order) {
    return hand(order.study(), replyTo -> new StudyCommand.Conduct(order, replyTo));
  }

  /**
   * Has the actor of a study do something: lets it rest, ends it for good, notes something.
   *
   * @return completes when that is durable; exceptionally with {@link RefusedException} when it
   *     cannot be done now
   */
  public CompletionStage<Done> hand(
      StudyId study, Function<ActorRef<StatusReply<Done>>, StudyCommand.Request> request) {
    return this.<StatusReply<Done>>ask(
            replyTo -> new SupervisorCommand.HandStudy(study, request.apply(replyTo)))
        .thenApply(Supervision::accepted);
  }

  /**
   * Pauses every run: frames that are being computed are finished and journalled, then the run
   * rests. Runs that wait for a device go on waiting in the journal.
   *
   * @param reason journalled with each pause
   * @return completes when all of them have come to rest
   */
  public CompletionStage<Done> pauseAll(String reason) {
    return ask(replyTo -> new SupervisorCommand.PauseAll(reason, replyTo));
  }

  /**
   * Journals people's words about a run, whatever its status.
   *
   * @return completes when they are durable; exceptionally with {@link RefusedException} when there
   *     is no such run
   */
  public CompletionStage<Done> annotate(RunId run, RunEvent.RunAnnotated annotation) {
    return hand(run, replyTo -> new TrainerCommand.Annotate(annotation, replyTo));
  }

  /**
   * Pauses one run.
   *
   * @return completes when it rests; exceptionally with {@link RefusedException} when nobody is at
   *     work on it, or it came to its end before it could rest
   */
  public CompletionStage<Done> pause(RunId run, String reason) {
    return hand(run, replyTo -> new TrainerCommand.Pause(reason, replyTo));
  }

  /**
   * Lets one run rest, also where it waits for a device: then it goes on waiting in the journal.
   *
   * @return completes when it rests; exceptionally with {@link RefusedException} when this process
   *     is not at work on it, it came to its end before it could rest, or it is between two
   *     attempts: then it rests before the next
   */
  public CompletionStage<Done> rest(RunId run, String reason) {
    return this.<StatusReply<Done>>ask(
            replyTo -> new SupervisorCommand.RestRun(run, reason, replyTo))
        .thenApply(Supervision::accepted);
  }

  /**
   * Cancels one run, at work or not.
   *
   * @return completes when that is durable; exceptionally with {@link RefusedException} when it has
   *     ended already, or comes to its end before that
   */
  public CompletionStage<Done> cancel(RunId run, String reason) {
    return hand(run, replyTo -> new TrainerCommand.Cancel(reason, replyTo));
  }

  /**
   * Gives a complete or paused run a later last step, and sets its rules aside.
   *
   * @return completes when that is durable; exceptionally with {@link RefusedException} when the
   *     run is at work, has failed or is beyond that step
   */
  public CompletionStage<Done> extend(RunId run, long steps) {
    return hand(run, replyTo -> new TrainerCommand.Extend(steps, replyTo));
  }

  /**
   * Deletes a run at which nobody is at work. Whether another run needs it is the caller's to see.
   *
   * @return completes when that is durable; exceptionally with {@link RefusedException} when the
   *     run is at work
   */
  public CompletionStage<Done> delete(RunId run) {
    return hand(run, TrainerCommand.Delete::new);
  }

  private CompletionStage<Done> hand(
      RunId run, Function<ActorRef<StatusReply<Done>>, TrainerCommand.Request> request) {
    return this.<StatusReply<Done>>ask(replyTo -> new SupervisorCommand.Hand(run, request, replyTo))
        .thenApply(Supervision::accepted);
  }

  /**
   * Completes with the reason when nothing can be journalled any more: a write failed, or the
   * supervisor is gone; also when this is closed. Runs under way are settled as failed before.
   */
  public CompletionStage<String> breakdown() {
    return breakdown.minimalCompletionStage();
  }

  /**
   * Ends the actor system and waits until its threads are gone; before that, a while for the last
   * words of the monitors of runs that have come to rest. Runs that are still under way are not
   * paused: their attempt stays open in the journal, as after a crash.
   */
  @Override
  public void close() {
    monitors.awaitFinished(settings.monitorPatience());
    system.terminate();
    try {
      system
          .getWhenTerminated()
          .toCompletableFuture()
          .get(settings.answerWithin().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      system.log().warn("the actor system did not end in good order: {}", e.toString());
    }
    threads.close();
    checkpoints.close();
  }

  /** What the supervisor knows from the journal. */
  CompletionStage<SupervisorState> look() {
    return ask(SupervisorCommand.Look::new);
  }

  /** The system itself, for tests. */
  ActorSystem<?> system() {
    return system;
  }

  private <T> CompletionStage<T> ask(Function<ActorRef<T>, SupervisorCommand> question) {
    return requests.ask(question);
  }

  private static Done accepted(StatusReply<Done> answer) {
    if (answer.isError()) {
      throw new CompletionException(
          new RefusedException(String.valueOf(answer.getError().getMessage())));
    }
    return answer.getValue();
  }
}

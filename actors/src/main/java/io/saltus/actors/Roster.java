package io.saltus.actors;

import io.saltus.actors.monitor.RunWatch;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.SupervisorEvent.LeaseGranted;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.persistence.projection.SupervisorState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.pattern.StatusReply;

/**
 * The trainers of a supervisor: those of its runs, in the order they were accepted, and those that
 * were told to leave and are not gone yet. Lives and dies with the supervisor's actor.
 */
final class Roster {

  private final ActorContext<SupervisorCommand> supervisor;
  private final TrainerTools tools;
  private final DevicePool devices;
  private final Reservations reservations;
  private final GivingWay givingWay;
  private final Map<RunId, SupervisedRun> active = new LinkedHashMap<>();
  private final Map<ActorRef<Void>, Leaving> leaving = new LinkedHashMap<>();
  private final Map<RunId, Deque<Runnable>> patient = new LinkedHashMap<>();
  private final ParkedRuns parked = new ParkedRuns();
  private final List<SupervisedRun> newcomers = new ArrayList<>();
  private long trainers;

  /**
   * A trainer that was told to leave.
   *
   * @param waiting for what it was asked before
   * @param fence of the lease that it had
   */
  record Leaving(RunId run, Optional<ActorRef<StatusReply<Done>>> waiting, Optional<Long> fence) {}

  Roster(
      ActorContext<SupervisorCommand> supervisor,
      TrainerTools tools,
      DevicePool devices,
      Reservations reservations) {
    this.devices = devices;
    this.reservations = reservations;
    this.givingWay = new GivingWay(devices, reservations);
    this.supervisor = supervisor;
    this.tools = tools;
  }

  /**
   * Takes a run in.
   *
   * @param first what its trainer is told, which answers whether the run may wait for a device
   */
  void enlist(
      Order order,
      Admission admission,
      Function<ActorRef<StatusReply<Done>>, TrainerCommand> first) {
    whenAlone(order.run(), () -> take(order, admission, first));
  }

  private void take(
      Order order,
      Admission admission,
      Function<ActorRef<StatusReply<Done>>, TrainerCommand> first) {
    RunId run = order.run();
    Optional<String> refusal = refusal(run);
    if (refusal.isPresent()) {
      order.replyTo().tell(StatusReply.error(refusal.get()));
      return;
    }
    MonitorNews news = new MonitorNews(run, order.listener());
    RunWatch watch =
        tools.monitors().begin(supervisor, "monitor-" + run + "-" + trainers, run, news);
    ActorRef<TrainerCommand> trainer =
        spawn(run, watched(watch, order.listener()), order.attendance());
    news.wishTo(trainer);
    active.put(
        run,
        new SupervisedRun(
            order, admission.program(order.spec()), devices.wish(order), watch, trainer));
    trainer.tell(first.apply(supervisor.spawnAnonymous(answers(run))));
  }

  /** A one-message actor that puts a run's name to its trainer's answer. */
  private Behavior<StatusReply<Done>> answers(RunId run) {
    ActorRef<SupervisorCommand> self = supervisor.getSelf();
    return Behaviors.receiveMessage(
        answer -> {
          self.tell(new SupervisorCommand.SubmissionAnswered(run, answer));
          return Behaviors.stopped();
        });
  }

  /** Who begins in {@code state}, and who gives way. */
  Turn turn(SupervisorState state) {
    List<LeaseGranted> granted =
        reservations.within(
            state, devices.leases(state, this::waiting, this::experiment), this::footprint);
    return new Turn(
        granted.stream()
            .map(each -> new Turn.Lease(Objects.requireNonNull(active.get(each.run())), each))
            .toList(),
        givingWay.yields(state, granted, Collections.unmodifiableMap(active), this::experiment));
  }

  private List<Placement.Wish> waiting() {
    return active.values().stream()
        .filter(run -> run.stage() == SupervisedRun.Stage.WAITING)
        .map(SupervisedRun::wish)
        .toList();
  }

  /** The first of those that wait for a device, in the order they were accepted. */
  List<SupervisedRun> waiting(int atMost) {
    return active.values().stream()
        .filter(run -> run.stage() == SupervisedRun.Stage.WAITING)
        .limit(atMost)
        .toList();
  }

  /** Of a run whose lease is open; one that is leaving counts for none. */
  private String experiment(RunId run) {
    return find(run).map(supervised -> supervised.wish().experiment()).orElse("");
  }

  private Footprint footprint(RunId run) {
    return find(run).map(supervised -> supervised.order().footprint()).orElse(Footprint.NONE);
  }

  /** A run waits for its devices from now on. */
  void queue(SupervisedRun run) {
    run.queued();
    newcomers.add(run);
    givingWay.queued(run.wish());
  }

  /**
   * Tells those who wait why, once leases have been granted: the newcomers, and who is held back.
   */
  void explain(SupervisorState state) {
    Optional<Reservations.Held> held = reservations.held();
    held.ifPresent(each -> find(each.run()).ifPresent(run -> run.waits(each.why())));
    newcomers.stream()
        .filter(run -> run.stage() == SupervisedRun.Stage.WAITING)
        .forEach(
            run ->
                run.waits(
                    held.map(each -> each.toldTo(run.run())).orElseGet(() -> devices.busy(state))));
    newcomers.clear();
  }

  Optional<SupervisedRun> find(RunId run) {
    return Optional.ofNullable(active.get(run));
  }

  /** To wait for the end of a run; empty when nobody is at work on it. */
  Optional<RunHandle> handle(RunId run) {
    return find(run)
        .map(each -> new RunHandle(run, each.order().settled()))
        .or(() -> parked.handle(run));
  }

  Optional<SupervisedRun> of(ActorRef<Void> trainer) {
    return active.values().stream()
        .filter(each -> each.trainer().unsafeUpcast().equals(trainer))
        .findFirst();
  }

  /** Why a run cannot be taken in; empty when it can. */
  Optional<String> refusal(RunId run) {
    if (active.containsKey(run)) {
      return Optional.of("run " + run + " exists, and is at work");
    } else if (parked.contains(run)) {
      return Optional.of("run " + run + " rests until there is room on the disk, then goes on");
    }
    return active.size() < tools.settings().runs()
        ? Optional.empty()
        : Optional.of("the queue is full: " + active.size() + " runs wait for their end");
  }

  /** The runs as they are now, in the order they were accepted. */
  List<SupervisedRun> runs() {
    return List.copyOf(active.values());
  }

  /** Whether no run is left and every trainer is gone. */
  boolean isDeserted() {
    return active.isEmpty() && leaving.isEmpty() && patient.isEmpty();
  }

  /** Gives a run a second trainer, which journals the end that the first one left open. */
  void replaceTrainer(SupervisedRun run) {
    run.closing(
        spawn(run.run(), watched(run.watch(), run.order().listener()), run.order().attendance()));
  }

  /** Hands a request to the trainer of a run: the one at work, or one that comes for this alone. */
  void hand(RunId run, TrainerCommand.Request words) {
    whenAlone(run, () -> tell(run, words));
  }

  /**
   * Does something once no trainer that came for one request alone is at its run's stream: two
   * writers of one stream would contradict each other. One that was dismissed journals nothing more
   * and is not waited for.
   */
  private void whenAlone(RunId run, Runnable action) {
    boolean alone =
        leaving.values().stream()
            .noneMatch(each -> each.run().equals(run) && each.waiting().isPresent());
    if (alone) {
      action.run();
    } else {
      patient.computeIfAbsent(run, unseen -> new ArrayDeque<>()).add(action);
    }
  }

  private void tell(RunId run, TrainerCommand.Request words) {
    SupervisedRun supervised = active.get(run);
    if (supervised != null) {
      supervised.tell(words);
      return;
    }
    ActorRef<TrainerCommand> trainer = spawn(run, RunListener.none(), Attendance.ATTENDED);
    leaving.put(
        trainer.unsafeUpcast(), new Leaving(run, Optional.of(words.replyTo()), Optional.empty()));
    trainer.tell(words);
    trainer.tell(new TrainerCommand.Leave());
  }

  /** Tells who waits for a run's end how it ended, and lets its trainer go. */
  void settle(SupervisedRun run, Settlement settlement) {
    // First, so that who waits for the end can wait for the monitor's last word, too.
    dismiss(run);
    if (run.isParked() && settlement.outcome() == RunOutcome.PAUSED) {
      parked.add(run.order(), settlement);
    } else {
      run.settled(settlement, supervisor.getExecutionContext());
    }
  }

  /** A run of which nobody here is at work has come to rest otherwise. */
  void settleParked(Settlement settlement) {
    parked.settle(settlement, supervisor.getExecutionContext());
  }

  /** A run does not go on by itself any more when there is room; whether it would have. */
  boolean unpark(RunId run) {
    find(run).ifPresent(SupervisedRun::unpark);
    return parked.settle(run, supervisor.getExecutionContext());
  }

  /** No run goes on by itself any more when there is room on the disk. */
  void unparkAll() {
    active.values().forEach(SupervisedRun::unpark);
    parked.settleAll(supervisor.getExecutionContext());
  }

  /** Lets the runs go on that rest until there is room. */
  void goOn(Admission admission) {
    parked
        .takeAll()
        .forEach(order -> enlist(againOf(order), admission, TrainerCommand.Resume::new));
  }

  /** Nobody waits for an answer any more, only for the run's end. */
  private Order againOf(Order order) {
    ActorRef<StatusReply<Done>> refused =
        supervisor.spawnAnonymous(
            Behaviors.receiveMessage(
                answer -> {
                  if (answer.isError()) {
                    String why = String.valueOf(answer.getError().getMessage());
                    order
                        .settled()
                        .complete(
                            new Settlement(
                                order.run(), RunOutcome.PAUSED, -1, Optional.empty(), why));
                  }
                  return Behaviors.stopped();
                }));
    return order.answering(refused);
  }

  /** In the journal it goes on waiting; in this process nobody waits for it any longer. */
  void restInQueue(SupervisedRun run) {
    settle(
        run,
        new Settlement(run.run(), RunOutcome.PAUSED, -1, Optional.empty(), "it is still queued"));
  }

  void dismiss(SupervisedRun run) {
    active.remove(run.run());
    devices.forget(run.run());
    run.watch().finish();
    leaving.put(
        run.trainer().unsafeUpcast(), new Leaving(run.run(), Optional.empty(), run.fence()));
    run.trainer().tell(new TrainerCommand.Leave());
  }

  /** Strikes off a trainer that is gone, if it had been told to leave. */
  Optional<Leaving> left(ActorRef<Void> trainer) {
    Optional<Leaving> left = Optional.ofNullable(leaving.remove(trainer));
    left.map(gone -> patient.remove(gone.run()))
        .ifPresent(actions -> actions.forEach(action -> whenAlone(left.get().run(), action)));
    return left;
  }

  /** Answers those who wait for a trainer that came for them alone and cannot do its work. */
  void disappoint(RunId run, String message) {
    leaving.values().stream()
        .filter(each -> each.run().equals(run))
        .flatMap(each -> each.waiting().stream())
        .forEach(waiting -> waiting.tell(StatusReply.error(message)));
  }

  /** What a trainer persists is told to the monitor, then to whoever listens. */
  private static RunListener watched(RunWatch watch, RunListener listener) {
    return (event, sequence) -> {
      watch.persisted(event, sequence);
      listener.persisted(event, sequence);
    };
  }

  private ActorRef<TrainerCommand> spawn(RunId run, RunListener listener, Attendance attendance) {
    ActorRef<TrainerCommand> trainer =
        supervisor.spawn(
            Trainer.create(run, listener, supervisor.getSelf(), tools.of(attendance)),
            "run-" + run + "-" + trainers++);
    supervisor.watch(trainer);
    return trainer;
  }
}

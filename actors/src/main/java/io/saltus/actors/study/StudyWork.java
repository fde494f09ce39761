package io.saltus.actors.study;

import io.saltus.actors.study.RunDesk.RunInHand;
import io.saltus.actors.study.StudyCommand.Asked;
import io.saltus.actors.study.StudyCommand.Begun;
import io.saltus.actors.study.StudyCommand.Compared;
import io.saltus.actors.study.StudyCommand.Finished;
import io.saltus.actors.study.StudyCommand.Rested;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.StudyEvent.RunAssigned;
import io.saltus.experiment.event.StudyEvent.RunRefused;
import io.saltus.experiment.event.StudyEvent.StudyObstacle;
import io.saltus.experiment.event.StudyEvent.StudyOutcome;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.spec.PlannedRun;
import io.saltus.experiment.spec.StudyPlan;
import io.saltus.persistence.projection.StudyState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * A study at work: what is in hand, how far its plan is walked, and why it is to rest. Lives and
 * dies with the actor of the study, and is touched by it alone; every method says what is to be
 * journalled and done, and does nothing of that itself.
 */
final class StudyWork {

  /** So many runs may have come to rest of which what follows is not done. */
  private static final int MOST_FINISHING = 8;

  /** So many events may be journalled at once before it is seen whether more is to be done. */
  private static final int MOST_EVENTS = 64;

  private final ActorContext<StudyCommand> context;
  private final StudyOrder order;
  private final StudyListener listener;
  private final RunsInHand runs = new RunsInHand();
  private final Set<Asked> asked = new HashSet<>();
  private @Nullable StudyWalk walk;
  private Standing standing = Standing.unknown();
  private double hoursBefore;
  private final Deque<StudyWalk.GoOn> further = new ArrayDeque<>();
  private final Map<RunId, Long> sent = new HashMap<>();
  private boolean walked;
  private boolean again;
  private long extensionTold;
  private Optional<StudyEnd> ending = Optional.empty();

  StudyWork(ActorContext<StudyCommand> context, StudyOrder order) {
    this.context = context;
    this.order = order;
    this.listener = new SafeListener(order.listener(), context.getLog());
  }

  StudyOrder order() {
    return order;
  }

  /** The desk has read how the runs stand. */
  StudyMove looked(StudyState state, Standing seen) {
    StudyPlan plan = StudyPlan.of(state.spec().orElseThrow(), order.schema());
    StudyWalk begun = new StudyWalk(plan, order, seen);
    walk = begun;
    standing = seen;
    // An earlier actor may have had runs done at the same desk: these are in the journal, too.
    hoursBefore = Math.max(0, seen.deviceHours() - order.desk().deviceHours());
    if (!again) {
      extensionTold = state.extension().orElse(0);
      listener.started(plan.runs(), begun.done(state));
    }
    if (ending.filter(wanted -> wanted.outcome() == StudyOutcome.PAUSED).isPresent()) {
      // Nobody joins these any more; who cancels a study finds them by himself.
      List<RunId> strays = StudyRuns.underWay(state, seen);
      strays.forEach(runs::straying);
      strays.forEach(this::bringToRest);
    }
    return goOn(state);
  }

  /** The desk could not read how the runs stand. */
  void blind(String why) {
    walked = true;
    ending = ending.or(() -> Optional.of(obstructed(why, StudyObstacle.UNREADABLE)));
  }

  private StudyEnd obstructed(String why, StudyObstacle obstacle) {
    return new StudyEnd(order.study(), StudyOutcome.PAUSED, why, Optional.of(obstacle));
  }

  /**
   * The study was extended: runs that were passed by may go on.
   *
   * @return whether the desk is to look once more how they stand
   */
  boolean extended() {
    boolean look = walk != null && ending.isEmpty();
    if (look) {
      walk = null;
      walked = false;
      again = true;
    }
    return look;
  }

  /** Brings what is in hand to rest; a cancellation is not softened by a later pause. */
  void end(StudyOutcome outcome, String reason) {
    end(new StudyEnd(order.study(), outcome, reason));
  }

  private void end(StudyEnd wanted) {
    ending =
        ending
            .filter(before -> before.outcome() == StudyOutcome.CANCELLED)
            .or(() -> Optional.of(wanted));
    runs.working().forEach(this::bringToRest);
  }

  private void bringToRest(RunId run) {
    StudyEnd wanted = ending.orElseThrow();
    Asked ask = new Asked(run, wanted.outcome());
    if (asked.add(ask)) {
      CompletionStage<Void> answer =
          wanted.outcome() == StudyOutcome.CANCELLED
              ? order.desk().cancel(run, wanted.reason())
              : order.desk().pause(run, wanted.reason());
      // One that comes to its end before it can rest says so by itself.
      context.pipeToSelf(answer, (done, refused) -> ask);
    }
  }

  StudyMove asked(Asked answered) {
    asked.remove(answered);
    runs.strayed(answered.run());
    return StudyMove.none();
  }

  /** Goes on; what could not be brought to rest is asked once more. */
  StudyMove tick(StudyState state) {
    if (ending.isPresent()) {
      runs.working().forEach(this::bringToRest);
    }
    return goOn(state);
  }

  /** Begins as many runs as there is room for. */
  StudyMove goOn(StudyState state) {
    StudyMove move = StudyMove.none();
    StudyWalk plan = walk;
    if (plan == null || (!runs.none() && isSpent(state))) {
      return move;
    }
    StudyState after = state;
    while (ending.isEmpty()
        && !(walked && further.isEmpty())
        && runs.room(order.parallel(), MOST_FINISHING)
        && move.events().size() < MOST_EVENTS) {
      Optional<StudyWalk.Step> step = next(plan, after);
      if (step.isPresent() && !isSpent(after)) {
        StudyMove next = take(step.get(), after);
        after = next.events().stream().reduce(after, StudyState::apply, (a, b) -> b);
        move = move.and(next);
      }
    }
    return move;
  }

  /** What is to be done next, beyond the ends that runs have come to before what is planned. */
  private Optional<StudyWalk.Step> next(StudyWalk plan, StudyState state) {
    if (!further.isEmpty()) {
      return Optional.of(further.remove());
    }
    Optional<StudyWalk.Step> step = plan.next(state);
    walked = step.isEmpty();
    return step.filter(each -> !isInHand(each, state));
  }

  /**
   * Whether a walk that is not the first comes to what is under way, or to what was begun and left
   * to rest or refused since: that is not begun once more.
   */
  private boolean isInHand(StudyWalk.Step step, StudyState state) {
    if (!again) {
      return false;
    } else if (step instanceof StudyWalk.GoOn known) {
      RunId run = known.run();
      return runs.has(run)
          || (sent.containsKey(run) && sent.get(run) >= state.extension().orElse(0))
          || (runs.hadBegun(run) && !standing.goesOn(state, run));
    } else if (step instanceof StudyWalk.Fill fill) {
      return runs.compares(StudyWalk.place(fill.planned()));
    }
    return step instanceof StudyWalk.Impossible impossible
        && impossible.known().filter(state.refused()::containsKey).isPresent();
  }

  /** Whether the budget is spent, of which the study rests: asked where it would be used. */
  private boolean isSpent(StudyState state) {
    OptionalDouble budget = state.deviceHours();
    if (budget.isEmpty() || ending.isPresent()) {
      return false;
    }
    double spent = hoursBefore + order.desk().deviceHours();
    boolean all = spent >= budget.getAsDouble();
    if (all) {
      end(obstructed(Words.spent(spent, budget.getAsDouble()), StudyObstacle.BUDGET));
    }
    return all;
  }

  private StudyMove take(StudyWalk.Step step, StudyState state) {
    if (step instanceof StudyWalk.GoOn known) {
      return goOn(known, state);
    } else if (step instanceof StudyWalk.Fill fill) {
      // What others have computed ends before an extension, and would be left there.
      boolean reuse = order.reuse() && state.extension().isEmpty();
      return reuse ? compare(fill) : fill(fill, state);
    } else if (step instanceof StudyWalk.Impossible impossible) {
      return refuse(impossible, state);
    }
    throw new IllegalStateException("no rule for " + step);
  }

  private StudyMove goOn(StudyWalk.GoOn step, StudyState state) {
    if (runs.hadBegun(step.run()) || standing.goesOn(state, step.run())) {
      long last = standing.steps().getOrDefault(step.run(), 0L);
      boolean told = again && (runs.hadBegun(step.run()) || last >= extensionTold);
      extended(step.run(), step.planned(), state, told);
    }
    return begin(step, state);
  }

  private void extended(RunId run, PlannedRun planned, StudyState state, boolean told) {
    long last = state.extension().orElse(0);
    sent.put(run, last);
    listener.extended(run, planned, last, told);
  }

  private StudyMove refuse(StudyWalk.Impossible step, StudyState state) {
    if (step.known().isPresent()) {
      return refuse(step.known().get(), step.reason());
    }
    RunId run = state.nextRun();
    RunAssigned assigned = new RunAssigned(step.place().axes(), step.place().seed(), run, false);
    return StudyMove.of(assigned, () -> {}).and(refuse(run, step.reason()));
  }

  private StudyMove refuse(RunId run, String reason) {
    return StudyMove.of(new RunRefused(run, reason), () -> listener.refused(run, reason));
  }

  private StudyMove fill(StudyWalk.Fill fill, StudyState state) {
    RunId run = state.nextRun();
    RunAssigned assigned =
        new RunAssigned(fill.planned().axes(), fill.planned().seed(), run, false);
    return StudyMove.of(assigned, () -> {})
        .and(begin(new StudyWalk.GoOn(run, fill.planned()), state));
  }

  private StudyMove begin(StudyWalk.GoOn step, StudyState state) {
    runs.beginning(step.run());
    return new StudyMove(List.of(), List.of(() -> askFor(step, state.extension())));
  }

  private void askFor(StudyWalk.GoOn step, OptionalLong extension) {
    order.round().begins(step.run());
    context.pipeToSelf(
        order.desk().begin(step.run(), step.planned(), extension),
        (inHand, failure) -> new Begun(step.run(), step.planned(), inHand, failure));
  }

  private StudyMove compare(StudyWalk.Fill step) {
    runs.comparing(StudyWalk.place(step.planned()));
    return new StudyMove(
        List.of(),
        List.of(
            () ->
                context.pipeToSelf(
                    order.desk().findEqual(step.planned()),
                    (equal, failure) ->
                        new Compared(step.planned(), equal == null ? List.of() : equal))));
  }

  StudyMove compared(StudyState state, Compared compared) {
    runs.compared(StudyWalk.place(compared.planned()));
    if (ending.isPresent()) {
      return StudyMove.none();
    } else if (compared.equal().isEmpty() || state.extension().isPresent()) {
      return fill(new StudyWalk.Fill(compared.planned()), state);
    }
    RunId equal = compared.equal().get(0);
    return StudyMove.of(
        new RunAssigned(compared.planned().axes(), compared.planned().seed(), equal, true),
        () -> listener.reused(equal, compared.planned()));
  }

  StudyMove begun(Begun begun) {
    RunInHand inHand = begun.inHand();
    if (inHand == null) {
      runs.refused(begun.run());
      if (ending.isPresent()) {
        // Nothing new may begin by now, or so it would have been; the next one to go on finds out.
        return StudyMove.none();
      }
      Throwable failure = begun.failure();
      return refuse(begun.run(), failure == null ? "it was not begun" : Words.of(failure));
    }
    runs.begun(begun.run());
    listener.began(begun.run(), begun.planned());
    context.pipeToSelf(inHand.rest(), (rest, failure) -> rested(begun, rest, failure));
    ending.ifPresent(wanted -> bringToRest(begun.run()));
    return StudyMove.none();
  }

  private static Rested rested(Begun begun, @Nullable RunRest rest, @Nullable Throwable failure) {
    if (rest != null) {
      return new Rested(rest, begun.planned());
    }
    String why = failure == null ? "nothing is known of it" : Words.of(failure);
    return new Rested(new RunRest(begun.run(), RunOutcome.FAILED, -1, why), begun.planned());
  }

  StudyMove rested(StudyState state, Rested rested) {
    RunRest rest = rested.rest();
    boolean complete = rest.outcome() == RunOutcome.COMPLETED;
    runs.rested(rest.run(), complete, rest.outcome() == RunOutcome.PAUSED);
    if (goesOn(state, rest)) {
      return goOn(state, rest.run(), rested.planned());
    } else if (complete) {
      context.pipeToSelf(
          order.desk().finish(rest.run()),
          (done, failure) -> new Finished(rest, rested.planned(), failure));
    } else {
      listener.rested(rest);
    }
    return goOn(state);
  }

  /** Whether a run that has come to its end goes on at once, because the study was extended. */
  private boolean goesOn(StudyState state, RunRest rest) {
    return rest.outcome() == RunOutcome.COMPLETED
        && ending.isEmpty()
        && state.goesOn(rest.run(), rest.step())
        && !isSpent(state);
  }

  private StudyMove goOn(StudyState state, RunId run, PlannedRun planned) {
    runs.goesOn(run);
    extended(run, planned, state, false);
    return begin(new StudyWalk.GoOn(run, planned), state);
  }

  StudyMove finished(StudyState state, Finished finished) {
    RunRest rest = finished.rest();
    runs.finished(rest.run());
    Throwable failure = finished.failure();
    if (failure != null) {
      listener.notConcluded(rest.run(), Words.of(failure));
    }
    listener.rested(rest);
    if (goesOn(state, rest)) {
      further.add(new StudyWalk.GoOn(rest.run(), finished.planned()));
    }
    return goOn(state);
  }

  /** How it rests; empty while something is in hand or left to begin. */
  Optional<StudyEnd> rest() {
    boolean over = ending.isPresent() ? walked || walk != null : walked && further.isEmpty();
    if (!over || !runs.none()) {
      return Optional.empty();
    }
    int left = runs.leftToRest();
    return ending.or(
        () ->
            Optional.of(
                left == 0
                    ? new StudyEnd(order.study(), StudyOutcome.COMPLETED, "")
                    : new StudyEnd(order.study(), StudyOutcome.PAUSED, Words.paused(left))));
  }
}

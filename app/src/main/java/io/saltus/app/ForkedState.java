package io.saltus.app;

import io.saltus.actors.Submission;
import io.saltus.actors.reexecution.Difference;
import io.saltus.actors.reexecution.JournalHistory;
import io.saltus.actors.reexecution.MaskInput;
import io.saltus.actors.reexecution.Reexecution;
import io.saltus.actors.reexecution.StartingPoint;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.ForkOrigin;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.experiment.event.RunEvent.SlotFate;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.checkpoint.StoredCheckpoint;
import io.saltus.persistence.projection.CheckpointState;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.runs.RunReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * The state that a fork begins with: that of its parent, from a checkpoint or by executing recorded
 * steps again from the nearest one before, and fitted into the fork's own model.
 */
final class ForkedState {

  private static final long STEPS_AT_A_TIME = 256;
  private static final List<DeviceId> CPU = List.of(new DeviceId("cpu", 0));

  private final RunReader runs;
  private final CheckpointStore checkpoints;
  private final List<Program> programs;
  private final LocalPaths local;

  ForkedState(
      RunReader runs, CheckpointStore checkpoints, List<Program> programs, LocalPaths local) {
    this.runs = runs;
    this.checkpoints = checkpoints;
    this.programs = programs;
    this.local = local;
  }

  /** Takes it, fits it, and makes it durable. */
  Submission.Fork take(ForkOrder order) {
    RunPlan plan = order.run().plan();
    ExperimentSpec parent = runs.state(order.parent()).submission().orElseThrow().spec();
    SlotFate wanted =
        parent.optimizer().kind().equals(plan.spec().optimizer().kind())
            ? SlotFate.KEPT
            : SlotFate.RESET;
    List<TensorValue> taken = stateAt(order.parent(), order.step());
    List<TensorValue> state = fit(order, taken, wanted);
    // Two kinds may have the same slots: then nothing was reset.
    SlotFate slots = names(state).equals(names(taken)) ? SlotFate.KEPT : wanted;
    return new Submission.Fork(new ForkOrigin(order.parent(), order.step(), slots), save(state));
  }

  private static Set<String> names(List<TensorValue> state) {
    return state.stream().map(TensorValue::name).collect(Collectors.toSet());
  }

  /**
   * Makes the file again of the state that a fork began with, where none of its checkpoints is good
   * any more, so that it can be gone on with.
   *
   * @param fork at rest; any other run is left as it is
   * @param inputs of the fork
   * @throws Refusal when its parent does not give that state any more
   */
  void putBack(RunState fork, SortedMap<String, Path> inputs) {
    RunSubmitted submitted = fork.submission().orElseThrow();
    Optional<CheckpointState> first =
        fork.checkpoints().stream()
            .filter(each -> each.valid() && each.step() == fork.beginsWith())
            .findFirst();
    if (submitted.parent().isEmpty() || first.isEmpty() || hasGood(fork)) {
      return;
    }
    ForkOrigin origin = submitted.parent().get();
    RunPlan plan = new RunPlan(submitted.spec(), inputs, submitted.inputs());
    List<TensorValue> state =
        fit(
            new ForkOrder(origin.run(), origin.step(), RunOrder.of(plan)),
            stateAt(origin.run(), origin.step()),
            origin.optimizerSlots());
    if (!CheckpointStore.digest(state).equals(first.get().sha256())) {
      throw new Refusal(
          ExitCode.DIVERGED,
          List.of(
              new Problem(
                  "no checkpoint of %s can be used, and %s gives another state at step %d now"
                      .formatted(submitted.run(), origin.run(), origin.step()),
                  "",
                  "Fork again: saltus fork %s --step %d".formatted(origin.run(), origin.step()))));
    }
    // The journal refers to it already.
    checkpoints.release(save(state));
  }

  private boolean hasGood(RunState fork) {
    return fork.checkpoints().stream()
        .anyMatch(each -> each.valid() && checkpoints.flaw(each.sha256(), each.bytes()).isEmpty());
  }

  private StoredCheckpoint save(List<TensorValue> state) {
    try {
      return checkpoints.save(state);
    } catch (IOException e) {
      throw new Refusal(
          ExitCode.FAILED,
          new Problem(
              "the state that the fork begins with cannot be written",
              String.valueOf(e.getMessage()),
              "Free some space and try again."),
          e);
    }
  }

  private List<TensorValue> stateAt(RunId run, long step) {
    RunState state = runs.state(run);
    if (step < state.beginsWith()) {
      return stateAt(state.parent().orElseThrow().run(), step);
    }
    StartingPoint start = StartingPoint.notBeyond(step, state, checkpoints);
    if (start.step() == step) {
      return start.tensors();
    }
    RunSubmitted submitted = state.submission().orElseThrow();
    Recomputation.requireProcessor(submitted);
    Program program = RunPlan.programFor(submitted.spec(), programs);
    SessionRequest request =
        new SessionRequest(submitted.spec(), CPU, RecordedInputs.find(submitted, program, local));
    try (TrainingSession session = MaskInput.open(program, request)) {
      start.restore(session);
      Reexecution again =
          new Reexecution(session, new JournalHistory(runs, run), checkpoints, step);
      while (!again.done()) {
        Optional<Difference> difference = again.advance(STEPS_AT_A_TIME).difference();
        if (difference.isPresent()) {
          throw diverged(run, difference.get());
        }
      }
      return session.read(new HashSet<>(session.variables()));
    }
  }

  private static Refusal diverged(RunId run, Difference difference) {
    return new Refusal(
        ExitCode.DIVERGED,
        List.of(
            new Problem(
                "%s cannot be forked here: executing it again gave another %s at step %d"
                    .formatted(run, difference.subject(), difference.step()),
                difference.recorded()
                    + " is recorded, "
                    + difference.recomputed()
                    + " was recomputed",
                "Fork at a step that has a checkpoint; see 'saltus checkpoints " + run + "'.")));
  }

  private List<TensorValue> fit(ForkOrder order, List<TensorValue> taken, SlotFate slots) {
    RunPlan plan = order.run().plan();
    Program program = RunPlan.programFor(plan.spec(), programs);
    SessionRequest request = new SessionRequest(plan.spec(), CPU, plan.inputs());
    try (TrainingSession session = MaskInput.open(program, request)) {
      List<TensorValue> state = slots == SlotFate.KEPT ? taken : mixed(session, taken);
      session.restore(order.step(), state);
      return state;
    } catch (SessionException e) {
      throw new Refusal(
          ExitCode.WRONG_INPUT,
          new Problem(
              "the state of %s at step %d does not fit the fork"
                  .formatted(order.parent(), order.step()),
              String.valueOf(e.getMessage()),
              "Leave the shapes of task and model as they are."),
          e);
    }
  }

  /**
   * With another optimiser its slots begin anew; what both have by name and shape is taken over.
   */
  private static List<TensorValue> mixed(TrainingSession session, List<TensorValue> taken) {
    Map<String, TensorValue> byName = new HashMap<>();
    taken.forEach(each -> byName.put(each.name(), each));
    List<TensorValue> state = new ArrayList<>();
    for (TensorValue fresh : session.read(new HashSet<>(session.variables()))) {
      state.add(byName.getOrDefault(fresh.name(), fresh));
    }
    return state;
  }
}

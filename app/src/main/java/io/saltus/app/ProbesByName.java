package io.saltus.app;

import io.saltus.actors.reexecution.MaskInput;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.session.Capability;
import io.saltus.experiment.session.MetricProvider;
import io.saltus.experiment.session.ProbeContext;
import io.saltus.experiment.session.ProbeFactory;
import io.saltus.experiment.session.ProbeSelection;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TrainingSession;
import java.util.List;

/**
 * The probes of named metrics, looking at a window of steps only.
 *
 * @param factories that can make them
 * @param metrics their names; none is refused with all that there are
 * @param from the first step of the window
 * @param until the last step of the window, included
 */
public record ProbesByName(
    List<ProbeFactory> factories, List<String> metrics, long from, long until) implements Probing {

  /** Copies both lists. */
  public ProbesByName {
    factories = List.copyOf(factories);
    metrics = List.copyOf(metrics);
  }

  @Override
  public List<MetricProvider> probes(Program program, SessionRequest request) {
    ProbeSelection selection = new ProbeSelection(factories, context(program, request));
    if (metrics.isEmpty()) {
      throw Refusal.wrong("no metric is named", "--metric", known(selection.offered()));
    }
    try {
      return selection.choose(metrics).stream().map(probe -> probe.within(from, until)).toList();
    } catch (SessionException unknown) {
      throw new Refusal(
          ExitCode.WRONG_INPUT,
          new Problem(String.valueOf(unknown.getMessage()), "--metric", known(selection.offered())),
          unknown);
    }
  }

  /** What can be probed stands in the session itself, so one is opened for it. */
  private static ProbeContext context(Program program, SessionRequest request) {
    try (TrainingSession session = MaskInput.open(program, request)) {
      if (!session.capabilities().contains(Capability.PROBES)) {
        throw Refusal.wrong(
            "the program that trains this run lets no probe look at its steps",
            "task.kind " + request.spec().task().kind(),
            "");
      }
      return new ProbeContext(
          request.spec(), session.weights(), program.evaluationSets(request.spec()));
    }
  }

  private static String known(List<String> offered) {
    return offered.isEmpty() ? "There is none." : "Known: " + String.join(", ", offered) + ".";
  }
}

package io.saltus.testkit;

import io.saltus.experiment.Seeds;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.spec.Cadence;
import io.saltus.experiment.spec.CheckpointPolicy;
import io.saltus.experiment.spec.Component;
import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.Evaluation;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Isolation;
import io.saltus.experiment.spec.Numerics;
import io.saltus.experiment.spec.OnDivergence;
import io.saltus.experiment.spec.Placing;
import io.saltus.experiment.spec.Sampling;
import io.saltus.experiment.spec.SpecProblem;
import io.saltus.experiment.spec.UntilRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A program of kind {@code scripted} that plays a {@link Script} and records what it was asked. Its
 * series depend on the spec's {@code init} seed and the step alone.
 */
public final class ScriptedProgram implements Program {

  private static final String KIND = "scripted";

  private final Script script;
  private final List<SessionRequest> requests = new CopyOnWriteArrayList<>();
  private final List<ScriptedSession> sessions = new CopyOnWriteArrayList<>();
  private volatile List<SessionRequest> expected = List.of();

  /** A program that plays {@code script} in every session. */
  public ScriptedProgram(Script script) {
    this.script = script;
  }

  /**
   * A spec for this program: {@code steps} steps at most, seed 1, every set evaluated at every
   * tenth step.
   */
  public static ExperimentSpec spec(long steps, UntilRule... until) {
    Component component = new Component(KIND, new TreeMap<>());
    return new ExperimentSpec(
        KIND,
        "",
        component,
        component,
        component,
        1,
        Sampling.FULL_BATCH,
        steps,
        Seeds.of(1),
        List.of(until),
        new Evaluation(new Cadence.Every(10), new TreeMap<>()),
        CheckpointPolicy.DEFAULT,
        ExperimentSpec.Resume.DEFAULT,
        new Numerics(1, Numerics.Isa.NATIVE),
        "auto",
        Placing.DEFAULT,
        Isolation.AUTO,
        OnDivergence.FAIL,
        Optional.empty(),
        new ExperimentSpec.Plot(false));
  }

  /** What sessions were opened from, in order, those that failed to open included. */
  public List<SessionRequest> requests() {
    return List.copyOf(requests);
  }

  /** The sessions that were opened, in order. */
  public List<ScriptedSession> sessions() {
    return List.copyOf(sessions);
  }

  /** What it was told last to expect. */
  public List<SessionRequest> expected() {
    return expected;
  }

  @Override
  public void expect(List<SessionRequest> next) {
    expected = List.copyOf(next);
  }

  @Override
  public List<ComponentSchema> tasks() {
    return List.of(new ComponentSchema(KIND, List.of()));
  }

  @Override
  public List<ComponentSchema> models() {
    return tasks();
  }

  @Override
  public List<ComponentSchema> optimizers() {
    return tasks();
  }

  @Override
  public boolean supports(ExperimentSpec spec) {
    return spec.task().kind().equals(KIND);
  }

  @Override
  public List<SpecProblem> check(ExperimentSpec spec) {
    return List.of();
  }

  @Override
  public List<String> evaluationSets(ExperimentSpec spec) {
    return script.scripted().stream()
        .map(Script.ScriptedMetric::set)
        .filter(set -> !set.isEmpty())
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public SortedMap<String, Path> inputs(ExperimentSpec spec) {
    return new TreeMap<>();
  }

  @Override
  public TrainingSession open(SessionRequest request) {
    int opening;
    synchronized (requests) {
      requests.add(request);
      opening = requests.size();
    }
    script
        .opening()
        .ifPresent(
            thrown -> {
              throw thrown;
            });
    ScriptedSession session =
        new ScriptedSession(script, opening, request.spec(), evaluationSets(request.spec()));
    sessions.add(session);
    return session;
  }
}

package io.saltus.tf.program;

import io.saltus.experiment.ShortestDecimal;
import io.saltus.experiment.spec.Component;
import io.saltus.experiment.spec.Parameter;
import io.saltus.experiment.spec.SpecProblem;
import io.saltus.experiment.spec.SpecValue;
import io.saltus.tf.graph.LearningRate;
import io.saltus.tf.graph.RateSchedule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The learning rate, its warm-up and its schedule, in any optimiser. */
final class RateParameters {

  private static final String LEARNING_RATE = "learning-rate";
  private static final String WARM_UP_STEPS = "warm-up-steps";
  private static final String KIND = "schedule";
  private static final String STEPS = "schedule-steps";
  private static final String LAST = "final-learning-rate";
  private static final String EVERY = "step-every";
  private static final String FACTOR = "step-factor";
  private static final String PIECEWISE = "piecewise";

  private static final String CONSTANT = "constant";
  private static final String LINEAR = "linear";
  private static final String COSINE = "cosine";
  private static final String STEP = "step";
  private static final String INVERSE_SQRT = "inverse-sqrt";

  private static final long MOST_STEPS = 1_000_000_000_000L;

  static final Parameter WARM_UP = Parameter.whole(WARM_UP_STEPS, 0, 1_000_000_000, 0);

  static final List<Parameter> SCHEDULE =
      List.of(
          Parameter.oneOf(KIND, CONSTANT, LINEAR, COSINE, STEP, INVERSE_SQRT, PIECEWISE),
          Parameter.whole(STEPS, 0, MOST_STEPS, 0),
          Parameter.notNegative(LAST, OptimizerParameters.MOST, 0),
          Parameter.whole(EVERY, 0, MOST_STEPS, 0),
          Parameter.fraction(FACTOR, 0.1),
          Parameter.points(PIECEWISE, MOST_STEPS, OptimizerParameters.MOST));

  private RateParameters() {}

  /** The rate at the end of the warm-up. */
  static Parameter initial(double fallback) {
    return Parameter.positive(LEARNING_RATE, OptimizerParameters.MOST, fallback);
  }

  /** The learning rate of every step. */
  static LearningRate of(Component optimizer) {
    return new LearningRate(
        optimizer.real(LEARNING_RATE), optimizer.whole(WARM_UP_STEPS), schedule(optimizer));
  }

  /** What is wrong beyond the schema: parameters that are missing, unused or contradict. */
  static List<SpecProblem> check(Component optimizer) {
    List<SpecProblem> problems = new ArrayList<>();
    String kind = optimizer.text(KIND);
    Set<String> used = used(kind);
    for (Parameter parameter : SCHEDULE) {
      String name = parameter.name();
      boolean given = !parameter.fallback().equals(optimizer.parameters().get(name));
      if (given && !name.equals(KIND) && !used.contains(name)) {
        problems.add(
            problem(
                name,
                "is not used by schedule = %s, which has %s"
                    .formatted(kind, used.isEmpty() ? "no keys" : String.join(", ", used))));
      }
      if (!given && used.contains(name) && isRequired(name)) {
        problems.add(problem(name, "is missing; schedule = " + kind + " " + meaning(kind)));
      }
    }
    if (problems.isEmpty()) {
      checkValues(optimizer, kind, problems);
    }
    return problems;
  }

  private static void checkValues(Component optimizer, String kind, List<SpecProblem> problems) {
    double initial = optimizer.real(LEARNING_RATE);
    long warmUp = optimizer.whole(WARM_UP_STEPS);
    long steps = optimizer.whole(STEPS);
    boolean falls = kind.equals(LINEAR) || kind.equals(COSINE);
    if (falls && optimizer.real(LAST) > initial) {
      problems.add(
          problem(
              LAST,
              "%s is above the learning-rate of %s; %s falls, and warm-up-steps is for a rise"
                  .formatted(
                      ShortestDecimal.of(optimizer.real(LAST)),
                      ShortestDecimal.of(initial),
                      kind)));
    }
    if (falls && steps <= warmUp) {
      problems.add(
          problem(
              STEPS,
              "%d leaves no step after %d warm-up-steps; it is the step at which the rate has fallen"
                  .formatted(steps, warmUp)));
    }
    if (kind.equals(INVERSE_SQRT) && steps < warmUp) {
      problems.add(
          problem(
              STEPS,
              "%d lies within %d warm-up-steps; the rate falls after both"
                  .formatted(steps, warmUp)));
    }
  }

  private static RateSchedule schedule(Component optimizer) {
    return switch (optimizer.text(KIND)) {
      case LINEAR -> new RateSchedule.Linear(optimizer.whole(STEPS), optimizer.real(LAST));
      case COSINE -> new RateSchedule.Cosine(optimizer.whole(STEPS), optimizer.real(LAST));
      case STEP -> new RateSchedule.Step(optimizer.whole(EVERY), optimizer.real(FACTOR));
      case INVERSE_SQRT -> new RateSchedule.InverseSqrt(optimizer.whole(STEPS));
      case PIECEWISE -> piecewise(optimizer.points(PIECEWISE));
      default -> RateSchedule.CONSTANT;
    };
  }

  private static RateSchedule piecewise(List<SpecValue.Point> points) {
    TreeMap<Long, Double> rates = new TreeMap<>();
    points.forEach(point -> rates.put(point.step(), point.value()));
    return new RateSchedule.Piecewise(rates);
  }

  private static Set<String> used(String kind) {
    return switch (kind) {
      case LINEAR, COSINE -> ordered(STEPS, LAST);
      case STEP -> ordered(EVERY, FACTOR);
      case INVERSE_SQRT -> ordered(STEPS);
      case PIECEWISE -> ordered(PIECEWISE);
      default -> Set.of();
    };
  }

  private static Set<String> ordered(String... names) {
    return new LinkedHashSet<>(List.of(names));
  }

  private static boolean isRequired(String name) {
    return name.equals(STEPS) || name.equals(EVERY) || name.equals(PIECEWISE);
  }

  private static String meaning(String kind) {
    return switch (kind) {
      case STEP -> "needs the steps from one fall to the next, such as 1000";
      case PIECEWISE -> "needs a list such as [[1000, 1e-4]]";
      case INVERSE_SQRT -> "needs the steps before the rate falls, such as 1000";
      default -> "needs the step at which the rate has fallen, such as 8000";
    };
  }

  private static SpecProblem problem(String name, String what) {
    return new SpecProblem("optimizer." + name, what);
  }
}

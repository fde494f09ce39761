package io.saltus.tf.program;

import io.saltus.experiment.spec.Component;
import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.Parameter;
import io.saltus.experiment.spec.SpecProblem;
import io.saltus.tf.data.ModularArithmetic;
import io.saltus.tf.data.ModularOperation;
import io.saltus.tf.data.Split;
import io.saltus.tf.graph.Network;
import io.saltus.tf.graph.PairNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/** The task {@code modular-arithmetic}. */
final class ModularArithmeticTask implements Task {

  private static final String OPERATION = "operation";
  private static final String MODULUS = "modulus";
  private static final String TRAIN_FRACTION = "train-fraction";

  private static final ComponentSchema SCHEMA =
      new ComponentSchema(
          "modular-arithmetic",
          List.of(
              Parameter.oneOf(
                  OPERATION,
                  Arrays.stream(ModularOperation.values())
                      .map(ModularOperation::text)
                      .toArray(String[]::new)),
              Parameter.whole(MODULUS, 2, 1000, 97),
              Parameter.fraction(TRAIN_FRACTION, 0.3)));

  @Override
  public ComponentSchema schema() {
    return SCHEMA;
  }

  @Override
  public List<SpecProblem> check(Component task) {
    List<SpecProblem> problems = new ArrayList<>();
    ModularArithmetic arithmetic = arithmetic(task);
    if (arithmetic.operation().needsPrime() && !ModularOperation.isPrime(arithmetic.modulus())) {
      problems.add(
          new SpecProblem(
              "task." + MODULUS,
              arithmetic.modulus()
                  + " is not prime, and "
                  + arithmetic.operation().text()
                  + " divides: modulo a prime only every number but 0 has an inverse"));
    }
    if (arithmetic.trainingPairs() == 0 || arithmetic.trainingPairs() == arithmetic.pairs()) {
      problems.add(
          new SpecProblem(
              "task." + TRAIN_FRACTION,
              arithmetic.trainFraction()
                  + " of "
                  + arithmetic.pairs()
                  + " pairs leaves none for "
                  + (arithmetic.trainingPairs() == 0 ? "training" : "validation")));
    }
    return problems;
  }

  @Override
  public SortedMap<String, Path> inputs(Component task) {
    return Collections.emptySortedMap();
  }

  @Override
  public Split split(Component task, SortedMap<String, Path> inputs, long dataSeed) {
    return arithmetic(task).split(dataSeed);
  }

  @Override
  public Network network(Component model, Split split) {
    return new PairNetwork(split.training().classes(), Mlp.width(model), Mlp.activation(model));
  }

  @Override
  public long parameters(Component task, Component model) {
    return Mlp.parameters(
        new PairNetwork(task.integer(MODULUS), Mlp.width(model), Mlp.activation(model)));
  }

  private static ModularArithmetic arithmetic(Component task) {
    return new ModularArithmetic(
        ModularOperation.find(task.text(OPERATION)).orElseThrow(),
        task.integer(MODULUS),
        task.real(TRAIN_FRACTION));
  }
}

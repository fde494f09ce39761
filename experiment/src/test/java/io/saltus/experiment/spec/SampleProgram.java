package io.saltus.experiment.spec;

import java.util.List;

/** A program with the kinds of the shipped specs, that trains nothing. */
final class SampleProgram implements ProgramSchema {

  private final boolean supports;

  SampleProgram() {
    this(true);
  }

  SampleProgram(boolean supports) {
    this.supports = supports;
  }

  @Override
  public List<ComponentSchema> tasks() {
    return List.of(
        new ComponentSchema(
            "modular-arithmetic",
            List.of(
                Parameter.oneOf("operation", "add", "sub", "mul", "div"),
                Parameter.whole("modulus", 2, 1000, 97),
                Parameter.fraction("train-fraction", 0.3))),
        new ComponentSchema(
            "fashion-mnist",
            List.of(
                Parameter.inputPath("path"), Parameter.whole("train-samples", 1, 60_000, 60_000))));
  }

  @Override
  public List<ComponentSchema> models() {
    return List.of(
        new ComponentSchema(
            "mlp",
            List.of(
                Parameter.whole("width", 1, 4096, 128),
                Parameter.oneOf("activation", "square", "relu"))));
  }

  @Override
  public List<ComponentSchema> optimizers() {
    return List.of(
        new ComponentSchema(
            "adamw",
            List.of(
                Parameter.positive("learning-rate", 10, 5e-3),
                Parameter.notNegative("weight-decay", 100, 1),
                Parameter.decay("beta1", 0.9),
                Parameter.decay("beta2", 0.98),
                Parameter.whole("warm-up-steps", 0, 1_000_000, 0))));
  }

  @Override
  public boolean supports(ExperimentSpec spec) {
    return supports;
  }

  @Override
  public List<SpecProblem> check(ExperimentSpec spec) {
    return spec.task().kind().equals("modular-arithmetic")
            && spec.task().text("operation").equals("div")
            && spec.task().whole("modulus") % 2 == 0
        ? List.of(new SpecProblem("task.modulus", "must be prime for div"))
        : List.of();
  }

  @Override
  public List<String> evaluationSets(ExperimentSpec spec) {
    return List.of("train-set", "validation");
  }
}

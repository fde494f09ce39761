package io.saltus.tf.program;

import io.saltus.experiment.spec.Component;
import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.Parameter;
import io.saltus.experiment.spec.SpecProblem;
import io.saltus.tf.data.FashionMnist;
import io.saltus.tf.data.Inputs;
import io.saltus.tf.data.Split;
import io.saltus.tf.graph.Network;
import io.saltus.tf.graph.PixelNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** The task {@code fashion-mnist}. */
final class FashionMnistTask implements Task {

  private static final String PATH = "path";
  private static final String TRAIN_SAMPLES = "train-samples";

  private static final ComponentSchema SCHEMA =
      new ComponentSchema(
          "fashion-mnist",
          List.of(Parameter.inputPath(PATH), Parameter.whole(TRAIN_SAMPLES, 1, 60_000, 60_000)));

  @Override
  public ComponentSchema schema() {
    return SCHEMA;
  }

  @Override
  public List<SpecProblem> check(Component task) {
    return List.of();
  }

  @Override
  public SortedMap<String, Path> inputs(Component task) {
    String path = task.text(PATH);
    return FashionMnist.files(path.isEmpty() ? FashionMnist.DEBIAN : Path.of(path));
  }

  @Override
  public Split split(Component task, SortedMap<String, Path> inputs, long dataSeed) {
    return FashionMnist.read(inputs, task.integer(TRAIN_SAMPLES), dataSeed);
  }

  @Override
  public long parameters(Component task, Component model) {
    return Mlp.parameters(
        new PixelNetwork(
            FashionMnist.PIXELS, Mlp.width(model), FashionMnist.CLASSES, Mlp.activation(model)));
  }

  @Override
  public Network network(Component model, Split split) {
    Inputs.Rows rows = (Inputs.Rows) split.training().inputs();
    return new PixelNetwork(
        rows.width(), Mlp.width(model), split.training().classes(), Mlp.activation(model));
  }
}

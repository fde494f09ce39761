package io.saltus.tf.program;

import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.spec.Component;
import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.SpecProblem;
import io.saltus.tf.data.Split;
import io.saltus.tf.graph.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** A kind of task: where its examples come from, and which network a model becomes on them. */
interface Task {

  ComponentSchema schema();

  /** What is wrong beyond the schema. */
  List<SpecProblem> check(Component task);

  /**
   * Its input files by name.
   *
   * @throws SessionException when one is not there
   */
  SortedMap<String, Path> inputs(Component task);

  /**
   * Its examples.
   *
   * @throws SessionException when an input is damaged
   */
  Split split(Component task, SortedMap<String, Path> inputs, long dataSeed);

  /**
   * The numbers in the network that {@link #network} makes of a model; said without its examples.
   */
  long parameters(Component task, Component model);

  /** The network that a model is for examples like these. */
  Network network(Component model, Split split);
}

package io.saltus.tf.session;

import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.TensorValue;
import io.saltus.tf.graph.DataColumn;
import io.saltus.tf.graph.StateVariable;
import io.saltus.tf.graph.TrainingGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;

/** The variables of a graph in a session: initialised, read and restored. */
final class GraphState {

  private final Session session;
  private final TrainingGraph graph;
  private final SortedMap<String, StateVariable> variables;

  GraphState(Session session, TrainingGraph graph) {
    this.session = session;
    this.graph = graph;
    this.variables = graph.state();
  }

  /** Loads the examples and puts the variables into their state at step 0. */
  void initialise(long initSeed) {
    for (DataColumn<?> column : graph.takeData()) {
      try (Tensor content = column.tensor()) {
        session.runner().feed(column.content(), content).addTarget(column.load()).run().close();
      }
    }
    try (Tensor keys = graph.initialisation().keys(initSeed)) {
      Session.Runner runner = session.runner().feed(graph.initialisation().keys(), keys);
      for (Op assignment : graph.initialisation().assignments()) {
        runner.addTarget(assignment);
      }
      runner.run().close();
    }
    mask();
  }

  List<String> names() {
    return List.copyOf(variables.keySet());
  }

  List<TensorValue> read(Set<String> names) {
    for (String name : names) {
      find(name);
    }
    List<StateVariable> wanted =
        variables.values().stream().filter(variable -> names.contains(variable.name())).toList();
    if (wanted.isEmpty()) {
      return List.of();
    }
    Session.Runner runner = session.runner();
    wanted.forEach(variable -> runner.fetch(variable.value()));
    List<TensorValue> values = new ArrayList<>();
    try (Result result = runner.run()) {
      for (int i = 0; i < wanted.size(); i++) {
        values.add(RawTensors.value(wanted.get(i).name(), result.get(i)));
      }
    }
    return List.copyOf(values);
  }

  void restore(List<TensorValue> values) {
    Map<String, TensorValue> byName = new HashMap<>();
    for (TensorValue value : values) {
      check(find(value.name()), value);
      if (byName.put(value.name(), value) != null) {
        throw new SessionException("the state has " + value.name() + " twice");
      }
    }
    List<String> missing = new ArrayList<>(variables.keySet());
    missing.removeAll(byName.keySet());
    if (!missing.isEmpty()) {
      throw new SessionException("the state lacks " + String.join(", ", missing));
    }
    assign(values);
    mask();
  }

  private void mask() {
    if (!graph.maskings().isEmpty()) {
      Session.Runner runner = session.runner();
      graph.maskings().forEach(runner::addTarget);
      runner.run().close();
    }
  }

  private void assign(List<TensorValue> values) {
    List<Tensor> tensors = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      for (TensorValue value : values) {
        StateVariable variable = find(value.name());
        Tensor tensor = RawTensors.tensor(value);
        tensors.add(tensor);
        runner.feed(variable.restored(), tensor).addTarget(variable.restore());
      }
      runner.run().close();
    } finally {
      tensors.forEach(Tensor::close);
    }
  }

  private StateVariable find(String name) {
    StateVariable variable = variables.get(name);
    if (variable == null) {
      throw new SessionException(
          "the model has no variable " + name + "; it has " + String.join(", ", names()));
    }
    return variable;
  }

  private static void check(StateVariable variable, TensorValue value) {
    List<Long> shape = RawTensors.dimensions(variable.shape());
    if (value.dtype() != TensorValue.Dtype.F32 || !value.shape().equals(shape)) {
      throw new SessionException(
          variable.name()
              + " is "
              + TensorValue.Dtype.F32
              + shape
              + " in the model and "
              + value.dtype()
              + value.shape()
              + " in the state to be restored");
    }
  }
}

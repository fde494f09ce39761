package io.saltus.tf.session;

import io.saltus.experiment.session.ProbeView;
import io.saltus.experiment.session.Probes;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.StepRecord;
import io.saltus.experiment.session.TensorValue;
import io.saltus.tf.data.Split;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** The probes of a graph: fetches what they look at, in the steps they look at. */
final class GraphProbes {

  private final Session session;
  private final GraphState state;
  private final Probes probes;
  private final SortedMap<String, Operand<TFloat32>> logits;
  private final SortedMap<String, TensorValue> labels = new TreeMap<>();

  /**
   * @param logits by the name of their set; empty when there are no probes
   */
  GraphProbes(
      Session session,
      GraphState state,
      Probes probes,
      SortedMap<String, Operand<TFloat32>> logits,
      Split split) {
    this.session = session;
    this.state = state;
    this.probes = probes;
    this.logits = logits;
    split
        .evaluationSets()
        .forEach(
            (set, examples) -> {
              if (logits.containsKey(set)) {
                labels.put(set, integers("labels." + set, examples.labels()));
              }
            });
  }

  /** The variables whose gradients are to be fetched in a step, in byte order. */
  SortedSet<String> gradients(long step) {
    return probes.gradients(step);
  }

  /** Lets the probes of a step look, after its update. */
  void record(long step, SortedMap<String, TensorValue> gradients, StepRecord record) {
    if (probes.due(step)) {
      probes.record(new View(step, gradients), record);
    }
  }

  private static TensorValue integers(String name, int[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putInt(value);
    }
    return new TensorValue(
        name, TensorValue.Dtype.I32, List.of((long) values.length), bytes.array());
  }

  /** What is seen of a step; each tensor is fetched once, however many look at it. */
  private final class View implements ProbeView {
    private final long step;
    private final SortedMap<String, TensorValue> gradients;
    private final Map<String, TensorValue> variables = new HashMap<>();
    private final Map<String, TensorValue> outputs = new HashMap<>();

    View(long step, SortedMap<String, TensorValue> gradients) {
      this.step = step;
      this.gradients = gradients;
    }

    @Override
    public long step() {
      return step;
    }

    @Override
    public TensorValue read(String variable) {
      return variables.computeIfAbsent(variable, name -> state.read(Set.of(name)).get(0));
    }

    @Override
    public TensorValue gradient(String variable) {
      TensorValue gradient = gradients.get(variable);
      if (gradient == null) {
        throw new IllegalStateException(
            "the gradient of " + variable + " was not fetched at step " + step);
      }
      return gradient;
    }

    @Override
    public TensorValue logits(String set) {
      return outputs.computeIfAbsent(set, this::fetch);
    }

    @Override
    public TensorValue labels(String set) {
      return found(labels, set);
    }

    private TensorValue fetch(String set) {
      Session.Runner runner =
          session.runner().setOptions(SessionSettings.run()).fetch(found(logits, set));
      try (Result result = runner.run()) {
        return RawTensors.value("logits." + set, result.get(0));
      }
    }

    private <T> T found(SortedMap<String, T> sets, String set) {
      T value = sets.get(set);
      if (value == null) {
        throw new SessionException(
            "there is no evaluation set "
                + set
                + "; there are "
                + String.join(", ", sets.keySet()));
      }
      return value;
    }
  }
}

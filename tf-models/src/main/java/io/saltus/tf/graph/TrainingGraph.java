package io.saltus.tf.graph;

import io.saltus.tf.data.Examples;
import io.saltus.tf.data.Split;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReadVariableOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * One run's graph. A step is one pass: read the weights, compute the batch's metrics and gradients;
 * then update; then read again and evaluate. Control edges keep this order, since nothing else
 * would keep a read of a variable before or after an update of it.
 *
 * <p>Evaluations exist twice, after an update and on their own (at step 0, or when a run ends
 * early). Both are made of the same operations on the same shapes, so they give the same bits.
 */
public final class TrainingGraph implements AutoCloseable {

  /** What {@link #stepMetrics} holds, in this order. */
  public static final List<StepMetric> STEP_METRICS = List.of(StepMetric.values());

  /** A metric of every step. */
  public enum StepMetric {
    /** Mean cross-entropy of the batch before the update. */
    LOSS,
    /** Accuracy on the batch before the update. */
    ACCURACY,
    /** Euclidean norm of all weights before the update. */
    WEIGHT_NORM,
    /** Euclidean norm of the gradient before it is clipped. */
    GRADIENT_NORM,
    /** The learning rate of the update. */
    LEARNING_RATE
  }

  /**
   * Mean loss and accuracy of a set, shape [2].
   *
   * @param afterUpdate as part of a step
   * @param alone with the weights as they are
   */
  public record Evaluation(Operand<TFloat32> afterUpdate, Operand<TFloat32> alone) {}

  private final Graph graph = new Graph();
  private final List<DataColumn<?>> data = new ArrayList<>();
  private final SortedMap<String, Evaluation> evaluations = new TreeMap<>();
  private final SortedMap<String, StateVariable> state = new TreeMap<>();
  private final Initialisation initialisation;
  private final Placeholder<TInt32> batch;
  private final Placeholder<TFloat32> schedule;
  private final Operand<TFloat32> stepMetrics;
  private final List<Op> updates = new ArrayList<>();
  private final List<Op> maskings;
  private final List<Variable> variables;
  private final Classifier classifier;
  private final SortedMap<String, StoredExamples> sets;
  private final SortedMap<String, Operand<TFloat32>> gradients = new TreeMap<>();

  /**
   * Without masks.
   *
   * @param batchSize examples per step
   */
  public TrainingGraph(Network network, Optimizer optimizer, Split split, int batchSize) {
    this(network, optimizer, split, batchSize, Map.of());
  }

  /**
   * @param batchSize examples per step
   * @param kept for some variables, by name, which weights are not kept at 0: row-major, of the
   *     variable's shape
   */
  public TrainingGraph(
      Network network,
      Optimizer optimizer,
      Split split,
      int batchSize,
      Map<String, boolean[]> kept) {
    Ops tf = Ops.create(graph);
    this.variables =
        network.weights().stream()
            .map(weight -> Variable.declare(tf, weight, optimizer.slots()))
            .toList();
    variables.forEach(variable -> variable.states().forEach(part -> state.put(part.name(), part)));
    this.initialisation = new Initialisation(tf, variables);
    this.batch = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(batchSize)));
    this.schedule =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(optimizer.scheduleSize())));

    this.sets = store(tf, split.evaluationSets());
    StoredExamples training = Objects.requireNonNull(sets.get(Split.TRAIN_SET));
    this.classifier = new Classifier(network);

    List<ReadVariableOp<TFloat32>> before = read(tf, variables);
    List<Operand<TFloat32>> weights = Collections.unmodifiableList(new ArrayList<>(before));
    Classifier.Scores scores =
        classifier.scores(tf, weights, training.at(tf, batch), training.classes());
    Operand<TFloat32> loss = Reduce.mean(tf, scores.losses());
    List<Operand<TFloat32>> slopes = gradients(loss, before);
    List<Operand<TFloat32>> metrics =
        STEP_METRICS.stream()
            .<Operand<TFloat32>>map(
                metric ->
                    switch (metric) {
                      case LOSS -> loss;
                      case ACCURACY -> Reduce.mean(tf, scores.hits());
                      case WEIGHT_NORM -> Reduce.norm(tf, weights, network.weights());
                      case GRADIENT_NORM -> Reduce.norm(tf, slopes, network.weights());
                      case LEARNING_RATE -> Schedule.rate(tf, schedule);
                    })
            .toList();
    this.stepMetrics = tf.stack(metrics);
    List<Operand<TFloat32>> followed =
        Clipping.clipped(
            tf,
            slopes,
            metrics.get(STEP_METRICS.indexOf(StepMetric.GRADIENT_NORM)),
            optimizer.clipNorm());

    WeightMasks masks = new WeightMasks(tf, variables, kept);
    data.addAll(masks.columns());
    List<Op> readers = new ArrayList<>(slopes);
    readers.add(stepMetrics);
    Ops afterReading = tf.withControlDependencies(readers);
    for (int i = 0; i < variables.size(); i++) {
      Variable variable = variables.get(i);
      gradients.put(variable.weight().name(), slopes.get(i));
      Op update =
          optimizer.update(afterReading, variable, before.get(i), followed.get(i), schedule);
      updates.add(masks.after(tf, update, variable));
    }
    this.maskings = masks.alone(tf, variables);

    Ops afterUpdate = tf.withControlDependencies(updates);
    sets.forEach(
        (name, examples) ->
            evaluations.put(
                name,
                new Evaluation(
                    classifier.evaluate(tf, operands(read(afterUpdate, variables)), examples),
                    classifier.evaluate(tf, operands(read(tf, variables)), examples))));
  }

  /** The graph. */
  public Graph graph() {
    return graph;
  }

  /**
   * The examples to be loaded before anything else runs. Given once and then forgotten, so that
   * their arrays do not live as long as the graph.
   */
  public List<DataColumn<?>> takeData() {
    List<DataColumn<?>> taken = List.copyOf(data);
    data.clear();
    sets.clear();
    return taken;
  }

  /** The state at step 0. */
  public Initialisation initialisation() {
    return initialisation;
  }

  /** Variables and optimiser slots by name, in byte order. */
  public SortedMap<String, StateVariable> state() {
    return Collections.unmodifiableSortedMap(state);
  }

  /** Where the indices of a step's examples are fed: shape [batch size]. */
  public Operand<TInt32> batch() {
    return batch;
  }

  /** Where {@link Optimizer#schedule} is fed. */
  public Operand<TFloat32> schedule() {
    return schedule;
  }

  /** One number per {@link StepMetric}. */
  public Operand<TFloat32> stepMetrics() {
    return stepMetrics;
  }

  /** The last operations of an update. */
  public List<Op> updates() {
    return Collections.unmodifiableList(updates);
  }

  /** The evaluations by the name of their set, in byte order. */
  public SortedMap<String, Evaluation> evaluations() {
    return Collections.unmodifiableSortedMap(evaluations);
  }

  /** What masks the weights as they are; empty without masks. */
  public List<Op> maskings() {
    return maskings;
  }

  /** The gradients of a step before clipping, by the name of their variable, in byte order. */
  public SortedMap<String, Operand<TFloat32>> gradients() {
    return Collections.unmodifiableSortedMap(gradients);
  }

  /**
   * Adds the logits of all sets, with the weights as they are: not part of the graph that trains,
   * nor of its digest where that is taken before. Only until the examples are taken.
   *
   * @return by the name of their set, shape [examples, classes]
   */
  public SortedMap<String, Operand<TFloat32>> addLogits() {
    if (sets.isEmpty()) {
      throw new IllegalStateException("the examples have been taken");
    }
    Ops tf = Ops.create(graph).withSubScope("probe");
    SortedMap<String, Operand<TFloat32>> logits = new TreeMap<>();
    sets.forEach(
        (name, examples) ->
            logits.put(name, classifier.logits(tf, operands(read(tf, variables)), examples)));
    return logits;
  }

  @Override
  public void close() {
    graph.close();
  }

  private SortedMap<String, StoredExamples> store(Ops tf, SortedMap<String, Examples> sets) {
    SortedMap<String, StoredExamples> stored = new TreeMap<>();
    sets.forEach(
        (name, examples) -> {
          StoredExamples set = new StoredExamples(tf, name, examples);
          stored.put(name, set);
          data.addAll(set.columns());
        });
    return stored;
  }

  private List<Operand<TFloat32>> gradients(
      Operand<TFloat32> loss, List<ReadVariableOp<TFloat32>> weights) {
    Output<?>[] places = weights.stream().map(ReadVariableOp::asOutput).toArray(Output<?>[]::new);
    List<Operand<TFloat32>> slopes = new ArrayList<>();
    for (Output<?> gradient : graph.addGradients(loss.asOutput(), places)) {
      slopes.add(gradient.expect(TFloat32.class));
    }
    return slopes;
  }

  private static List<ReadVariableOp<TFloat32>> read(Ops tf, List<Variable> variables) {
    return variables.stream().map(variable -> variable.read(tf)).toList();
  }

  private static List<Operand<TFloat32>> operands(List<ReadVariableOp<TFloat32>> reads) {
    return Collections.unmodifiableList(new ArrayList<>(reads));
  }
}

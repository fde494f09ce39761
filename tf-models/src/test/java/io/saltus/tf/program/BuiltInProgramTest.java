package io.saltus.tf.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.Seeds;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.session.UntilProgress;
import io.saltus.experiment.spec.Cadence;
import io.saltus.experiment.spec.CheckpointPolicy;
import io.saltus.experiment.spec.Component;
import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.Evaluation;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Isolation;
import io.saltus.experiment.spec.Numerics;
import io.saltus.experiment.spec.OnDivergence;
import io.saltus.experiment.spec.Parameter;
import io.saltus.experiment.spec.Placing;
import io.saltus.experiment.spec.Sampling;
import io.saltus.experiment.spec.SpecProblem;
import io.saltus.experiment.spec.SpecValue;
import io.saltus.tf.data.FashionMnist;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInProgramTest {

  private static final DeviceId CPU = DeviceId.parse("cpu:0");

  private final Program program = new BuiltInProgram();

  @Test
  void the_service_loader_finds_it() {
    assertThat(ServiceLoader.load(Program.class).stream().map(ServiceLoader.Provider::type))
        .contains(BuiltInProgram.class);
  }

  @ParameterizedTest
  @CsvSource({"div,97,0.3,0", "div,91,0.3,1", "mul,91,0.3,0", "add,2,0.1,1", "add,2,0.3,0"})
  void division_needs_a_prime_and_both_parts_need_a_pair(
      String operation, long modulus, double fraction, int problems) {
    List<SpecProblem> found = program.check(spec(modular(operation, modulus, fraction)));
    assertThat(found).hasSize(problems);
  }

  @Test
  void a_modulus_that_is_not_prime_is_named() {
    assertThat(program.check(spec(modular("div", 91, 0.3))))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("task.modulus");
              assertThat(problem.what()).contains("91 is not prime");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"add", "sub", "mul", "div"})
  void every_operation_trains_through_the_port(String operation) {
    ExperimentSpec spec = spec(modular(operation, 13, 0.5));
    assertThat(program.supports(spec)).isTrue();
    assertThat(program.inputs(spec)).isEmpty();
    assertThat(program.evaluationSets(spec)).containsExactly("train-set", "validation");
    try (TrainingSession session =
        program.open(new SessionRequest(spec, List.of(CPU), program.inputs(spec)))) {
      MetricFrame frame = run(session, 150);
      assertThat(last(frame, "train-set.loss")).isLessThan(first(frame, "train-set.loss"));
    }
  }

  @Test
  void a_rehearsal_leaves_the_bits_as_they_are() {
    ExperimentSpec spec = spec(modular("div", 13, 0.5));
    SessionRequest request = new SessionRequest(spec, List.of(CPU), program.inputs(spec));
    MetricFrame before;
    try (TrainingSession session = program.open(request)) {
      before = run(session, 40);
    }
    program.prepare(request);
    try (TrainingSession session = program.open(request)) {
      assertThat(run(session, 40)).isEqualTo(before);
    }
  }

  @Test
  void a_rehearsal_fails_as_opening_would() {
    ExperimentSpec spec =
        spec(component(new FashionMnistTask().schema(), Map.of("path", "no/such/place")));
    SessionRequest request = new SessionRequest(spec, List.of(CPU), new TreeMap<>());
    assertThatThrownBy(() -> program.prepare(request)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void nothing_is_rehearsed_on_a_gpu() {
    ExperimentSpec spec = spec(modular("add", 13, 0.5));
    DeviceId gpu = DeviceId.parse("gpu:0");
    assertThatCode(() -> program.prepare(new SessionRequest(spec, List.of(gpu), new TreeMap<>())))
        .as("opening would be refused in this process")
        .doesNotThrowAnyException();
  }

  @Test
  void another_device_is_refused_by_name() {
    ExperimentSpec spec = spec(modular("add", 13, 0.5));
    assertThatThrownBy(
            () ->
                program.open(
                    new SessionRequest(spec, List.of(DeviceId.parse("gpu:0")), new TreeMap<>())))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("gpu:0");
  }

  @Test
  void an_absent_data_set_says_how_to_get_it() {
    ExperimentSpec spec =
        spec(component(new FashionMnistTask().schema(), Map.of("path", "no/such/place")));
    assertThatThrownBy(() -> program.inputs(spec))
        .isInstanceOf(SessionException.class)
        .hasMessageContainingAll("no/such/place", "dataset-fashion-mnist");
  }

  @Test
  void fashion_mnist_is_learned_without_a_jump() {
    Assumptions.assumeTrue(
        Files.isDirectory(FashionMnist.DEBIAN), "the package dataset-fashion-mnist is installed");
    ExperimentSpec spec =
        spec(component(new FashionMnistTask().schema(), Map.of("train-samples", 2000L)));
    try (TrainingSession session =
        program.open(new SessionRequest(spec, List.of(CPU), program.inputs(spec)))) {
      MetricFrame frame = run(session, 150);
      assertThat(first(frame, "validation.accuracy")).isLessThan(0.3f);
      assertThat(last(frame, "validation.accuracy")).isGreaterThan(0.75f);
    }
  }

  @Test
  void the_size_of_the_state_is_said_without_a_session() {
    ExperimentSpec spec = spec(modular("add", 13, 0.5));
    try (TrainingSession session =
        program.open(new SessionRequest(spec, List.of(CPU), program.inputs(spec)))) {
      long bytes =
          session.read(Set.copyOf(session.variables())).stream()
              .mapToLong(
                  tensor ->
                      tensor.shape().stream()
                          .reduce((long) tensor.dtype().bytes(), Math::multiplyExact))
              .sum();
      assertThat(program.stateBytes(spec)).contains(bytes);
    }
  }

  private static MetricFrame run(TrainingSession session, long last) {
    return session.run(new Chunk(0, last, last, UntilProgress.of(List.of())));
  }

  private static float first(MetricFrame frame, String metric) {
    return column(frame, metric).value(0);
  }

  private static float last(MetricFrame frame, String metric) {
    F32Column column = column(frame, metric);
    return column.value(column.size() - 1);
  }

  private static F32Column column(MetricFrame frame, String metric) {
    return (F32Column) frame.column(new MetricName(metric)).orElseThrow();
  }

  private static Component modular(String operation, long modulus, double fraction) {
    return component(
        new ModularArithmeticTask().schema(),
        Map.of("operation", operation, "modulus", modulus, "train-fraction", fraction));
  }

  /** A component with the defaults of its schema but for the values given. */
  private static Component component(ComponentSchema schema, Map<String, Object> given) {
    TreeMap<String, SpecValue> values = new TreeMap<>();
    for (Parameter parameter : schema.parameters()) {
      Object value = given.get(parameter.name());
      if (value instanceof String text) {
        values.put(parameter.name(), new SpecValue.Text(text));
      } else if (value instanceof Long whole) {
        values.put(parameter.name(), new SpecValue.Whole(whole));
      } else if (value instanceof Double real) {
        values.put(parameter.name(), new SpecValue.Real(real));
      } else {
        values.put(parameter.name(), parameter.fallback());
      }
    }
    return new Component(schema.kind(), values);
  }

  private static ExperimentSpec spec(Component task) {
    return new ExperimentSpec(
        "test",
        "",
        task,
        component(Mlp.SCHEMA, Map.of()),
        component(AdamOptimizer.ADAM_W.schema(), Map.of()),
        64,
        Sampling.EPOCHS,
        150,
        Seeds.of(1),
        List.of(),
        new Evaluation(new Cadence.Every(50), new TreeMap<>()),
        CheckpointPolicy.DEFAULT,
        ExperimentSpec.Resume.DEFAULT,
        new Numerics(1, Numerics.Isa.NATIVE),
        "auto",
        Placing.DEFAULT,
        Isolation.AUTO,
        OnDivergence.FAIL,
        Optional.empty(),
        new ExperimentSpec.Plot(true));
  }
}

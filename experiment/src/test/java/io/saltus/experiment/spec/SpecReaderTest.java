package io.saltus.experiment.spec;

import static io.saltus.experiment.spec.SampleSpecs.accepted;
import static io.saltus.experiment.spec.SampleSpecs.refused;
import static io.saltus.experiment.spec.SampleSpecs.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.Seeds;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.spec.UntilRule.Bound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a spec may say, and what it then means. */
class SpecReaderTest {

  @TempDir private Path folder;

  @Test
  void the_shipped_grokking_has_the_values_of_the_documentation() {
    ExperimentSpec spec = SampleSpecs.grokking();
    assertThat(spec.experiment()).isEqualTo("grokking");
    assertThat(spec.task().kind()).isEqualTo("modular-arithmetic");
    assertThat(spec.task().text("operation")).isEqualTo("add");
    assertThat(spec.task().integer("modulus")).isEqualTo(97);
    assertThat(spec.task().real("train-fraction")).isEqualTo(0.3);
    assertThat(spec.model().whole("width")).isEqualTo(128);
    assertThat(spec.model().text("activation")).isEqualTo("square");
    assertThat(spec.optimizer().real("learning-rate")).isEqualTo(5e-3);
    assertThat(spec.optimizer().real("weight-decay")).isEqualTo(1.0);
    assertThat(spec.batchSize()).isEqualTo(512);
    assertThat(spec.sampling()).isEqualTo(Sampling.WITH_REPLACEMENT);
    assertThat(spec.steps()).isEqualTo(8000);
    assertThat(spec.seeds()).isEqualTo(Seeds.of(1));
    assertThat(spec.until())
        .containsExactly(
            new UntilRule(MetricName.accuracyOf("validation"), Bound.AT_LEAST, 0.99, 1000));
    assertThat(spec.evaluate())
        .isEqualTo(
            new Evaluation(
                new Cadence.Every(1), new TreeMap<>(Map.of("train-set", new Cadence.Every(10)))));
    assertThat(spec.checkpoint()).isEqualTo(CheckpointPolicy.DEFAULT);
    assertThat(spec.resume()).isEqualTo(new ExperimentSpec.Resume(20));
    assertThat(spec.numerics()).isEqualTo(new Numerics(1, Numerics.Isa.NATIVE));
    assertThat(spec.device()).isEqualTo("auto");
    assertThat(spec.placing()).isEqualTo(Placing.DEFAULT);
    assertThat(spec.isolation()).isEqualTo(Isolation.AUTO);
    assertThat(spec.onDivergence()).isEqualTo(OnDivergence.FAIL);
    assertThat(spec.study()).isEmpty();
    assertThat(spec.plot().logSteps()).isTrue();
  }

  @Test
  void every_key_has_a_default_but_experiment() throws IOException {
    ExperimentSpec spec = accepted(file("plain.conf", "experiment = plain"));
    assertThat(spec.until()).isEmpty();
    assertThat(spec.steps()).isEqualTo(8000);
    assertThat(spec.task().kind()).isEqualTo("modular-arithmetic");
    assertThat(spec.evaluate().sets()).isEmpty();
    String empty = file("nothing.conf", "steps = 10");
    assertThat(refused(empty))
        .containsExactly(
            new SpecProblem(
                "experiment",
                "is missing; it names the question and begins the names of its runs",
                empty));
  }

  @Test
  void settings_are_applied_last_and_in_order() {
    ExperimentSpec spec = with("steps=5", "steps=7", "seed=3", "seeds.order=4", "title=a, b = {c");
    assertThat(spec.steps()).isEqualTo(7);
    assertThat(spec.seeds()).isEqualTo(new Seeds(3, 3, 4, 3));
    assertThat(spec.title()).isEqualTo("a, b = {c");
  }

  @Test
  void a_setting_is_HOCON_else_a_text() {
    assertThat(with("until=null").until()).isEmpty();
    assertThat(with("until=[]").until()).isEmpty();
    assertThat(with("until=[{metric=train.loss,at-most=1e-3}]").until())
        .containsExactly(new UntilRule(MetricName.lossOf("train"), Bound.AT_MOST, 0.001, 1));
    assertThat(with("evaluate.every=50 per decade").evaluate().every())
        .isEqualTo(new Cadence.PerDecade(50));
    assertThat(with("title=").title()).isEmpty();
    assertThat(with("title=\"a b\"").title()).isEqualTo("a b");
    assertThat(with("title=include \"grokking-relu\"").model().text("activation"))
        .isEqualTo("square");
  }

  @Test
  void a_setting_with_a_second_key_is_no_second_setting() {
    assertThat(refused("grokking", "title=a\nsteps=5"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.path()).isEqualTo("title"));
  }

  @Test
  void whole_numbers_may_be_written_in_any_way() {
    assertThat(with("steps=5e2").steps()).isEqualTo(500);
    assertThat(with("steps=500.0").steps()).isEqualTo(500);
    assertThat(with("steps=\"500\"").steps()).isEqualTo(500);
    assertThat(with("steps=1000000000000").steps()).isEqualTo(1_000_000_000_000L);
    assertThat(with("seed=9007199254740991").seeds().data()).isEqualTo(9007199254740991L);
  }

  @Test
  void negative_zero_is_zero() {
    assertThat(with("optimizer.weight-decay=-0.0").optimizer().real("weight-decay")).isEqualTo(0.0);
  }

  @Test
  void a_file_includes_a_shipped_spec_and_changes_what_it_wants() throws IOException {
    ExperimentSpec spec =
        accepted(
            file(
                "mine.conf",
                """
                include "grokking" # shipped
                experiment = mine
                model.width = 256
                optimizer { weight-decay = 0 }
                """));
    assertThat(spec.model().whole("width")).isEqualTo(256);
    assertThat(spec.model().text("activation")).isEqualTo("square");
    assertThat(spec.optimizer().real("weight-decay")).isZero();
    assertThat(spec.plot().logSteps()).isTrue();
  }

  @Test
  void a_file_includes_a_file_beside_and_below_it() throws IOException {
    file("below/base.conf", "include \"grokking\"\nsteps = 10");
    file("beside.conf", "include \"below/base.conf\"\nseed = 4");
    ExperimentSpec spec = accepted(file("top.conf", "include \"beside.conf\"\nexperiment = top"));
    assertThat(spec.steps()).isEqualTo(10);
    assertThat(spec.seeds().data()).isEqualTo(4);
  }

  @Test
  void one_file_may_be_included_twice_without_a_circle() throws IOException {
    file("base.conf", "steps = 10");
    file("a.conf", "include \"base.conf\"\nseed = 2");
    file("b.conf", "include \"base.conf\"\nmodel.width = 8");
    ExperimentSpec spec =
        accepted(file("top.conf", "include \"a.conf\"\ninclude \"b.conf\"\nexperiment = top"));
    assertThat(spec.steps()).isEqualTo(10);
    assertThat(spec.seeds().data()).isEqualTo(2);
    assertThat(spec.model().whole("width")).isEqualTo(8);
  }

  @Test
  void another_kind_drops_the_keys_of_the_one_below() throws IOException {
    ExperimentSpec spec =
        accepted(
            file(
                "other.conf",
                """
                include "grokking"
                experiment = other
                task { kind = fashion-mnist, train-samples = 100 }
                """));
    assertThat(spec.task().kind()).isEqualTo("fashion-mnist");
    assertThat(spec.task().parameters()).containsOnlyKeys("path", "train-samples");
    assertThat(
            with("task.train-samples=5", "task.kind=fashion-mnist").task().whole("train-samples"))
        .isEqualTo(5);
  }

  @Test
  void the_same_kind_keeps_them() {
    assertThat(
            with("task.modulus=89", "task.kind=modular-arithmetic").task().real("train-fraction"))
        .isEqualTo(0.3);
    assertThat(with("task.kind=modular-arithmetic").task().whole("modulus")).isEqualTo(97);
  }

  @Test
  void keys_from_below_that_the_kind_does_not_know_are_dropped_not_refused() throws IOException {
    file("fashion.conf", "task { kind = fashion-mnist, train-samples = 100 }");
    String top =
        file(
            "top.conf",
            """
            include "fashion.conf"
            experiment = top
            task { kind = modular-arithmetic }
            """);
    assertThat(accepted(top).task().parameters()).doesNotContainKey("train-samples");
  }

  @Test
  void substitutions_read_other_keys_of_the_spec() {
    assertThat(with("title=modulo ${task.modulus}").title()).isEqualTo("modulo 97");
    assertThat(with("seed=${task.modulus}").seeds().init()).isEqualTo(97);
    assertThat(with("title=${title}\", again\"").title()).endsWith("later, again");
  }

  @Test
  void rules_cadences_and_policies_are_read() {
    ExperimentSpec spec =
        with(
            "checkpoint={every=1 minute, keep-last=1, keep-every=1e3}",
            "checkpoint.keep-best={metric=validation.accuracy, mode=max}",
            "resume.overlap=0",
            "evaluate={every=\"20 per decade\", sets={validation={every=7}}}",
            "numerics={threads=2, isa=avx2}",
            "device=cpu:0",
            "isolation=process",
            "on-divergence=continue-flagged",
            "sampling=full-batch",
            "plot.log-steps=off");
    assertThat(spec.checkpoint())
        .isEqualTo(
            new CheckpointPolicy(
                new CheckpointCadence.EveryTime(Duration.ofMinutes(1)),
                1,
                Optional.of(1000L),
                Optional.of(
                    new CheckpointPolicy.KeepBest(
                        MetricName.accuracyOf("validation"), CheckpointPolicy.BestMode.MAX))));
    assertThat(spec.resume().overlap()).isZero();
    assertThat(spec.evaluate().cadenceOf("validation")).isEqualTo(new Cadence.Every(7));
    assertThat(spec.evaluate().cadenceOf("train-set")).isEqualTo(new Cadence.Every(10));
    assertThat(spec.numerics()).isEqualTo(new Numerics(2, Numerics.Isa.AVX2));
    assertThat(spec.device()).isEqualTo("cpu:0");
    assertThat(spec.isolation()).isEqualTo(Isolation.PROCESS);
    assertThat(spec.onDivergence()).isEqualTo(OnDivergence.CONTINUE_FLAGGED);
    assertThat(spec.sampling()).isEqualTo(Sampling.FULL_BATCH);
    assertThat(spec.plot().logSteps()).isFalse();
    assertThat(with("checkpoint.every=500 steps").checkpoint().every())
        .isEqualTo(new CheckpointCadence.EverySteps(500));
  }

  @Test
  void what_a_run_asks_of_the_machine_is_read() {
    assertThat(with("priority=-5", "resources={kind=gpu, count=2, memory=1.5 GiB}").placing())
        .isEqualTo(new Placing(-5, DeviceKind.GPU, Optional.of(2), Optional.of(3L << 29)));
    assertThat(with("device=gpu:3").placing().kind()).isEqualTo(DeviceKind.GPU);
    assertThat(with("resources.memory=2 MB").placing().memoryBytes()).contains(2_000_000L);
    assertThat(with("resources.memory=1048576.5B").placing().memoryBytes()).contains(1_048_577L);
    assertThat(with("resources={count=null, memory=null}").placing()).isEqualTo(Placing.DEFAULT);
  }

  @Test
  void null_takes_back_what_an_included_spec_keeps() throws IOException {
    file(
        "base.conf",
        "checkpoint { keep-every = 5, keep-best { metric = train.loss, mode = min } }");
    String top =
        file(
            "top.conf",
            """
            include "base.conf"
            experiment = top
            checkpoint { keep-every = null, keep-best = null }
            """);
    assertThat(accepted(top).checkpoint()).isEqualTo(CheckpointPolicy.DEFAULT);
  }

  @Test
  void tags_are_handed_on_beside_the_spec() {
    assertThat(SampleSpecs.read("grokking", "tags={owner=me, try=2}"))
        .isEqualTo(
            new SpecReading.Accepted(
                SampleSpecs.grokking(), new TreeMap<>(Map.of("owner", "me", "try", "2"))));
  }

  @Test
  void a_study_is_read_with_every_value_of_its_axes_checked() {
    String study =
        "study={axes={\"optimizer.weight-decay\"=[0,0.10,1],\"task.operation\"=[add,mul]},seeds=[1,2]}";
    assertThat(with(study).study())
        .contains(
            new Study(
                new TreeMap<>(
                    Map.of(
                        "optimizer.weight-decay", List.of("0", "0.1", "1"),
                        "task.operation", List.of("add", "mul"))),
                List.of(1L, 2L)));
    assertThat(refused("grokking", study, "study.axes.\"optimizer.weight-decy\"=[1]"))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.what()).contains("unknown key 'weight-decy' (did you mean"));
    assertThat(refused("grokking", study, "study.axes.\"task.operation\"=[add,pow]"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.what()).startsWith("unknown value 'pow'"));
  }

  @Test
  void a_byte_order_mark_is_no_content() throws IOException {
    assertThat(accepted(file("bom.conf", "\uFEFFexperiment = bom")).experiment()).isEqualTo("bom");
  }

  private String file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }
}

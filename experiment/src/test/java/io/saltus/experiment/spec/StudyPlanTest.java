package io.saltus.experiment.spec;

import static io.saltus.experiment.spec.SampleSpecs.SCHEMA;
import static io.saltus.experiment.spec.SampleSpecs.accepted;
import static io.saltus.experiment.spec.SampleSpecs.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyPlanTest {

  private static final String WIDTH = "model.width";
  private static final String DECAY = "optimizer.weight-decay";

  @TempDir private Path folder;

  @Test
  void the_last_axis_changes_fastest_and_seeds_within_a_cell() {
    StudyPlan plan = plan("study={axes={" + DECAY + "=[0,1],\"model.width\"=[8,4]},seeds=[7,3]}");
    assertThat(plan.cells()).isEqualTo(4);
    assertThat(plan.runs()).isEqualTo(8);
    assertThat(plan.planned())
        .extracting(run -> run.cell() + " " + run.axes() + " " + run.seed())
        .containsExactly(
            "0 {model.width=8, optimizer.weight-decay=0} 7",
            "0 {model.width=8, optimizer.weight-decay=0} 3",
            "1 {model.width=8, optimizer.weight-decay=1} 7",
            "1 {model.width=8, optimizer.weight-decay=1} 3",
            "2 {model.width=4, optimizer.weight-decay=0} 7",
            "2 {model.width=4, optimizer.weight-decay=0} 3",
            "3 {model.width=4, optimizer.weight-decay=1} 7",
            "3 {model.width=4, optimizer.weight-decay=1} 3");
  }

  @Test
  void a_planned_run_computes_what_the_same_spec_alone_computes() {
    StudyPlan plan =
        plan("study={axes={" + DECAY + "=[0.5],\"task.operation\"=[mul]},seeds=[9]}", "steps=77");
    ExperimentSpec alone = with(DECAY + "=0.5", "task.operation=mul", "seed=9", "steps=77");
    assertThat(plan.planned())
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.spec()).isEqualTo(alone);
              assertThat(run.digest()).isEqualTo(SpecDigest.of(alone, SCHEMA));
            });
  }

  @Test
  void a_seed_that_the_spec_gives_by_itself_stays() {
    StudyPlan plan = plan("study={axes={},seeds=[5]}", "seeds.data=2");
    assertThat(plan.planned())
        .extracting(run -> run.spec().seeds())
        .containsExactly(with("seed=5", "seeds.data=2").seeds());
  }

  @Test
  void without_seeds_the_spec_keeps_its_own() {
    assertThat(plan("study={axes={\"model.width\"=[1,2]}}", "seed=12").planned())
        .extracting(PlannedRun::seed)
        .containsExactly(12L, 12L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "optimizer.weight-decay | \"optimizer.weight-decay\"",
        "\"optimizer.weight-decay\" | optimizer.weight-decay",
        "optimizer.\"weight-decay\" | \"optimizer.weight-decay\"",
        "optimizer.weight-decay | optimizer.weight-decay",
      })
  void an_axis_that_is_given_again_is_the_same_one_with_and_without_quotes(
      String first, String again) throws IOException {
    assertThat(axes("grokking", "study.axes." + first + "=[0,1]", "study.axes." + again + "=[2]"))
        .isEqualTo(Map.of(DECAY, List.of("2")));

    String file = file("study { axes { " + first + " = [0, 1], \"model.width\" = [8] } }");
    assertThat(axes(file, "study.axes." + again + "=[0,0.5]", "study.axes.model.width=[4]"))
        .isEqualTo(Map.of(DECAY, List.of("0", "0.5"), WIDTH, List.of("4")));
    assertThat(axes(file, "study.axes." + again + "={from=0,to=1,count=3}"))
        .isEqualTo(Map.of(DECAY, List.of("0", "0.5", "1"), WIDTH, List.of("8")));
    assertThat(axes(file, "study.axes.optimizer.learning-rate=[0.1]"))
        .as("another one below the same key")
        .containsOnlyKeys(DECAY, WIDTH, "optimizer.learning-rate");
  }

  @Test
  void the_axis_of_a_shipped_study_can_be_given_without_quotes() {
    assertThat(
            axes("grokking-weight-decay", "study.axes.optimizer.weight-decay=[0,1]", "expect=null"))
        .isEqualTo(Map.of(DECAY, List.of("0", "1")));
  }

  private static Map<String, List<String>> axes(String source, String... settings) {
    return accepted(source, settings).study().orElseThrow().axes();
  }

  private String file(String study) throws IOException {
    Path file = folder.resolve("a.conf");
    return Files.writeString(file, "include \"grokking\"\n" + study).toString();
  }

  @Test
  void axes_in_a_zip_go_together() {
    assertThat(
            plan(
                    "study={axes={steps=[1,2],\"model.width\"=[10,20],batch-size=[5,6]}}",
                    "study.zip=[[steps,\"model.width\"]]")
                .axes())
        .extracting(Object::toString)
        .containsExactly(
            "{batch-size=5, model.width=10, steps=1}",
            "{batch-size=5, model.width=20, steps=2}",
            "{batch-size=6, model.width=10, steps=1}",
            "{batch-size=6, model.width=20, steps=2}");
  }

  @Test
  void an_axis_whose_condition_is_not_met_is_left_out_and_the_cell_comes_once() {
    StudyPlan plan =
        plan(
            "study={axes={batch-size=[1,2,3],\"task.operation\"=[add,mul,sub]}}",
            "study.when.batch-size.\"task.operation\"=[mul]");
    assertThat(plan.axes())
        .extracting(Object::toString)
        .containsExactly(
            "{task.operation=add}",
            "{batch-size=1, task.operation=mul}",
            "{batch-size=2, task.operation=mul}",
            "{batch-size=3, task.operation=mul}",
            "{task.operation=sub}");
    assertThat(plan.cells()).isEqualTo(5);
    assertThat(plan.planned().filter(run -> !run.axes().containsKey("batch-size")))
        .extracting(run -> run.spec().batchSize())
        .containsOnly(512);
  }

  @Test
  void conditions_can_be_chained() {
    StudyPlan plan =
        plan(
            "study={axes={batch-size=[1,2],\"task.operation\"=[add,mul],steps=[5,6]}}",
            "study.when.batch-size.\"task.operation\"=mul",
            "study.when.steps.batch-size=2");
    assertThat(plan.axes())
        .extracting(Object::toString)
        .containsExactly(
            "{task.operation=add}",
            "{batch-size=1, task.operation=mul}",
            "{batch-size=2, steps=5, task.operation=mul}",
            "{batch-size=2, steps=6, task.operation=mul}");
  }

  @Test
  void an_axis_of_kinds_drops_what_belongs_to_another_kind() throws IOException {
    Path file = folder.resolve("kinds.conf");
    Files.writeString(
        file,
        """
        include "grokking"
        study { axes { task.kind = [modular-arithmetic, fashion-mnist], task.modulus = [7, 11] }
                when { "task.modulus" { "task.kind" = modular-arithmetic } } }
        """);
    assertThat(StudyPlan.of(accepted(file.toString()), SCHEMA).planned())
        .extracting(run -> run.spec().task().kind())
        .containsExactly("modular-arithmetic", "modular-arithmetic", "fashion-mnist");
  }

  @Test
  void a_range_has_its_ends_and_even_distances() {
    assertThat(values(DECAY, "{from=0,to=1,count=11}"))
        .containsExactly("0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1");
    assertThat(values(DECAY, "{from=0.001,to=10,count=5,scale=log}"))
        .containsExactly("0.001", "0.01", "0.1", "1", "10");
    assertThat(values(DECAY, "{from=0.01,to=1,count=4,scale=log}"))
        .containsExactly("0.01", "0.0464159", "0.215443", "1");
  }

  @Test
  void whole_numbers_are_rounded_and_come_once() {
    assertThat(values(WIDTH, "{from=1,to=4,count=7}")).containsExactly("1", "2", "3", "4");
    assertThat(values("steps", "{from=1,to=1000,count=4,scale=log}"))
        .containsExactly("1", "10", "100", "1000");
    assertThat(values(WIDTH, "{random=log-uniform,from=1,to=9,count=50}"))
        .doesNotHaveDuplicates()
        .isSubsetOf("1", "2", "3", "4", "5", "6", "7", "8", "9");
  }

  @Test
  void random_values_depend_on_the_seed_of_the_study_and_the_axis_alone() {
    String axis = "{random=uniform,from=0,to=10,count=200}";
    List<String> values = values(DECAY, axis);
    assertThat(values).hasSize(200).isEqualTo(values(DECAY, axis));
    assertThat(values(DECAY, axis, "study.axes.steps=[1,2]")).isEqualTo(values);
    assertThat(values(DECAY, axis, "study.seed=1")).isEqualTo(values);
    assertThat(values(DECAY, axis, "study.seed=2")).isNotEqualTo(values);
    assertThat(values(DECAY, axis, "seed=2")).isEqualTo(values(DECAY, axis, "study.seed=2"));
    assertThat(values).allSatisfy(v -> assertThat(Double.parseDouble(v)).isBetween(0.0, 10.0));
    // The mean of 200 has a deviation of 0.2.
    assertThat(values.stream().mapToDouble(Double::parseDouble).average().orElseThrow())
        .isCloseTo(5, within(0.8));
  }

  @Test
  void half_of_log_uniform_values_lie_below_the_geometric_mean() {
    assertThat(
            values(DECAY, "{random=log-uniform,from=1e-4,to=1,count=400}").stream()
                .filter(value -> Double.parseDouble(value) < 0.01)
                .count())
        .isBetween(160L, 240L);
  }

  @Test
  void a_hundred_thousand_cells_are_counted_and_the_first_are_there_at_once() {
    StudyPlan plan =
        plan(
            "study={axes={steps={from=1,to=900,count=900},batch-size={from=1,to=900,count=900}}}",
            "study.seeds={from=0,count=1000}");
    assertThat(plan.runs()).isEqualTo(810_000_000L).isGreaterThan(StudyPlan.MANY_RUNS);
    assertThat(plan.planned().limit(3)).extracting(PlannedRun::seed).containsExactly(0L, 1L, 2L);
  }

  @Test
  void of_more_cells_than_are_read_every_value_is_read_at_least_once() {
    assertThat(
            SampleSpecs.refused(
                "grokking",
                "study={axes={steps={from=1,to=900,count=900},batch-size={from=1,to=900,count=900}}}",
                "study.axes.\"task.modulus\"=[97,1,96]"))
        .extracting(SpecProblem::what)
        .containsExactly("1 is not a whole number from 2 to 1000");
  }

  @Test
  void too_many_to_count_is_a_number_too() {
    StringBuilder axes = new StringBuilder();
    for (String path :
        List.of(
            "steps", "batch-size", "seeds.data", "seeds.init", "seeds.order", "resume.overlap")) {
      axes.append('"').append(path).append("\"={from=1,to=1000,count=1000},");
    }
    StudyPlan plan = plan("study={axes={" + axes + "\"seeds.dropout\"={from=1,to=999,count=999}}}");
    assertThat(plan.cells()).isEqualTo(Long.MAX_VALUE);
    assertThat(plan.runs()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void conditions_that_entangle_too_many_cells_are_not_counted_forever() {
    String all =
        IntStream.rangeClosed(1, 1000).mapToObj(String::valueOf).collect(Collectors.joining(","));
    String axis = "{from=1,to=1000,count=1000}";
    StudyPlan plan =
        plan(
            "study={axes={steps=" + axis + ",batch-size=" + axis + ",resume.overlap=" + axis + "}}",
            "study.when.batch-size.steps=[" + all + "]",
            "study.when.\"resume.overlap\".batch-size=[" + all + "]");
    assertThat(plan.cells()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void every_cell_has_another_digest() {
    StudyPlan plan =
        plan("study={axes={\"model.width\"={from=1,to=40,count=40},steps=[1,2,3]},seeds=[1,2]}");
    assertThat(new HashSet<>(plan.planned().map(PlannedRun::digest).toList())).hasSize(240);
  }

  @Test
  void a_plan_needs_a_study() {
    assertThatThrownBy(() -> StudyPlan.of(SampleSpecs.grokking(), SCHEMA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("grokking is not a study");
  }

  @Test
  void a_run_with_a_value_that_the_schema_does_not_know_is_refused() {
    StudyPlan plan = plan("study={axes={\"model.width\"=[1,2]}}");
    assertThatThrownBy(() -> plan.run(0, new TreeMap<>(Map.of(WIDTH, "0")), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("model.width 0 is not a whole number");
  }

  private static StudyPlan plan(String... settings) {
    return StudyPlan.of(with(settings), SCHEMA);
  }

  private static List<String> values(String path, String axis, String... more) {
    String[] settings = new String[more.length + 1];
    settings[0] = "study.axes.\"" + path + "\"=" + axis;
    System.arraycopy(more, 0, settings, 1, more.length);
    return with(settings).study().orElseThrow().axes().get(path);
  }
}

package io.saltus.experiment.spec;

import static io.saltus.experiment.spec.SampleSpecs.accepted;
import static io.saltus.experiment.spec.SampleSpecs.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.ShortestDecimal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpecRendererTest {

  @TempDir private Path folder;

  static List<ExperimentSpec> specs() {
    return List.of(
        SampleSpecs.grokking(),
        with("task={kind=fashion-mnist,path=\"/a b/\\\"c\"}", "until=null", "seeds.init=9"),
        with("title=\"a \\\"quoted\\\" ${not} # title\"", "evaluate.every=50 per decade"),
        with("checkpoint.every=90 seconds", "checkpoint.keep-every=500", "resume.overlap=0"),
        with("checkpoint.keep-best={metric=validation.loss,mode=min}"),
        with("checkpoint.every=5 minutes", "device=cpu:0", "sampling=full-batch"),
        with("until=[{metric=train.loss,at-most=1e-300},{metric=validation.loss,at-least=-5}]"),
        with("study={axes={\"model.width\"=[1,2],\"task.operation\"=[mul]},seeds=[1,2]}"),
        with(
            "study={axes={\"model.width\"=[1,2],\"task.operation\"=[add,mul],steps={from=1,to=9,count=3}}}",
            "study.zip=[[\"model.width\",\"task.operation\"]]",
            "study.when.steps.\"model.width\"=2",
            "study.seeds={from=3,count=2}",
            "seeds.data=5",
            "expect=[{metric=validation.accuracy,reaches=0.99,at-most=50,where={steps=[1,9]},in=4 of 5}]"),
        with("steps=1000000000000", "seed=9007199254740991", "numerics.isa=avx2"),
        with("optimizer.learning-rate=1e-300", "optimizer.weight-decay=0.1", "isolation=thread"),
        with("device=gpu:1", "priority=-3", "resources.memory=1.5 GiB"));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void a_rendered_spec_reads_back_to_itself(ExperimentSpec spec) throws IOException {
    Path file = Files.writeString(folder.resolve("spec.conf"), SpecRenderer.render(spec));
    assertThat(accepted(file.toString())).isEqualTo(spec);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void a_rendered_spec_has_the_same_digest(ExperimentSpec spec) throws IOException {
    Path file = Files.writeString(folder.resolve("spec.conf"), SpecRenderer.render(spec));
    assertThat(SpecDigest.of(accepted(file.toString()), SampleSpecs.SCHEMA))
        .isEqualTo(SpecDigest.of(spec, SampleSpecs.SCHEMA));
  }

  @Property(seed = "1", tries = 200)
  void numbers_go_through_a_setting_bit_for_bit(
      @ForAll @LongRange(min = 1, max = 0x4023ffffffffffffL) long bits,
      @ForAll @LongRange(min = 0, max = (1L << 53) - 1) long seed) {
    // All doubles above 0 and below 10, by their bits.
    double rate = Double.longBitsToDouble(bits);
    ExperimentSpec spec =
        with("optimizer.learning-rate=" + ShortestDecimal.of(rate), "seeds.init=" + seed);
    assertThat(spec.optimizer().real("learning-rate")).isEqualTo(rate);
    assertThat(spec.seeds().init()).isEqualTo(seed);
  }

  @Test
  void every_shipped_spec_reads_renders_and_reads_back() throws IOException {
    for (String name : ShippedSpecs.names()) {
      ExperimentSpec spec = accepted(name);
      Path file = Files.writeString(folder.resolve("spec.conf"), SpecRenderer.render(spec));
      assertThat(accepted(file.toString())).isEqualTo(spec);
      assertThat(spec.experiment()).isEqualTo(name);
    }
  }

  @Test
  void differences_are_named_by_path() {
    assertThat(
            SpecDifference.between(
                SampleSpecs.grokking(), with("until=null", "model.width=64", "title=x")))
        .containsExactly(
            new SpecDifference("model.width", Optional.of("128"), Optional.of("64")),
            new SpecDifference(
                "title", Optional.of(SampleSpecs.grokking().title()), Optional.of("x")),
            new SpecDifference("until.0.at-least", Optional.of("0.99"), Optional.empty()),
            new SpecDifference("until.0.for-steps", Optional.of("1000"), Optional.empty()),
            new SpecDifference(
                "until.0.metric", Optional.of("validation.accuracy"), Optional.empty()));
    assertThat(SpecDifference.between(SampleSpecs.grokking(), SampleSpecs.grokking())).isEmpty();
  }
}

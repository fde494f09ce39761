package io.saltus.experiment.spec;

import static io.saltus.experiment.spec.SampleSpecs.SCHEMA;
import static io.saltus.experiment.spec.SampleSpecs.accepted;
import static io.saltus.experiment.spec.SampleSpecs.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The digest is persisted: what these tests fix may never change. */
class SpecDigestTest {

  @TempDir private Path folder;

  @Test
  void the_text_of_grokking_holds_what_is_not_at_its_default() {
    assertThat(SpecDigest.text(SampleSpecs.grokking(), SCHEMA))
        .isEqualTo(
            """
            evaluate.sets.train-set.every=10
            until.0.at-least=0.99
            until.0.for-steps=1000
            until.0.metric=validation.accuracy
            """);
  }

  @Test
  void a_spec_of_defaults_has_the_digest_of_nothing() throws IOException {
    ExperimentSpec spec = accepted(file("experiment = plain"));
    assertThat(SpecDigest.text(spec, SCHEMA)).isEmpty();
    assertThat(SpecDigest.of(spec, SCHEMA)).isEqualTo(Sha256.of(new byte[0]));
  }

  @Test
  void every_digested_key_has_its_line_in_byte_order() {
    ExperimentSpec spec =
        with(
            "task={kind=fashion-mnist,train-samples=100,path=/data}",
            "model={width=64,activation=relu}",
            "optimizer={learning-rate=1e-3,weight-decay=0,beta1=0.5,beta2=0.9,warm-up-steps=10}",
            "batch-size=32",
            "sampling=epochs",
            "steps=1e6",
            "seed=2",
            "seeds.order=3",
            "until=[{metric=train.loss,at-most=1e-7,for-steps=1}]",
            "evaluate={every=50 per decade,sets={train-set.every=100,validation.every=7}}",
            "numerics={threads=2,isa=avx2}");
    assertThat(SpecDigest.text(spec, SCHEMA))
        .isEqualTo(
            """
            batch-size=32
            evaluate.every=50 per decade
            evaluate.sets.train-set.every=100
            evaluate.sets.validation.every=7
            model.activation=relu
            model.width=64
            numerics.isa=avx2
            numerics.threads=2
            optimizer.beta1=0.5
            optimizer.beta2=0.9
            optimizer.learning-rate=0.001
            optimizer.warm-up-steps=10
            optimizer.weight-decay=0
            sampling=epochs
            seeds.data=2
            seeds.dropout=2
            seeds.init=2
            seeds.order=3
            steps=1000000
            task.kind=fashion-mnist
            task.train-samples=100
            until.0.at-most=1e-7
            until.0.metric=train.loss
            """);
  }

  @Test
  void the_digest_is_SHA_256_of_the_text() {
    ExperimentSpec spec = with("steps=5");
    byte[] text = SpecDigest.text(spec, SCHEMA).getBytes(StandardCharsets.UTF_8);
    assertThat(SpecDigest.of(spec, SCHEMA)).isEqualTo(Sha256.of(text));
    assertThat(SpecDigest.of(SampleSpecs.grokking(), SCHEMA))
        .hasToString("2d007b20efe0ebb1a935c6dbaac76c908064abff4fe58090ec59b45e4a3b9cce");
  }

  @ParameterizedTest
  @CsvSource({
    "optimizer.learning-rate=0.001, optimizer.learning-rate=1e-3",
    "optimizer.learning-rate=0.001, optimizer.learning-rate=0.0010",
    "steps=100, steps=1e2",
    "optimizer.weight-decay=0, optimizer.weight-decay=-0.0",
    "optimizer.weight-decay=1, optimizer.weight-decay=1.0",
    "seed=5, 'seeds={data=5,init=5,order=5,dropout=5}'",
  })
  void however_it_is_written_the_digest_is_the_same(String one, String other) {
    assertThat(SpecDigest.of(with(one), SCHEMA)).isEqualTo(SpecDigest.of(with(other), SCHEMA));
  }

  @Test
  void the_order_of_keys_does_not_matter() throws IOException {
    String one = "experiment=a\nsteps=5\nmodel{width=64}\ntask{modulus=5}";
    String other = "task.modulus=5\nmodel.width=64,steps=5\nexperiment=a";
    assertThat(SpecDigest.of(accepted(file(one)), SCHEMA))
        .isEqualTo(SpecDigest.of(accepted(file(other)), SCHEMA));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "experiment=other",
        "title=other",
        "checkpoint.every=5 steps",
        "checkpoint.keep-last=9",
        "checkpoint.keep-every=100",
        "checkpoint.keep-best={metric=validation.loss,mode=min}",
        "resume.overlap=0",
        "device=cpu:0",
        "isolation=thread",
        "priority=7",
        "resources={kind=gpu,count=2,memory=2 GiB}",
        "on-divergence=continue-flagged",
        "plot.log-steps=false",
        "tags.a=b",
        "study={axes={steps=[5]}}",
        "evaluate.sets.validation.every=1",
        "steps=8000",
        "seeds.init=1",
      })
  void what_does_not_change_the_results_does_not_change_the_digest(String setting) {
    assertThat(SpecDigest.of(with(setting), SCHEMA))
        .isEqualTo(SpecDigest.of(SampleSpecs.grokking(), SCHEMA));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "task.modulus=89",
        "task.kind=fashion-mnist",
        "model.width=64",
        "optimizer.beta1=0.5",
        "batch-size=1",
        "sampling=epochs",
        "steps=1",
        "seed=2",
        "seeds.data=2",
        "seeds.init=2",
        "seeds.order=2",
        "seeds.dropout=2",
        "until=null",
        "evaluate.every=2",
        "evaluate.sets.train-set.every=20",
        "numerics.threads=2",
        "numerics.isa=avx2",
      })
  void what_changes_the_results_changes_the_digest(String setting) {
    assertThat(SpecDigest.of(with(setting), SCHEMA))
        .isNotEqualTo(SpecDigest.of(SampleSpecs.grokking(), SCHEMA));
  }

  @Test
  void paths_of_input_are_in_no_digest_and_not_in_what_is_persisted() {
    ExperimentSpec here = with("task={kind=fashion-mnist,path=/here}");
    ExperimentSpec there = with("task={kind=fashion-mnist,path=/there}");
    assertThat(SpecDigest.of(here, SCHEMA)).isEqualTo(SpecDigest.of(there, SCHEMA));
    ExperimentSpec persisted = SCHEMA.withoutInputPaths(here);
    assertThat(persisted.task().text("path")).isEmpty();
    assertThat(persisted).isEqualTo(SCHEMA.withoutInputPaths(there));
    assertThat(SpecDigest.of(persisted, SCHEMA)).isEqualTo(SpecDigest.of(here, SCHEMA));
    assertThat(SCHEMA.withoutInputPaths(SampleSpecs.grokking())).isEqualTo(SampleSpecs.grokking());
  }

  @Test
  void a_spec_of_unknown_kinds_is_digested_with_all_its_values() {
    ExperimentSpec spec = SampleSpecs.grokking();
    assertThat(SpecDigest.text(spec, SpecSchema.of(List.of())))
        .contains("task.modulus=97\n")
        .doesNotContain("task.kind");
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("spec.conf"), text).toString();
  }
}

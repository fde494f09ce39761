package io.saltus.experiment.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories of data that strangers may name, and nothing else of the disk. */
class NamedDataTest {

  private static final Path DATA = Path.of("/data/fashion");
  private static final SpecReader READER =
      SpecReader.shippedOnly(SampleSpecs.PROGRAMS, Map.of("fashion", DATA, "other", Path.of("/o")));

  private static SpecReading read(String setting) {
    return READER.read("fashion-mnist", List.of(SpecSetting.parse(setting)));
  }

  @Test
  void a_name_stands_for_its_directory() {
    assertThat(read("task.path=fashion"))
        .isInstanceOfSatisfying(
            SpecReading.Accepted.class,
            accepted -> assertThat(accepted.spec().task().text("path")).isEqualTo(DATA.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/data/fashion", "./fashion", "fashion/..", "Fashion", "fashio", "fashion ", "."})
  void nothing_else_does(String path) {
    assertThat(read("task.path=\"" + path + "\""))
        .isInstanceOfSatisfying(
            SpecReading.Refused.class,
            refused ->
                assertThat(refused.problems())
                    .singleElement()
                    .satisfies(
                        problem ->
                            assertThat(problem.what())
                                .startsWith("is an unknown data set")
                                .endsWith("allowed: fashion, other")));
  }

  @Test
  void a_study_has_no_axis_of_data() {
    assertThat(read("study.axes.\"task.path\"=[fashion, other]"))
        .isInstanceOfSatisfying(
            SpecReading.Refused.class, refused -> assertThat(refused.problems()).isNotEmpty());
  }

  /** The owner of the machine names what is there. */
  @Test
  void where_files_are_allowed_a_name_is_a_path_like_others() {
    assertThat(
            SpecReader.withFiles(SampleSpecs.PROGRAMS)
                .read("fashion-mnist", List.of(SpecSetting.parse("task.path=fashion"))))
        .isInstanceOfSatisfying(
            SpecReading.Accepted.class,
            accepted -> assertThat(accepted.spec().task().text("path")).isEqualTo("fashion"));
  }
}

package io.saltus.bench.judge.tcpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.bench.judge.ground.JudgeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TcpdPartTest {

  @TempDir Path directory;

  @BeforeEach
  void a_level_that_changes_once_and_a_series_of_two_dimensions() throws IOException {
    Files.writeString(
        directory.resolve("annotations.json"),
        "{\"step\": {\"6\": [50], \"7\": [50]}, \"two\": {\"6\": []}, \"absent\": {\"6\": [3]}}");
    Files.createDirectory(directory.resolve("step"));
    SplittableRandom random = new SplittableRandom(1);
    String values =
        IntStream.range(0, 100)
            .mapToObj(i -> i == 10 ? "null" : "" + ((i < 50 ? 0 : 9) + random.nextGaussian()))
            .collect(Collectors.joining(", "));
    Files.writeString(
        directory.resolve("step/step.json"),
        "{\"name\": \"step\", \"n_obs\": 100, \"time\": {\"index\": [0, 1]}, \"series\": "
            + "[{\"label\": \"V1\", \"type\": \"float\", \"raw\": ["
            + values
            + "]}]}");
    Files.writeString(
        directory.resolve("two.json"),
        "{\"series\": [{\"raw\": [1, 2]}, {\"raw\": [2, 1]}], \"name\": \"two\"}");
    Files.writeString(directory.resolve("other.json"), "{\"series\": [{\"raw\": [1]}]}");
  }

  @Test
  void series_are_read_with_their_gaps_and_marks() throws IOException {
    List<AnnotatedSeries> all = TcpdDirectory.read(directory);
    assertThat(all).extracting(AnnotatedSeries::name).containsExactly("step", "two");
    AnnotatedSeries step = all.get(0);
    assertThat(step.size()).isEqualTo(100);
    assertThat(step.values()[10]).isNaN();
    assertThat(step.annotations().values()).containsExactly(List.of(50), List.of(50));
    assertThat(step.isCalm()).isFalse();
    assertThat(all.get(1).dimensions()).isEqualTo(2);
    assertThat(all.get(1).isCalm()).isTrue();
  }

  @Test
  void one_change_is_found_where_all_have_marked_it_and_what_has_two_dimensions_is_named()
      throws Exception {
    List<String> lines =
        new TcpdPart().judge(JudgeOptions.parse("--tcpd", directory.toString()), words -> {});
    assertThat(lines.get(0)).isEqualTo("Left out, since they have several dimensions: two.");
    assertThat(lines)
        .anyMatch(
            line -> line.startsWith("| step | 100 | 1.000 | 1.000 | 0.667 | 0.500 | 1.000 |"));
    assertThat(lines).anyMatch(line -> line.startsWith("| no changes | +0.333 [+0.333, +0.333]"));
    assertThat(lines).anyMatch(line -> line.startsWith("| 180: its choice, reconstructed"));
  }

  @Test
  void a_directory_without_annotations_is_refused() {
    assertThatThrownBy(() -> TcpdDirectory.read(directory.resolve("step")))
        .hasMessageContaining("no annotations.json");
  }
}

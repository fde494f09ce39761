package io.saltus.persistence.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TensorValue.Dtype;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bytes that the documentation takes apart are those that are written. */
class DocumentedCheckpointTest {

  private static final Pattern BLOCK = Pattern.compile("```hex\n(.*?)```", Pattern.DOTALL);

  private String page;

  @BeforeEach
  void read() throws IOException {
    page = Files.readString(Path.of("../docs/formats/checkpoints.md"));
  }

  @Test
  void the_test_vector_is_written_and_read() {
    Matcher block = BLOCK.matcher(page);
    assertThat(block.find()).isTrue();
    byte[] bytes =
        Tensors.hex(
            block
                .group(1)
                .lines()
                .map(line -> line.replaceAll("#.*", "").replaceAll("\\s", ""))
                .collect(Collectors.joining()));
    assertThat(Tensors.write(Tensors.documented())).isEqualTo(bytes);
    assertThat(Tensors.read(bytes)).containsExactlyInAnyOrderElementsOf(Tensors.documented());
    assertThat(page).contains("The %d bytes".formatted(bytes.length));
  }

  @Test
  void the_digests_are_those_of_the_states() {
    assertThat(page)
        .contains("\n    " + CheckpointStore.digest(Tensors.documented()) + "\n")
        .contains("\n    " + CheckpointStore.digest(List.of()) + "\n");
  }

  /** As the documentation's Python, run by hand, wrote it. */
  @Test
  void names_are_escaped_as_other_implementations_do() {
    TensorValue tensor =
        new TensorValue(
            "a\"\\\b\t\n\f\r\u0001\u001f\u007f/é😀", Dtype.U8, List.of(1L), new byte[] {7});
    byte[] file = Tensors.write(List.of(tensor));
    assertThat(new String(file, 8, file.length - 9, StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"a\\\"\\\\\\b\\t\\n\\f\\r\\u0001\\u001f\u007f/é😀\":"
                + "{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}} ");
    assertThat(Tensors.read(file)).containsExactly(tensor);
  }
}

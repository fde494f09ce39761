package io.saltus.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The bytes that the documentation takes apart are those that are written. */
class DocumentedVectorsTest {

  private static final Pattern BLOCK = Pattern.compile("```hex\n(.*?)```", Pattern.DOTALL);

  @Test
  void frames() throws IOException {
    assertThat(blocks("frames.md")).containsExactly(golden("MetricsRecorded"));
  }

  @Test
  void events() throws IOException {
    assertThat(blocks("events.md"))
        .containsExactly(
            golden("CheckpointSaved"), golden("HistoryRewound-entirely"), golden("RunCompleted"));
  }

  @Test
  void every_event_is_described() throws IOException {
    String text = Files.readString(Path.of("../docs/formats/events.md"));
    Samples.allEvents()
        .values()
        .forEach(event -> assertThat(text).contains("`" + event.getClass().getSimpleName() + "`"));
  }

  private static List<String> blocks(String page) throws IOException {
    return BLOCK
        .matcher(Files.readString(Path.of("../docs/formats/" + page)))
        .results()
        .map(
            block ->
                block
                    .group(1)
                    .lines()
                    .map(line -> line.replaceAll("#.*", "").replaceAll("\\s", ""))
                    .collect(Collectors.joining()))
        .toList();
  }

  private static String golden(String name) throws IOException {
    return HexFormat.of().formatHex(GoldenFile.read(name).bytes());
  }
}

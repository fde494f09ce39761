package io.saltus.experiment.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Whatever a file or a setting holds, the answer is a spec or a list of problems. */
class SpecFuzzTest {

  private Path file;

  @BeforeProperty
  void create() throws IOException {
    file = Files.createTempFile("fuzz", ".conf");
  }

  @AfterProperty
  void delete() throws IOException {
    Files.delete(file);
  }

  @Property(seed = "1", tries = 1000)
  void any_bytes_are_answered(@ForAll @Size(max = 300) byte[] bytes) {
    answered(bytes, "title=x");
  }

  @Property(seed = "1", tries = 1000)
  void any_text_is_answered_as_a_source_a_file_and_a_setting(@ForAll String text) {
    answered(text.getBytes(StandardCharsets.UTF_8), "title=" + text);
    problems(SampleSpecs.read(text));
    problems(SampleSpecs.read("grokking", "x" + text + "=" + text));
  }

  /** Cuts and flips of a good spec come closer to what the parser has to stand than noise does. */
  @Property(seed = "1", tries = 1000)
  void any_damage_to_a_good_spec_is_answered(
      @ForAll int from, @ForAll int length, @ForAll byte flip) {
    byte[] text =
        ShippedSpecs.find("grokking").orElseThrow().text().getBytes(StandardCharsets.UTF_8);
    int start = Math.floorMod(from, text.length);
    int cut = Math.floorMod(length, Math.min(50, text.length - start));
    byte[] damaged = new byte[text.length - cut];
    System.arraycopy(text, 0, damaged, 0, start);
    System.arraycopy(text, start + cut, damaged, start, text.length - start - cut);
    damaged[Math.floorMod(from + length, damaged.length)] ^= flip;
    answered(damaged, "steps=5");
  }

  private void answered(byte[] bytes, String setting) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    problems(SampleSpecs.read(file.toString(), setting));
  }

  private static void problems(SpecReading reading) {
    if (reading instanceof SpecReading.Refused refused) {
      assertThat(refused.problems())
          .isNotEmpty()
          .allSatisfy(problem -> assertThat(problem.what()).isNotBlank());
    }
  }
}

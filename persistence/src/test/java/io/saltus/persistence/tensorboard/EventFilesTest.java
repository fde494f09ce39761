package io.saltus.persistence.tensorboard;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.I64Column;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.persistence.tensorboard.IndependentReader.Field;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event files of TensorBoard: what is written, and what is read of damaged ones. */
class EventFilesTest {

  private static final Instant TIME = Instant.parse("2026-11-23T12:00:00.5Z");
  private static final MetricName NAME = new MetricName("loss");

  @TempDir Path directory;

  /** What a reader heard, one line each. */
  private static final class Heard implements EventFileReader.Listener {

    private final List<String> lines = new ArrayList<>();
    private final List<Double> times = new ArrayList<>();

    @Override
    public void event(double wallTime) {
      times.add(wallTime);
    }

    @Override
    public void scalar(String tag, long step, ScalarValue value) {
      lines.add(tag + " " + step + " " + value);
    }

    @Override
    public void parameter(String name, String text) {
      lines.add(name + "=" + text);
    }

    @Override
    public void other(String what) {
      lines.add("other " + what);
    }

    @Override
    public void longRecord() {
      lines.add("long record");
    }
  }

  private Path written() throws IOException {
    Path file = directory.resolve("events.out.tfevents.1");
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
    try (EventFileWriter writer = new EventFileWriter(out, TIME)) {
      writer.parameters(
          new TreeMap<>(Map.of("lr", "0.1", "deep", "true", "kind", "sgd")), "group", TIME);
      Steps steps = Steps.of(0, 7);
      writer
          .step(0, TIME)
          .add("loss", new F32Column(NAME, steps, new float[] {0.1f, Float.NaN}), 0)
          .write();
      writer
          .step(7, TIME)
          .add("loss", new F32Column(NAME, steps, new float[] {0.1f, Float.NaN}), 1)
          .add("exact", new F64Column(NAME, steps, new double[] {0, 1e-300}), 1)
          .add("count", new I64Column(NAME, steps, new long[] {0, Long.MAX_VALUE}), 1)
          .write();
      writer.end(EventFileWriter.End.SUCCESS, TIME);
    }
    return file;
  }

  @Test
  void an_independent_reader_finds_version_steps_and_values() throws IOException {
    List<byte[]> records = IndependentReader.records(Files.readAllBytes(written()));
    List<Field> first = IndependentReader.fields(records.get(0));
    assertThat(IndependentReader.of(first, 3).get(0).asText()).isEqualTo("brain.Event:2");
    assertThat(IndependentReader.of(first, 1).get(0).asDouble()).isEqualTo(1795435200.5);
    List<Field> zero = IndependentReader.fields(records.get(2));
    assertThat(IndependentReader.of(zero, 2)).isEmpty();
    Field value =
        IndependentReader.of(
                IndependentReader.fields(IndependentReader.of(zero, 5).get(0).bytes()), 1)
            .get(0);
    List<Field> loss = IndependentReader.fields(value.bytes());
    assertThat(IndependentReader.of(loss, 1).get(0).asText()).isEqualTo("loss");
    assertThat(IndependentReader.of(loss, 2).get(0).asFloat()).isEqualTo(0.1f);
    List<Field> seven = IndependentReader.fields(records.get(3));
    assertThat(IndependentReader.of(seven, 2).get(0).value()).isEqualTo(7);
  }

  @Test
  void parameters_lie_where_the_plugin_of_hyperparameters_looks_for_them() throws IOException {
    List<byte[]> records = IndependentReader.records(Files.readAllBytes(written()));
    List<Field> value =
        IndependentReader.fields(
            IndependentReader.of(
                    IndependentReader.fields(
                        IndependentReader.of(IndependentReader.fields(records.get(1)), 5)
                            .get(0)
                            .bytes()),
                    1)
                .get(0)
                .bytes());
    assertThat(IndependentReader.of(value, 1).get(0).asText())
        .isEqualTo("_hparams_/session_start_info");
    List<Field> plugin =
        IndependentReader.fields(
            IndependentReader.of(
                    IndependentReader.fields(IndependentReader.of(value, 9).get(0).bytes()), 1)
                .get(0)
                .bytes());
    assertThat(IndependentReader.of(plugin, 1).get(0).asText()).isEqualTo("hparams");
    List<Field> data = IndependentReader.fields(IndependentReader.of(plugin, 2).get(0).bytes());
    List<Field> session = IndependentReader.fields(IndependentReader.of(data, 3).get(0).bytes());
    assertThat(IndependentReader.of(session, 1)).hasSize(3);
  }

  @Test
  void a_record_that_would_fill_the_memory_is_passed_over_and_told() throws IOException {
    Path file = directory.resolve("long.tfevents");
    // Empty values of two bytes each, which become objects of fifty.
    byte[] values = new byte[6 << 20];
    for (int i = 0; i < values.length; i += 2) {
      values[i] = 0x0a;
    }
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    event.writeBytes(new byte[] {0x2a, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x03});
    event.writeBytes(values);
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
    try (EventRecords records = new EventRecords(out)) {
      records.write(event.toByteArray(), event.size());
      byte[] other = {0x10, 0x07};
      records.write(other, other.length);
    }
    Heard heard = new Heard();
    EventFileReader.Extent extent = new EventFileReader(file).read(heard);
    assertThat(extent.damage()).isEmpty();
    assertThat(extent.records()).isEqualTo(2);
    assertThat(heard.lines).containsExactly("long record", "other ");
  }

  @Test
  void what_is_written_is_read_back_in_its_own_kind() throws IOException {
    Heard heard = new Heard();
    EventFileReader.Extent extent = new EventFileReader(written()).read(heard);
    assertThat(extent.damage()).isEmpty();
    assertThat(extent.records()).isEqualTo(5);
    assertThat(heard.lines)
        .containsExactlyInAnyOrder(
            "lr=0.1",
            "deep=true",
            "kind=sgd",
            "loss 0 " + new ScalarValue.Single(0.1f),
            "loss 7 " + new ScalarValue.Single(Float.NaN),
            "exact 7 " + new ScalarValue.Real(1e-300),
            "count 7 " + new ScalarValue.Whole(Long.MAX_VALUE));
    assertThat(heard.times).hasSize(5).containsOnly(1795435200.5);
  }

  @Test
  void an_event_without_a_time_is_told_with_none() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (EventRecords records = new EventRecords(bytes)) {
      byte[] step = {0x10, 0x07};
      records.write(step, step.length);
    }
    Path file = Files.write(directory.resolve("timeless"), bytes.toByteArray());
    Heard heard = new Heard();
    new EventFileReader(file).read(heard);
    assertThat(heard.times).containsExactly(0.0);
  }

  @Test
  void a_file_that_is_cut_anywhere_is_read_up_to_the_cut() throws IOException {
    byte[] whole = Files.readAllBytes(written());
    Heard all = new Heard();
    new EventFileReader(directory.resolve("events.out.tfevents.1")).read(all);
    Path cut = directory.resolve("cut");
    for (int length = 0; length < whole.length; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      Heard heard = new Heard();
      EventFileReader.Extent extent = new EventFileReader(cut).read(heard);
      assertThat(extent.bytes()).isLessThanOrEqualTo(length);
      assertThat(extent.damage().isPresent()).isEqualTo(extent.bytes() < length);
      assertThat(heard.lines).isEqualTo(all.lines.subList(0, heard.lines.size()));
    }
  }

  @Test
  void a_bit_that_is_flipped_anywhere_ends_the_reading_before_it() throws IOException {
    byte[] whole = Files.readAllBytes(written());
    Path flipped = directory.resolve("flipped");
    for (int place = 0; place < whole.length; place++) {
      byte[] bytes = whole.clone();
      bytes[place] ^= 0x10;
      Files.write(flipped, bytes);
      EventFileReader.Extent extent = new EventFileReader(flipped).read(new Heard());
      assertThat(extent.damage()).as("byte %d", place).isPresent();
      assertThat(extent.bytes()).isLessThanOrEqualTo(place);
    }
  }

  @Test
  void a_length_beyond_the_file_is_refused_before_anything_is_allocated() throws IOException {
    ByteBuffer header = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(0, Long.MAX_VALUE);
    header.putInt(8, new MaskedCrc().of(header.array(), 0, 8));
    Path file = Files.write(directory.resolve("huge"), header.array());
    EventFileReader.Extent extent = new EventFileReader(file).read(new Heard());
    assertThat(extent.damage()).hasValueSatisfying(why -> assertThat(why).contains("bytes"));
  }

  @Test
  void records_of_other_kinds_are_passed_over_and_counted() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (EventRecords records = new EventRecords(bytes)) {
      // Field 4, a graph; then a value with field 5, a histogram; then a field of no number yet.
      records.write(new byte[] {0x22, 1, 'g'}, 3);
      records.write(new byte[] {0x2a, 7, 0x0a, 5, 0x0a, 1, 'h', 0x2a, 0}, 9);
      records.write(new byte[] {(byte) 0x92, 0x3f, 1, 'x'}, 4);
    }
    Path file = Files.write(directory.resolve("others"), bytes.toByteArray());
    Heard heard = new Heard();
    EventFileReader.Extent extent = new EventFileReader(file).read(heard);
    assertThat(extent.damage()).isEmpty();
    assertThat(heard.lines).containsExactly("other ", "other h", "other ");
  }

  @Test
  void a_record_that_is_no_event_ends_the_reading() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (EventRecords records = new EventRecords(bytes)) {
      byte[] nonsense = "this is no message".getBytes(US_ASCII);
      records.write(nonsense, nonsense.length);
    }
    Path file = Files.write(directory.resolve("nonsense"), bytes.toByteArray());
    assertThat(new EventFileReader(file).read(new Heard()).damage())
        .contains("a record is no event");
  }

  @Test
  void the_checksum_is_that_of_tensorflow() {
    // crc32c_test.cc of TensorFlow: 32 zeros have the CRC 0x8a9136aa.
    assertThat(new MaskedCrc().of(new byte[32], 0, 32))
        .isEqualTo(((0x8a9136aa >>> 15) | (0x8a9136aa << 17)) + 0xa282ead8);
  }
}

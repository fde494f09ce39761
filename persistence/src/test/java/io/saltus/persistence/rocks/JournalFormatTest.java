package io.saltus.persistence.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.read.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The bytes of the journal, and the vectors of them in the documentation. */
class JournalFormatTest {

  private static final Instant TIME = Instant.ofEpochMilli(0x0102030405060L);
  private static final SerializedValue PAYLOAD =
      new SerializedValue(42, "M", Bytes.wrap(new byte[] {1, 2, 3}));
  private static final SerializedValue METADATA =
      new SerializedValue(-1, "", Bytes.wrap(new byte[] {9}));

  /** Lines of the form {@code name = hex} in the documentation. */
  private static Map<String, String> vectors() throws IOException {
    Path page = Path.of("..", "docs", "formats", "journal.md");
    return Files.readAllLines(page).stream()
        .filter(line -> line.matches("[a-z-]+ += [0-9a-f ]+"))
        .map(line -> line.split(" += ", 2))
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1].replace(" ", "")));
  }

  private static byte[] plainEvent(byte[] key) {
    byte[] record = EventRecord.layOut(NewEvent.of(5, TIME, PAYLOAD));
    EventRecord.seal(key, record, 17);
    return record;
  }

  private static byte[] fullEvent(byte[] key) {
    byte[] record =
        EventRecord.layOut(new NewEvent(5, TIME, "w", "a", List.of("t2", "t1"), PAYLOAD, METADATA));
    EventRecord.seal(key, record, 17);
    return record;
  }

  private static byte[] snapshot(byte[] key) {
    byte[] record = SnapshotRecord.layOut(TIME, PAYLOAD, null);
    Checksum.seal(key, record);
    return record;
  }

  @Test
  void the_documented_vectors_are_what_is_written() throws IOException {
    byte[] event = Keys.of(Keys.EVENT, 3, 5);
    byte[] snapshot = Keys.snapshot(3, 5, 0x100000002L);

    assertThat(vectors())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("format-key", hex(Keys.meta("format"))),
                Map.entry("stream-by-name-key", hex(Keys.streamByName("run|a"))),
                Map.entry("stream-by-name-value", hex(Keys.number(3))),
                Map.entry("stream-key", hex(Keys.of(Keys.STREAM, 3))),
                Map.entry("stream-value", hex(Keys.utf8("run|a"))),
                Map.entry("event-key", hex(event)),
                Map.entry("event-plain", hex(plainEvent(event))),
                Map.entry("event-full", hex(fullEvent(event))),
                Map.entry(
                    "event-emptied",
                    hex(
                        EventRecord.emptied(
                            event, EventRecord.read("run|a", event, fullEvent(event))))),
                Map.entry("offset-key", hex(Keys.of(Keys.OFFSET, 17))),
                Map.entry("offset-value", hex(Ledger.place(3, 5))),
                Map.entry("durable-key", hex(Keys.of(Keys.DURABLE, 17))),
                Map.entry("snapshot-key", hex(snapshot)),
                Map.entry("snapshot-value", hex(snapshot(snapshot)))));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void a_full_record_reads_back() {
    byte[] key = Keys.of(Keys.EVENT, 3, 5);

    assertThat(EventRecord.read("run|a", key, fullEvent(key)))
        .isEqualTo(
            new StoredEvent(
                "run|a", 5, 17, TIME, "w", "a", List.of("t1", "t2"), PAYLOAD, METADATA));
  }

  @Test
  void each_flipped_bit_of_a_record_and_each_wrong_key_is_found() {
    byte[] key = Keys.of(Keys.EVENT, 3, 5);
    byte[] record = fullEvent(key);
    for (int bit = 0; bit < record.length * 8; bit++) {
      byte[] flipped = record.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> EventRecord.read("run|a", key, flipped))
          .isInstanceOf(JournalDamagedException.class);
    }
    assertThatThrownBy(() -> EventRecord.read("run|a", Keys.of(Keys.EVENT, 3, 6), record))
        .isInstanceOf(JournalDamagedException.class);
    for (int length = 0; length < record.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(record, length);
      assertThatThrownBy(() -> EventRecord.read("run|a", key, cut))
          .isInstanceOf(JournalDamagedException.class);
    }
  }

  @Test
  void an_unknown_layout_is_refused_by_name() {
    byte[] key = Keys.of(Keys.EVENT, 3, 5);
    byte[] record = plainEvent(key);
    record[0] = 2;
    Checksum.seal(key, record);

    assertThatThrownBy(() -> EventRecord.read("run|a", key, record))
        .hasMessageContaining("event 5 of run a: its layout 2 with flags 0 is not known");
  }

  @Property(tries = 500, seed = "1")
  void keys_sort_as_their_numbers_do(
      @ForAll @LongRange(min = 0) long stream,
      @ForAll @LongRange(min = 0) long one,
      @ForAll @LongRange(min = 0) long other) {
    assertThat(
            Integer.signum(
                java.util.Arrays.compareUnsigned(
                    Keys.of(Keys.EVENT, stream, one), Keys.of(Keys.EVENT, stream, other))))
        .isEqualTo(Long.compare(one, other));
    assertThat(Keys.first(Keys.of(Keys.EVENT, stream, one))).isEqualTo(stream);
    assertThat(Keys.second(Keys.of(Keys.EVENT, stream, one))).isEqualTo(one);
  }

  @Property(tries = 500, seed = "1")
  void any_event_reads_back(
      @ForAll @LongRange(min = 1) long sequence,
      @ForAll String writer,
      @ForAll String manifest,
      @ForAll byte[] bytes,
      @ForAll int serializer) {
    byte[] key = Keys.of(Keys.EVENT, 1, sequence);
    SerializedValue payload = new SerializedValue(serializer, manifest, Bytes.wrap(bytes));
    byte[] record =
        EventRecord.layOut(
            new NewEvent(sequence, TIME, writer, manifest, List.of(writer), payload, payload));
    EventRecord.seal(key, record, sequence);

    StoredEvent read = EventRecord.read("x", key, record);
    assertThat(read.payload().bytes()).isEqualTo(payload.bytes());
    assertThat(read.serializerId()).isEqualTo(serializer);
    assertThat(read.sequence()).isEqualTo(sequence);
    assertThat(read.offset()).isEqualTo(sequence);
  }
}

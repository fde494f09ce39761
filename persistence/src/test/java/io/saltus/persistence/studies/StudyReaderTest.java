package io.saltus.persistence.studies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.event.StudyEvent.RunAssigned;
import io.saltus.experiment.event.StudyEvent.StudyDeleted;
import io.saltus.experiment.event.StudyEvent.StudyStarted;
import io.saltus.experiment.event.StudyEvent.StudySubmitted;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.codec.SampleStudies;
import io.saltus.persistence.codec.StudyEventSerializer;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.projection.StudyState;
import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.rocks.NewEvent;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.persistence.runs.UnknownEventException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Studies as they are read from a journal on disk. */
class StudyReaderTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
  private static final EventCodec<StudyEvent> CODEC = EventCodec.ofStudies();

  @TempDir private Path directory;
  private HomeLock lock;
  private RocksStore store;

  @BeforeEach
  void open() {
    lock = Home.at(directory.resolve("home")).lockForWriting("test");
    store = RocksStore.open(lock.home().journal(), StoreOptions.defaults(), CLOCK);
  }

  @AfterEach
  void close() {
    store.close();
    lock.close();
  }

  private static StudySubmitted submitted(String study) {
    StudySubmitted sample = (StudySubmitted) SampleStudies.events().get("StudySubmitted");
    return new StudySubmitted(new StudyId(study), sample.spec(), sample.code());
  }

  private void append(String study, StudyEvent... events) {
    for (StudyEvent event : events) {
      append(study, StudyEventSerializer.ID, CODEC.manifest(event), CODEC.encode(event));
    }
  }

  private void append(String study, int serializer, String manifest, byte[] bytes) {
    String stream = StudyReader.stream(new StudyId(study));
    long next;
    try (JournalReader journal = store.reader()) {
      next = journal.highestSequence(stream) + 1;
    }
    SerializedValue value = new SerializedValue(serializer, manifest, Bytes.wrap(bytes));
    store.append(stream, List.of(NewEvent.of(next, CLOCK.instant(), value))).join();
  }

  private void read(Consumer<StudyReader> reading) {
    try (JournalReader journal = store.reader()) {
      reading.accept(new StudyReader(journal));
    }
  }

  @Test
  void studies_are_listed_in_the_order_of_their_submission_and_deleted_ones_are_not() {
    append("z", submitted("z"));
    append("gone", submitted("gone"), new StudyDeleted());
    append("a", submitted("a"), new StudyStarted());
    append("z", new StudyStarted());
    read(
        studies -> {
          assertThat(studies.list())
              .extracting(entry -> entry.study().value())
              .containsExactly("z", "a");
          assertThat(studies.list()).allMatch(entry -> entry.state().started());
          assertThat(studies.names()).extracting(StudyId::value).containsExactly("a", "gone", "z");
        });
  }

  @Test
  void the_state_of_a_study_is_the_fold_of_its_events() {
    RunAssigned assigned = new RunAssigned(new TreeMap<>(), 3, new StudyId("a").run(1), false);
    append("a", submitted("a"), new StudyStarted(), assigned);
    read(
        studies -> {
          assertThat(studies.state(new StudyId("a")))
              .isEqualTo(
                  StudyState.empty()
                      .apply(submitted("a"))
                      .apply(new StudyStarted())
                      .apply(assigned));
          assertThat(studies.state(new StudyId("b"))).isEqualTo(StudyState.empty());
        });
  }

  @Test
  void a_study_is_found_by_its_name_or_by_a_beginning_that_no_other_has() {
    append("decay", submitted("decay"));
    append("decay-2", submitted("decay-2"));
    append("decoy", submitted("decoy"), new StudyDeleted());
    append("fraction", submitted("fraction"));
    read(
        studies -> {
          assertThat(studies.resolve("decay")).contains(new StudyId("decay"));
          assertThat(studies.resolve("decay-")).contains(new StudyId("decay-2"));
          assertThat(studies.resolve("f")).contains(new StudyId("fraction"));
          assertThat(studies.resolve("dec")).as("two").isEmpty();
          assertThat(studies.resolve("deco")).as("deleted").isEmpty();
          assertThat(studies.resolve("")).isEmpty();
          assertThat(studies.resolve("study|decay")).isEmpty();
        });
  }

  @Test
  void a_name_stays_taken_when_its_study_is_deleted() {
    append("a", submitted("a"), new StudyDeleted());
    read(
        studies -> {
          assertThat(studies.isTaken(new StudyId("a"))).isTrue();
          assertThat(studies.isTaken(new StudyId("b"))).isFalse();
        });
  }

  @Test
  void an_event_that_is_damaged_is_named() {
    append("a", submitted("a"));
    append("a", StudyEventSerializer.ID, "StudyRested", new byte[] {1, 2, 3});
    read(
        studies -> {
          assertThatThrownBy(() -> studies.state(new StudyId("a")))
              .isInstanceOf(JournalDamagedException.class)
              .hasMessageContaining("event 2 of study a");
          assertThatThrownBy(studies::list).isInstanceOf(JournalDamagedException.class);
          assertThat(studies.names()).containsExactly(new StudyId("a"));
        });
  }

  @Test
  void an_event_of_a_newer_version_is_named() {
    append("a", submitted("a"));
    append("a", 99, "StudyMoved", new byte[0]);
    read(
        studies ->
            assertThatThrownBy(() -> studies.state(new StudyId("a")))
                .isInstanceOf(UnknownEventException.class)
                .hasMessageContaining("study a"));
  }
}

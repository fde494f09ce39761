package io.saltus.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.persistence.read.JournalFollower;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

/**
 * What each store of the journal promises, beyond what Pekko asks of a plugin: events as written by
 * persistent actors, seen through the reader. A store's test implements this and names its system
 * and its reader.
 */
interface JournalContract {

  Duration PATIENCE = Duration.ofSeconds(20);

  /** An actor system whose plugins keep events in the store. */
  ActorTestKit system();

  /** A reader of the same store as another process would have it, closed by the caller. */
  JournalReader reader();

  private ActorRef<Notebook.Command> notebook(String id) {
    return system().spawn(Notebook.create(id));
  }

  private String keep(ActorRef<Notebook.Command> notebook, String... texts) {
    TestProbe<String> probe = system().createTestProbe();
    notebook.tell(new Notebook.Keep(List.of(texts), probe.getRef()));
    return probe.receiveMessage(PATIENCE);
  }

  private String tell(ActorRef<Notebook.Command> notebook) {
    TestProbe<String> probe = system().createTestProbe();
    notebook.tell(new Notebook.Tell(probe.getRef()));
    return probe.receiveMessage(PATIENCE);
  }

  private static String text(StoredEvent event) {
    return new String(event.bytes().toArray(), StandardCharsets.UTF_8);
  }

  private static List<StoredEvent> stream(JournalReader reader, String id) {
    List<StoredEvent> events = new ArrayList<>();
    reader.events(id, 1, Long.MAX_VALUE).forEachRemaining(events::add);
    return events;
  }

  @Test
  default void what_an_actor_confirmed_is_there_for_a_reader() {
    ActorRef<Notebook.Command> notebook = notebook("run|confirmed");
    try (JournalReader reader = reader()) {
      for (int i = 1; i <= 20; i++) {
        keep(notebook, "e" + i);
        reader.refresh();
        assertThat(reader.highestSequence("run|confirmed")).isEqualTo(i);
      }
      assertThat(stream(reader, "run|confirmed"))
          .extracting(JournalContract::text)
          .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).mapToObj(i -> "e" + i).toList());
    }
  }

  @Test
  default void numbers_of_a_stream_are_contiguous_and_offsets_increase_over_all_streams() {
    ActorRef<Notebook.Command> one = notebook("run|numbers-1");
    ActorRef<Notebook.Command> other = notebook("run|numbers-2");
    for (int i = 0; i < 5; i++) {
      keep(one, "a", "b");
      keep(other, "c");
    }
    try (JournalReader reader = reader()) {
      assertThat(reader.persistenceIds()).contains("run|numbers-1", "run|numbers-2").isSorted();
      assertThat(stream(reader, "run|numbers-1"))
          .extracting(StoredEvent::sequence)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 10).boxed().toList());
      List<StoredEvent> all = new ArrayList<>();
      reader.byOffset(1).forEachRemaining(all::add);
      assertThat(all).extracting(StoredEvent::offset).isSorted().doesNotHaveDuplicates();
      assertThat(all).last().extracting(StoredEvent::offset).isEqualTo(reader.durableOffset());
      assertThat(all)
          .filteredOn(event -> event.persistenceId().equals("run|numbers-2"))
          .isEqualTo(stream(reader, "run|numbers-2"));
    }
  }

  @Test
  default void ranges_include_both_ends_and_unknown_streams_are_empty() {
    keep(notebook("run|ranges"), "a", "b", "c", "d");
    try (JournalReader reader = reader()) {
      List<StoredEvent> events = new ArrayList<>();
      reader.events("run|ranges", 2, 3).forEachRemaining(events::add);
      assertThat(events).extracting(JournalContract::text).containsExactly("b", "c");
      assertThat(reader.events("run|ranges", 5, 9)).isExhausted();
      assertThat(reader.events("run|ranges", 3, 2)).isExhausted();
      assertThat(reader.events("run|never", 1, 9)).isExhausted();
      assertThat(reader.highestSequence("run|never")).isZero();
      assertThat(reader.latestSnapshot("run|never")).isEmpty();
    }
  }

  @Test
  default void an_actor_that_is_started_again_has_all_of_its_events() {
    ActorRef<Notebook.Command> first = notebook("run|again");
    StringBuilder expected = new StringBuilder();
    for (int i = 1; i <= 130; i++) {
      expected.append(i).append(' ');
      keep(first, i + " ");
    }
    system().stop(first, PATIENCE);

    ActorRef<Notebook.Command> second = notebook("run|again");
    assertThat(tell(second)).isEqualTo(expected.toString());
    assertThat(keep(second, "end")).isEqualTo(expected + "end");
    try (JournalReader reader = reader()) {
      assertThat(reader.highestSequence("run|again")).isEqualTo(131);
    }
  }

  @Test
  default void the_latest_snapshot_is_there_for_a_reader() {
    ActorRef<Notebook.Command> notebook = notebook("run|snapshots");
    for (int i = 1; i <= 120; i++) {
      keep(notebook, "x");
    }
    org.awaitility.Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              try (JournalReader reader = reader()) {
                var snapshot = reader.latestSnapshot("run|snapshots").orElseThrow();
                assertThat(snapshot.sequence()).isEqualTo(100);
                assertThat(snapshot.payload().bytes().toArray()).containsOnly('x').hasSize(100);
              }
            });
  }

  @Test
  default void tags_and_times_are_kept() {
    keep(notebook("run|tags"), "#one", "two");
    try (JournalReader reader = reader()) {
      List<StoredEvent> events = stream(reader, "run|tags");
      assertThat(events.get(0).tags()).containsExactly("tagged");
      assertThat(events.get(1).tags()).isEmpty();
      assertThat(events.get(1).time()).isAfterOrEqualTo(events.get(0).time());
    }
  }

  @Test
  default void followers_hand_out_each_event_once_while_many_actors_write() {
    int actors = 8;
    int each = 25;
    TestProbe<String> probe = system().createTestProbe();
    List<ActorRef<Notebook.Command>> notebooks =
        IntStream.range(0, actors).mapToObj(i -> notebook("run|many-" + i)).toList();
    try (JournalReader reader = reader()) {
      List<StoredEvent> all = new ArrayList<>();
      List<StoredEvent> one = new ArrayList<>();
      JournalFollower everything = JournalFollower.ofAll(reader, reader.durableOffset() + 1);
      JournalFollower first = JournalFollower.ofStream(reader, "run|many-0", 1);
      for (int i = 1; i <= each; i++) {
        String text = String.valueOf(i);
        notebooks.forEach(to -> to.tell(new Notebook.Keep(List.of(text), probe.getRef())));
        everything.poll(all::add);
        first.poll(one::add);
      }
      for (int i = 0; i < actors * each; i++) {
        probe.receiveMessage(PATIENCE);
      }
      everything.poll(all::add);
      first.poll(one::add);

      assertThat(all).hasSize(actors * each);
      assertThat(all).extracting(StoredEvent::offset).isSorted().doesNotHaveDuplicates();
      assertThat(one)
          .extracting(StoredEvent::sequence)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, each).boxed().toList());
      assertThat(one).isEqualTo(stream(reader, "run|many-0"));
    }
  }
}

package io.saltus.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.rocks.NewEvent;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.testkit.TestSubscriber;
import org.apache.pekko.stream.testkit.javadsl.TestSink;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksReadJournalTest {

  @TempDir Path directory;
  private RocksStore store;
  private ActorSystem system;
  private RocksReadJournal queries;

  @BeforeEach
  void start() {
    store = RocksStore.open(directory, StoreOptions.defaults(), Clock.systemUTC());
    system =
        ActorSystem.create(
            "queries",
            ActorSystemSetup.create(
                BootstrapSetup.create(JournalConfig.plugins().withFallback(ConfigFactory.load())),
                new StoreSetup(store)));
    queries =
        PersistenceQuery.get(system)
            .getReadJournalFor(RocksReadJournal.class, RocksReadJournal.IDENTIFIER);
  }

  @AfterEach
  void stop() {
    TestKit.shutdownActorSystem(system);
    store.close();
  }

  private void append(String stream, long from, long until) {
    Serialization serialization = SerializationExtension.get(system);
    int text = serialization.findSerializerFor("").identifier();
    store
        .append(
            stream,
            LongStream.rangeClosed(from, until)
                .mapToObj(
                    i ->
                        NewEvent.of(
                            i,
                            Instant.EPOCH,
                            new SerializedValue(
                                text,
                                "",
                                Bytes.wrap((stream + i).getBytes(StandardCharsets.UTF_8)))))
                .toList())
        .join();
  }

  private <T> List<T> all(Source<T, NotUsed> source) throws Exception {
    return source.runWith(Sink.seq(), system).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static EventEnvelope envelope(String stream, long sequence, long offset) {
    return EventEnvelope.apply(Offset.sequence(offset), stream, sequence, stream + sequence, 0);
  }

  @Test
  void current_queries_end_at_what_is_there() throws Exception {
    append("a", 1, 2);
    append("b", 1, 1);
    append("a", 3, 3);

    assertThat(all(queries.currentPersistenceIds())).containsExactly("a", "b");
    assertThat(all(queries.currentEventsByPersistenceId("a", 2, Long.MAX_VALUE)))
        .containsExactly(envelope("a", 2, 2), envelope("a", 3, 4));
    assertThat(all(queries.currentEventsByPersistenceId("a", 0, 1)))
        .containsExactly(envelope("a", 1, 1));
    assertThat(all(queries.currentEvents(Offset.noOffset())))
        .containsExactly(
            envelope("a", 1, 1), envelope("a", 2, 2), envelope("b", 1, 3), envelope("a", 3, 4));
    assertThat(all(queries.currentEvents(Offset.sequence(3)))).containsExactly(envelope("a", 3, 4));
  }

  @Test
  void more_events_than_a_batch_come_in_order() throws Exception {
    append("a", 1, 1000);
    store.empty("a", 500).join();

    assertThat(all(queries.currentEvents(Offset.noOffset())))
        .extracting(EventEnvelope::sequenceNr)
        .containsExactlyElementsOf(LongStream.rangeClosed(501, 1000).boxed().toList());
    assertThat(all(queries.eventsByPersistenceId("a", 1, 1000))).hasSize(500);
  }

  @Test
  void live_queries_go_on_with_what_is_written_later() {
    append("a", 1, 1);
    TestSubscriber.Probe<EventEnvelope> byStream = probe(queries.eventsByPersistenceId("a", 1, 9));
    TestSubscriber.Probe<EventEnvelope> byOffset = probe(queries.events(Offset.noOffset()));
    TestSubscriber.Probe<String> ids = probe(queries.persistenceIds());
    byStream.request(10).expectNext(envelope("a", 1, 1));
    byOffset.request(10).expectNext(envelope("a", 1, 1));
    ids.request(10).expectNext("a");

    append("b", 1, 2);
    append("a", 2, 2);
    byStream.expectNext(envelope("a", 2, 4));
    byOffset.expectNext(envelope("b", 1, 2));
    byOffset.expectNext(envelope("b", 2, 3));
    byOffset.expectNext(envelope("a", 2, 4));
    ids.expectNext("b");
    byStream.cancel();
    byOffset.cancel();
    ids.cancel();
  }

  @Test
  void a_live_query_with_an_upper_bound_ends_there() throws Exception {
    append("a", 1, 3);

    assertThat(all(queries.eventsByPersistenceId("a", 2, 3))).hasSize(2);
  }

  @Test
  void the_scala_queries_are_the_same() {
    assertThat(
            PersistenceQuery.get(system)
                .getReadJournalFor(RocksReadJournal.class, RocksReadJournal.IDENTIFIER))
        .isNotNull();
    assertThat(new RocksScalaReadJournal(queries).currentEvents(Offset.noOffset())).isNotNull();
  }

  private <T> TestSubscriber.Probe<T> probe(Source<T, NotUsed> source) {
    return source.runWith(TestSink.create(system), system);
  }
}

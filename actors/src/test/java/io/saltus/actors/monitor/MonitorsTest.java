package io.saltus.actors.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.RunEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjLongConsumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Kill;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Monitors as actors: under pressure, killed, and one after another. */
class MonitorsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ActorTestKit actors =
      ActorTestKit.create(
          "monitors",
          ConfigFactory.parseResources("io/saltus/actors/system.conf")
              .withFallback(ConfigFactory.load()));
  private final Heard heard = new Heard();

  @AfterEach
  void end() {
    actors.shutdownTestKit();
  }

  @Test
  void a_monitor_that_is_held_up_holds_up_nobody_and_catches_up_from_the_journal() {
    CountDownLatch free = new CountDownLatch(1);
    MemoryJournal journal =
        new MemoryJournal(Story.events()) {
          @Override
          public long last(RunId run) {
            await(free);
            return super.last(run);
          }
        };
    Monitors monitors = Monitors.of(journal);
    RunWatch watch = begin(monitors, "m");
    persistAll(journal, watch);
    // All of it is persisted while the monitor has not read a single event.
    assertThat(journal.said()).isEmpty();
    free.countDown();
    finish(monitors, watch);
    assertThat(journal.said()).isEqualTo(Story.said());
    assertThat(heard.said).isEqualTo(Story.said());
    assertThat(heard.behind.get(0)).isGreaterThan(Handover.MOST);
    assertThat(heard.behind.get(heard.behind.size() - 1)).isZero();
  }

  @Test
  void only_a_few_events_are_on_their_way_however_many_there_are() {
    AtomicInteger handed = new AtomicInteger();
    AtomicInteger told = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(Handover.MOST + 1);
    Handover handover = new Handover();
    ActorRef<Reader.Command> deaf =
        actors.spawn(
            Behaviors.receiveMessage(
                message -> {
                  (message instanceof Reader.Heard ? handed : told).incrementAndGet();
                  all.countDown();
                  return Behaviors.same();
                }));
    Handover.Line line = handover.open(deaf);
    for (int sequence = 1; sequence <= 1_000; sequence++) {
      handover.persisted(Story.events().get(1), sequence);
    }
    await(all);
    assertThat(handed).hasValue(Handover.MOST);
    assertThat(told).hasValue(1);
    assertThat(handover.highest()).isEqualTo(1_000);
    line.looks();
    handover.persisted(Story.events().get(1), 1_001);
    line.arrived();
    handover.persisted(Story.events().get(1), 1_002);
    assertThat(handover.highest()).isEqualTo(1_002);
  }

  @Test
  void a_monitor_that_is_killed_begins_anew_and_says_the_same() {
    CountDownLatch somethingSaid = new CountDownLatch(1);
    CountDownLatch killed = new CountDownLatch(1);
    AtomicInteger readers = new AtomicInteger();
    MemoryJournal journal =
        new MemoryJournal(Story.events()) {
          @Override
          public List<AnalysisEvent> said(RunId run) {
            readers.incrementAndGet();
            return super.said(run);
          }

          @Override
          public void append(RunId run, AnalysisEvent event) {
            super.append(run, event);
            somethingSaid.countDown();
            await(killed);
          }
        };
    Monitors monitors = Monitors.of(journal);
    RunWatch watch = begin(monitors, "m");
    persist(journal, watch, 0, 40);
    await(somethingSaid);
    kill("m");
    killed.countDown();
    persist(journal, watch, 40, Story.events().size());
    finish(monitors, watch);
    assertThat(readers).hasValue(2);
    assertThat(journal.said()).isEqualTo(Story.said());
  }

  @Test
  void an_append_that_fails_is_made_good_by_the_next_reader() {
    AtomicInteger failures = new AtomicInteger(2);
    MemoryJournal journal =
        new MemoryJournal(Story.events()) {
          @Override
          public void append(RunId run, AnalysisEvent event) {
            if (said().size() == 1 && failures.getAndDecrement() > 0) {
              throw new IllegalStateException("made up");
            }
            super.append(run, event);
          }
        };
    Monitors monitors = Monitors.of(journal);
    RunWatch watch = begin(monitors, "m");
    persistAll(journal, watch);
    finish(monitors, watch);
    assertThat(journal.said()).isEqualTo(Story.said());
  }

  @Test
  void a_monitor_that_fails_again_and_again_is_given_up_and_nobody_waits_for_it() {
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch allBegun = new CountDownLatch(1 + Monitor.REPLACEMENTS);
    MemoryJournal journal =
        new MemoryJournal(Story.events()) {
          @Override
          public void read(RunId run, long from, long until, ObjLongConsumer<RunEvent> consumer) {
            begun.incrementAndGet();
            allBegun.countDown();
            throw new IllegalStateException("made up");
          }
        };
    Monitors monitors = Monitors.of(journal);
    RunWatch watch = begin(monitors, "m");
    persistAll(journal, watch);
    await(allBegun);
    finish(monitors, watch);
    watch.persisted(Story.events().get(1), Story.events().size() + 1);
    assertThat(begun).hasValue(1 + Monitor.REPLACEMENTS);
    assertThat(journal.said()).isEmpty();
  }

  @Test
  void the_next_monitor_of_a_run_waits_for_the_one_before() {
    CountDownLatch free = new CountDownLatch(1);
    MemoryJournal journal =
        new MemoryJournal(Story.events()) {
          @Override
          public void append(RunId run, AnalysisEvent event) {
            await(free);
            super.append(run, event);
          }
        };
    Monitors monitors = Monitors.of(journal);
    RunWatch first = begin(monitors, "first");
    persistAll(journal, first);
    first.finish();
    RunWatch second = begin(monitors, "second");
    second.persisted(Story.events().get(0), 1);
    second.finish();
    free.countDown();
    monitors.awaitFinished(PATIENCE);
    assertThat(journal.said()).isEqualTo(Story.said());
  }

  private RunWatch begin(Monitors monitors, String name) {
    CountDownLatch begun = new CountDownLatch(1);
    RunWatch[] watch = new RunWatch[1];
    actors.spawn(
        Behaviors.<Done>setup(
            context -> {
              watch[0] = monitors.begin(context, name, Story.RUN, heard);
              begun.countDown();
              return Behaviors.empty();
            }),
        "parent-" + name);
    await(begun);
    return watch[0];
  }

  private static void persistAll(MemoryJournal journal, RunWatch watch) {
    persist(journal, watch, 0, Story.events().size());
  }

  private static void persist(MemoryJournal journal, RunWatch watch, int from, int until) {
    for (int i = from; i < until; i++) {
      journal.durable(i + 1);
      watch.persisted(Story.events().get(i), i + 1);
    }
  }

  private static void finish(Monitors monitors, RunWatch watch) {
    watch.finish();
    monitors.awaitFinished(PATIENCE);
  }

  private void kill(String monitor) {
    Adapter.toClassic(actors.system())
        .actorSelection("/user/parent-" + monitor + "/" + monitor + "/reader-*")
        .tell(Kill.getInstance(), org.apache.pekko.actor.ActorRef.noSender());
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("not reached in time");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** What a listener hears. */
  private static final class Heard implements MonitorListener {
    private final List<AnalysisEvent> said = new CopyOnWriteArrayList<>();
    private final List<Long> behind = new CopyOnWriteArrayList<>();

    @Override
    public void said(AnalysisEvent event) {
      said.add(event);
    }

    @Override
    public void behind(long events) {
      behind.add(events);
    }

    @Override
    public void wantsCheckpoint() {}
  }
}

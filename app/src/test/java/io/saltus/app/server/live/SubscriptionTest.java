package io.saltus.app.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.saltus.actors.RunListener;
import io.saltus.app.RunOrder;
import io.saltus.app.RunPlan;
import io.saltus.app.Saltus;
import io.saltus.app.Tools;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.experiment.RunId;
import io.saltus.experiment.session.Program;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.index.RunIndexFile;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One reader of a feed that keeps four events at hand. */
@Timeout(120)
class SubscriptionTest {

  private static final StateLines NOTHING =
      new StateLines() {
        @Override
        public Optional<String> run(RunId run) {
          return Optional.of("{\"run\":\"" + run + "\"}");
        }

        @Override
        public String devices() {
          return "{}";
        }
      };

  @TempDir Path directory;
  private final List<Program> programs = List.of(new ScriptedProgram(Script.learning()));
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private Saltus saltus;
  private Feed feed;

  @BeforeEach
  void begin() {
    saltus =
        Saltus.open(
            directory,
            new Tools(
                programs, List.of(), Clock.systemUTC(), System::nanoTime, new Random(7), "test"));
    feed =
        Feed.start(
            saltus.journal(),
            RunIndexFile.at(Home.at(directory).runIndex()),
            new Feed.Limits(4, Long.MAX_VALUE));
  }

  @AfterEach
  void end() throws InterruptedException {
    feed.close();
    thread.shutdownNow();
    thread.awaitTermination(1, TimeUnit.MINUTES);
    saltus.close();
  }

  private void run(String name) {
    RunOrder order =
        new RunOrder(
            RunPlan.of(ScriptedProgram.spec(100), programs),
            Optional.of(new RunId(name)),
            new TreeMap<>(),
            Optional.empty(),
            Optional.empty());
    saltus.settle(saltus.start(order, RunListener.none()));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> feed.offset() == saltus.journal().durableOffset());
  }

  private Subscription subscribe(Optional<Long> after) {
    Topics topics = Topics.parse(List.of("run:a", "runs")).orElseThrow();
    return new Subscription(feed, topics, NOTHING, after, thread);
  }

  private static Optional<String> next(Subscription subscription)
      throws ExecutionException, InterruptedException, TimeoutException {
    return subscription
        .next()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS)
        .map(ByteString::utf8String);
  }

  @Test
  void a_reader_that_was_up_to_date_and_fell_behind_is_told_and_ends() throws Exception {
    Subscription slow = subscribe(Optional.empty());
    String hello = next(slow).orElseThrow();
    assertThat(hello).contains("event: hello");
    String id = hello.replaceFirst("(?s)id: (\\d+)\n.*", "$1");

    run("a");

    assertThat(next(slow)).contains("event: lagging\ndata: {\"from\":" + id + "}\n\n");
    assertThat(next(slow)).isEmpty();
  }

  @Test
  void a_reader_that_comes_back_reads_what_is_no_longer_at_hand_from_the_journal()
      throws Exception {
    run("a");
    Subscription late = subscribe(Optional.of(0L));

    StringBuilder heard = new StringBuilder();
    while (!heard.toString().contains("RunCompleted")) {
      heard.append(next(late).orElseThrow());
    }

    assertThat(heard.toString())
        .startsWith("id: 0\nevent: hello")
        .contains("\"sequence\":1,", "RunSubmitted")
        .doesNotContain("lagging");
  }

  @Test
  void a_summary_that_was_held_back_when_a_reader_was_cut_off_is_told_again() throws Exception {
    run("a");
    Subscription again = subscribe(Optional.of(feed.offset()));

    assertThat(next(again).orElseThrow()).contains("event: summary\ndata: {\"run\":\"a\"}");
  }

  @Test
  void summaries_come_in_parts_that_are_bounded_and_none_is_missed() throws Exception {
    int each = 100_000;
    for (int i = 0; i < 6; i++) {
      run("run" + i);
    }
    StateLines large =
        new StateLines() {
          @Override
          public Optional<String> run(RunId run) {
            return Optional.of("{\"run\":\"" + run + "\",\"x\":\"" + "x".repeat(each) + "\"}");
          }

          @Override
          public String devices() {
            return "{}";
          }
        };
    Topics topics = Topics.parse(List.of("runs")).orElseThrow();
    Subscription all = new Subscription(feed, topics, large, Optional.of(feed.offset()), thread);

    Set<String> heard = new TreeSet<>();
    while (heard.size() < 6) {
      String part = next(all).orElseThrow();
      assertThat(part.length()).isLessThan((256 << 10) + 2 * each);
      Matcher found = Pattern.compile("\"run\":\"(run\\d)\"").matcher(part);
      while (found.find()) {
        heard.add(found.group(1));
      }
    }
    assertThat(heard).hasSize(6);
  }

  @Test
  void a_burst_opens_no_more_streams_than_there_may_be() {
    Streams streams = new Streams(feed, NOTHING, thread, 2);
    Topics topics = Topics.parse(List.of("runs")).orElseThrow();
    List<Source<ByteString, NotUsed>> asked = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      asked.add(streams.open(topics, Optional.empty()));
    }
    ActorSystem system = ActorSystem.create("streams");
    try {
      List<CompletionStage<Done>> read =
          asked.stream().map(each -> each.runWith(Sink.ignore(), system)).toList();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> read.stream().filter(each -> each.toCompletableFuture().isDone()).count() == 3);
      assertThat(streams.open()).isEqualTo(2);
      assertThatThrownBy(() -> streams.open(topics, Optional.empty()))
          .isInstanceOf(HttpProblem.class)
          .hasMessageContaining("too many streams");
      feed.close();
      await().atMost(Duration.ofSeconds(30)).until(() -> streams.open() == 0);
    } finally {
      system.terminate();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> system.getWhenTerminated().toCompletableFuture().isDone());
    }
  }

  @Test
  void who_ends_is_not_asked_any_more() throws Exception {
    Subscription subscription = subscribe(Optional.empty());
    next(subscription);
    subscription.end();
    assertThat(next(subscription)).isEmpty();
  }
}

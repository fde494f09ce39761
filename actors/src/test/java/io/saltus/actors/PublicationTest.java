package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.saltus.experiment.event.RunEvent;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Who hears what when. */
class PublicationTest {

  private static final String SMALL = "saltus.actors.chunk-steps = 5";

  @Test
  void nothing_is_heard_before_it_is_journalled() {
    List<String> early = Collections.synchronizedList(new ArrayList<>());
    try (Stage stage = new Stage(Script.learning(), SMALL, System::nanoTime)) {
      stage.run(
          "a",
          ScriptedProgram.spec(500),
          (event, sequence) -> {
            List<RunEvent> journalled = stage.journalled("a");
            if (journalled.size() < sequence || !journalled.get((int) sequence - 1).equals(event)) {
              early.add(sequence + " " + event);
            }
          });
    }
    assertThat(early).isEmpty();
  }

  @Test
  void events_are_heard_in_order_and_once() {
    Recorded heard = new Recorded();
    try (Stage stage = new Stage(Script.learning(), SMALL, System::nanoTime)) {
      stage.run("a", ScriptedProgram.spec(500), heard);
    }
    assertThat(heard.sequences())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, heard.events().size()).boxed().toList());
  }

  @Test
  void no_more_than_two_chunks_are_on_their_way() {
    List<String> ahead = Collections.synchronizedList(new ArrayList<>());
    Recorded heard = new Recorded();
    try (Stage stage = new Stage(Script.learning(), SMALL, System::nanoTime)) {
      stage.run(
          "a",
          ScriptedProgram.spec(500),
          (event, sequence) -> {
            heard.persisted(event, sequence);
            if (event instanceof RunEvent.MetricsRecorded) {
              // The frame that is heard now is durable; one more may have been asked for.
              int asked = stage.program.sessions().get(0).chunks().size();
              if (asked > heard.frames().size() + 1) {
                ahead.add(asked + " asked, " + heard.frames().size() + " durable");
              }
            }
          });
    }
    assertThat(ahead).isEmpty();
    assertThat(heard.frames()).hasSizeGreaterThan(50);
  }

  @Test
  void no_thread_is_left_behind() {
    try (Stage stage = new Stage(Script.learning())) {
      stage.run("a", ScriptedProgram.spec(50), RunListener.none());
    }
    // Idle threads of the dispatchers end within a second of their system.
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("saltus-")));
  }
}

package io.saltus.actors.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.analysis.monitor.RunMonitor;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.AnalysisEvent.JumpDetected;
import io.saltus.experiment.event.AnalysisEvent.JumpSuspected;
import io.saltus.experiment.event.AnalysisEvent.JumpWithdrawn;
import io.saltus.experiment.event.AnalysisEvent.Remark;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What is said of a run, by processes that die at any time. */
class CommentaryTest {

  @Test
  void the_story_has_a_jump_that_is_taken_back_by_a_rewind_and_found_again() {
    List<AnalysisEvent> ofAccuracy =
        Story.said().stream().filter(event -> event.toString().contains("accuracy")).toList();
    assertThat(ofAccuracy.stream().<Class<?>>map(AnalysisEvent::getClass))
        .containsExactly(
            JumpSuspected.class, JumpDetected.class, JumpWithdrawn.class, JumpDetected.class);
    JumpWithdrawn taken = (JumpWithdrawn) ofAccuracy.get(2);
    assertThat(taken.reason()).isEqualTo("history was rewound to step 799");
    assertThat(ofAccuracy.get(3)).isEqualTo(ofAccuracy.get(1));
    assertThat(((JumpDetected) ofAccuracy.get(1)).jump().midpoint()).isBetween(690.0, 710.0);
  }

  @Property(tries = 6, seed = "20261126")
  void killed_anywhere_a_monitor_says_the_same_and_nothing_twice(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int deaths) {
    SplittableRandom random = new SplittableRandom(seed);
    List<AnalysisEvent> journalled = new ArrayList<>();
    for (int death = 0; death < deaths; death++) {
      live(journalled, 1 + random.nextInt(Story.events().size()), random.nextInt(5));
    }
    live(journalled, Story.events().size(), Integer.MAX_VALUE);
    assertThat(journalled).isEqualTo(Story.said());
  }

  /** A process that folds from the beginning and dies after some events, or before an append. */
  private static void live(List<AnalysisEvent> journalled, int events, int appends) {
    MemoryJournal journal = new MemoryJournal(Story.events());
    journal.durable(events);
    Words words = Words.of(journalled);
    Commentary commentary = new Commentary(Story.RUN, journal);
    int left = appends;
    for (int i = 0; i < events; i++) {
      for (Remark remark : commentary.on(Story.events().get(i), i + 1)) {
        if (!words.take(remark)) {
          if (left-- == 0) {
            return;
          }
          journalled.add(remark);
        }
      }
    }
  }

  @Test
  void what_another_version_said_is_not_what_this_one_says() {
    JumpSuspected other =
        new JumpSuspected("online-watch", 999, Story.ACCURACY, 700, 690, 40, true);
    JumpSuspected analyst = new JumpSuspected("somebody", 1, Story.ACCURACY, 700, 690, 40, true);
    Words words = Words.of(List.of(other, analyst));
    assertThat(
            words.take(
                new JumpSuspected(
                    RunMonitor.DETECTOR, RunMonitor.VERSION, Story.ACCURACY, 700, 690, 40, true)))
        .isFalse();
  }
}

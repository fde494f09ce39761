package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.RunEnqueued;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.persistence.testkit.JournalOperation;
import org.apache.pekko.persistence.testkit.ProcessingPolicy;
import org.apache.pekko.persistence.testkit.ProcessingResult;
import org.apache.pekko.persistence.testkit.ProcessingSuccess;
import org.apache.pekko.persistence.testkit.WriteEvents;
import org.junit.jupiter.api.Test;

/** Many runs that are submitted at once. */
class QueueingTest {

  private static final int RUNS = 200;

  /** Lets everything pass and counts what is written to the supervisor's stream. */
  private static final class Counted implements ProcessingPolicy<JournalOperation> {
    private final AtomicInteger writes = new AtomicInteger();

    @Override
    public ProcessingResult tryProcess(String stream, JournalOperation operation) {
      if (stream.equals("supervisor|main") && operation instanceof WriteEvents) {
        writes.incrementAndGet();
      }
      return ProcessingSuccess.getInstance();
    }
  }

  @Test
  void those_that_arrive_while_the_journal_is_busy_are_queued_by_one_write() {
    Mishap.Hang hang = Mishap.Hang.once();
    try (Stage stage = new Stage(Script.learning().with(1, hang))) {
      Counted counted = new Counted();
      stage.journal.withPolicy(counted);
      List<CompletionStage<RunHandle>> asked = new ArrayList<>();
      for (int run = 0; run < RUNS; run++) {
        asked.add(
            stage.supervision.submit(
                Stage.submission("r" + run, ScriptedProgram.spec(1)), RunListener.none()));
      }
      asked.forEach(Stage::await);

      assertThat(stage.journalled("supervisor|main", SupervisorEvent.class))
          .filteredOn(RunEnqueued.class::isInstance)
          .extracting(each -> ((RunEnqueued) each).run().value())
          .hasSize(RUNS)
          .doesNotHaveDuplicates();
      assertThat(counted.writes.get()).isLessThan(RUNS / 2);
      hang.released().countDown();
    }
  }
}

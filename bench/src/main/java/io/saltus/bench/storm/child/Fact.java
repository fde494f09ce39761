package io.saltus.bench.storm.child;

import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.CheckpointDropped;
import io.saltus.experiment.event.RunEvent.CheckpointRejected;
import io.saltus.experiment.event.RunEvent.CheckpointSaved;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import java.util.Optional;

/**
 * An event of the run that was acknowledged, as it stands on a line between the processes.
 *
 * @param sequence its number in the run's stream
 * @param type of the event
 * @param step the last step that it tells of; -1 where it tells of none
 * @param digest of the checkpoint's file; {@code -} where it tells of none
 */
public record Fact(long sequence, String type, long step, String digest) {

  private static final String WORD = "ack";
  private static final String NONE = "-";

  /** The fact that an event is durable. */
  public static Fact of(RunEvent event, long sequence) {
    String type = event.getClass().getSimpleName();
    if (event instanceof MetricsRecorded recorded) {
      return new Fact(sequence, type, recorded.frame().until(), NONE);
    }
    if (event instanceof CheckpointSaved saved) {
      return new Fact(sequence, type, saved.step(), saved.sha256().hex());
    }
    if (event instanceof CheckpointDropped dropped) {
      return new Fact(sequence, type, -1, dropped.sha256().hex());
    }
    if (event instanceof CheckpointRejected rejected) {
      return new Fact(sequence, type, -1, rejected.sha256().hex());
    }
    return new Fact(sequence, type, -1, NONE);
  }

  /** Reads a line's words; empty when it says something else. */
  static Optional<Fact> parse(String line) {
    String[] words = line.split(" ", -1);
    return words.length == 5 && words[0].equals(WORD)
        ? Optional.of(
            new Fact(Long.parseLong(words[1]), words[2], Long.parseLong(words[3]), words[4]))
        : Optional.empty();
  }

  /** Whether it promises a checkpoint's file. */
  public boolean isCheckpoint() {
    return type.equals("CheckpointSaved");
  }

  /** Whether it says that a checkpoint's file is not what it was. */
  public boolean rejects(String checkpoint) {
    return type.equals("CheckpointRejected") && digest.equals(checkpoint);
  }

  String line() {
    return String.join(" ", WORD, Long.toString(sequence), type, Long.toString(step), digest);
  }
}

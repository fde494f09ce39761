package io.saltus.actors.study;

import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.spec.SpecSchema;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A study that this process is to bring to its end, new or begun before.
 *
 * @param first journalled before anything else: its submission when it is new, and what has changed
 * @param schema that makes the runs of its plan
 * @param parallel how many of its runs wait or work at a time, at least 1
 * @param failedAgain whether runs that failed go on, and cancelled ones are begun anew; each once
 * @param reuse whether finished runs of the home that compute the same are taken
 * @param desk has runs done
 * @param listener hears how it goes on
 * @param settled completed when it has come to rest
 * @param round what was begun for it so far
 */
public record StudyOrder(
    StudyId study,
    List<StudyEvent> first,
    SpecSchema schema,
    int parallel,
    boolean failedAgain,
    boolean reuse,
    RunDesk desk,
    StudyListener listener,
    CompletableFuture<StudyEnd> settled,
    Round round) {

  /** One for which nothing was begun yet. */
  public StudyOrder(
      StudyId study,
      List<StudyEvent> first,
      SpecSchema schema,
      int parallel,
      boolean failedAgain,
      boolean reuse,
      RunDesk desk,
      StudyListener listener,
      CompletableFuture<StudyEnd> settled) {
    this(study, first, schema, parallel, failedAgain, reuse, desk, listener, settled, new Round());
  }

  /** Copies the events. */
  public StudyOrder {
    first = List.copyOf(first);
    if (parallel < 1) {
      throw new IllegalArgumentException(parallel + " runs at a time");
    }
  }
}

package io.saltus.actors.study;

import io.saltus.experiment.event.StudyEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * What a study does next.
 *
 * @param events journalled at once
 * @param then done when they are durable
 */
record StudyMove(List<StudyEvent> events, List<Runnable> then) {

  StudyMove {
    events = List.copyOf(events);
    then = List.copyOf(then);
  }

  /** Nothing. */
  static StudyMove none() {
    return new StudyMove(List.of(), List.of());
  }

  static StudyMove of(StudyEvent event, Runnable then) {
    return new StudyMove(List.of(event), List.of(then));
  }

  boolean isNothing() {
    return events.isEmpty() && then.isEmpty();
  }

  /** Both, in this order. */
  StudyMove and(StudyMove next) {
    List<StudyEvent> allEvents = new ArrayList<>(events);
    allEvents.addAll(next.events);
    List<Runnable> allThen = new ArrayList<>(then);
    allThen.addAll(next.then);
    return new StudyMove(allEvents, allThen);
  }
}

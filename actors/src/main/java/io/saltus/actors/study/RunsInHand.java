package io.saltus.actors.study;

import io.saltus.experiment.RunId;
import io.saltus.persistence.projection.Assignments.Place;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a study has under way, from the first look for a run to the end of what follows on it. */
final class RunsInHand {

  private final Set<RunId> ever = new HashSet<>();
  private final Set<RunId> beginning = new LinkedHashSet<>();
  private final Set<RunId> working = new LinkedHashSet<>();
  private final Set<RunId> finishing = new LinkedHashSet<>();
  private final Set<RunId> straying = new LinkedHashSet<>();
  private final Set<Place> comparing = new HashSet<>();
  private int leftToRest;

  /** A run of somebody else is looked for that could stand at a place. */
  void comparing(Place place) {
    comparing.add(place);
  }

  void compared(Place place) {
    comparing.remove(place);
  }

  boolean compares(Place place) {
    return comparing.contains(place);
  }

  void beginning(RunId run) {
    ever.add(run);
    beginning.add(run);
  }

  /** Whether it was in hand once. */
  boolean hadBegun(RunId run) {
    return ever.contains(run);
  }

  void begun(RunId run) {
    beginning.remove(run);
    working.add(run);
  }

  /** A run that has come to its end goes on beyond it, at once. */
  void goesOn(RunId run) {
    finishing.remove(run);
    beginning.add(run);
  }

  /** Whether something is under way with a run. */
  boolean has(RunId run) {
    return beginning.contains(run) || working.contains(run) || finishing.contains(run);
  }

  void refused(RunId run) {
    beginning.remove(run);
  }

  /**
   * @param complete whether something follows on it
   * @param goesOn whether it can go on another time
   */
  void rested(RunId run, boolean complete, boolean goesOn) {
    working.remove(run);
    if (complete) {
      finishing.add(run);
    }
    leftToRest += goesOn ? 1 : 0;
  }

  void finished(RunId run) {
    finishing.remove(run);
  }

  /** A run that an earlier actor of the study began is to rest before it was joined. */
  void straying(RunId run) {
    straying.add(run);
  }

  void strayed(RunId run) {
    straying.remove(run);
  }

  /** Those that can be brought to rest, as they are now. */
  List<RunId> working() {
    return List.copyOf(working);
  }

  /** How many have come to rest and are not at their end. */
  int leftToRest() {
    return leftToRest;
  }

  boolean room(int parallel, int mostFinishing) {
    return beginning.size() + working.size() + comparing.size() < parallel
        && finishing.size() < mostFinishing;
  }

  boolean none() {
    return beginning.isEmpty()
        && working.isEmpty()
        && finishing.isEmpty()
        && straying.isEmpty()
        && comparing.isEmpty();
  }
}

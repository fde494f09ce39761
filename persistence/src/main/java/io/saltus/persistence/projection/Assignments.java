package io.saltus.persistence.projection;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.StudyEvent.RunAssigned;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import scala.collection.immutable.HashMap;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/**
 * Which run stands at which place of a study's plan. Immutable; a study may have a hundred thousand
 * runs, so with one more it shares almost all of itself with what it was.
 */
public final class Assignments {

  private static final Assignments NONE = new Assignments(emptyMap(), emptyMap(), 0);

  private final HashMap<Place, RunAssigned> byPlace;
  private final HashMap<RunId, RunAssigned> byRun;
  private final long own;

  /**
   * A place of the plan.
   *
   * @param axes the values of the axes that apply there, canonical
   * @param seed of the run
   */
  public record Place(SortedMap<String, String> axes, long seed) {
    /** Copies the values. */
    public Place {
      axes = Collections.unmodifiableSortedMap(new TreeMap<>(axes));
    }
  }

  private Assignments(
      HashMap<Place, RunAssigned> byPlace, HashMap<RunId, RunAssigned> byRun, long own) {
    this.byPlace = byPlace;
    this.byRun = byRun;
    this.own = own;
  }

  private static <K, V> HashMap<K, V> emptyMap() {
    return HashMap.<K, V>from(CollectionConverters.asScala(java.util.Map.<K, V>of()));
  }

  static Assignments none() {
    return NONE;
  }

  Assignments with(RunAssigned assigned) {
    // A study may reuse what it has computed itself: that stays its own.
    boolean kept = assigned.reused() && of(assigned.run()).filter(own -> !own.reused()).isPresent();
    return new Assignments(
        byPlace.updated(new Place(assigned.axes(), assigned.seed()), assigned),
        kept ? byRun : byRun.updated(assigned.run(), assigned),
        assigned.reused() ? own : own + 1);
  }

  /** The run at a place. */
  public Optional<RunAssigned> at(Place place) {
    return OptionConverters.toJava(byPlace.get(place));
  }

  /** The place that a run was given: the one that it was begun for, else the last. */
  public Optional<RunAssigned> of(RunId run) {
    return OptionConverters.toJava(byRun.get(run));
  }

  /** The runs that stand at a place now, in no order. */
  public Iterable<RunAssigned> all() {
    return CollectionConverters.asJava(byPlace.values());
  }

  /** Every run that ever stood at a place and was the study's own, in no order. */
  public Iterable<RunAssigned> ever() {
    return CollectionConverters.asJavaCollection(byRun.values()).stream()
        .filter(assigned -> !assigned.reused())
        .toList();
  }

  /** How many places have a run. */
  public int size() {
    return byPlace.size();
  }

  /** How many runs the study has had of its own. */
  public long own() {
    return own;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Assignments same
        && byPlace.equals(same.byPlace)
        && byRun.equals(same.byRun)
        && own == same.own;
  }

  @Override
  public int hashCode() {
    return byPlace.hashCode();
  }

  @Override
  public String toString() {
    return "Assignments[" + byPlace.size() + "]";
  }
}

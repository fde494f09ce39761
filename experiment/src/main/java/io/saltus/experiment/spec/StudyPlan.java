package io.saltus.experiment.spec;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The runs of a study, in an order that is always the same: cell by cell, the axis whose path comes
 * last changing fastest, and within a cell seed by seed. They are made while they are read, so a
 * plan of a hundred thousand runs is as small as one of ten.
 */
public final class StudyPlan {

  /** A study of more runs than this should be asked for twice. */
  public static final long MANY_RUNS = 100_000;

  private final Study study;
  private final SpecSchema schema;
  private final StudyLattice lattice;
  private final CellObjects objects;
  private final List<Long> seeds;
  private final long cells;

  private StudyPlan(ExperimentSpec spec, Study study, SpecSchema schema) {
    this.study = study;
    this.schema = schema;
    this.lattice = StudyLattice.of(study);
    this.cells = lattice.count();
    this.objects = CellObjects.of(spec, study);
    this.seeds =
        study.seeds().isEmpty() ? List.of(CellObjects.ownSeed(spec, study)) : study.seeds();
  }

  /**
   * The plan of a spec that was accepted, just now or when it was persisted.
   *
   * @param spec has a study
   * @throws IllegalArgumentException when it has none
   */
  public static StudyPlan of(ExperimentSpec spec, SpecSchema schema) {
    return new StudyPlan(
        spec,
        spec.study()
            .orElseThrow(() -> new IllegalArgumentException(spec.experiment() + " is not a study")),
        schema);
  }

  /** How many cells; {@code Long.MAX_VALUE} where they are too many to be counted. */
  public long cells() {
    return cells;
  }

  /** How many runs; {@code Long.MAX_VALUE} where they are too many to be counted. */
  public long runs() {
    return StudyLattice.times(cells, seeds.size());
  }

  /** The seeds of each cell. */
  public List<Long> seeds() {
    return seeds;
  }

  /** The values of the axes of all cells, in order, made one by one. */
  public Stream<SortedMap<String, String>> axes() {
    return stream(lattice.iterator()).map(this::values);
  }

  /**
   * All runs, in order, made one by one.
   *
   * @return a stream that throws {@link IllegalArgumentException} at a run whose spec the schema
   *     does not accept: one of a study that was never read against it, or had too many cells to be
   *     checked at once
   */
  public Stream<PlannedRun> planned() {
    return stream(new Numbered(lattice.iterator()))
        .flatMap(
            cell -> seeds.stream().map(seed -> run(cell.number(), values(cell.places()), seed)));
  }

  /**
   * One run.
   *
   * @param cell its number among {@link #axes}
   * @param axes the values of the axes there
   * @param seed the seed, also one that the study does not list
   * @throws IllegalArgumentException when the schema does not accept its spec
   */
  public PlannedRun run(long cell, SortedMap<String, String> axes, long seed) {
    SortedMap<String, ConfigValue> values = new TreeMap<>();
    axes.forEach((path, text) -> values.put(path, ConfigValueFactory.fromAnyRef(text)));
    Problems problems = new Problems(Set.of());
    ExperimentSpec spec =
        new SpecBinder(schema, PathRules.ANY, problems)
            .bind(objects.with(values, seed), "study")
            .spec();
    if (!problems.isEmpty()) {
      SpecProblem first = problems.all().get(0);
      throw new IllegalArgumentException("cell " + axes + ": " + first.path() + " " + first.what());
    }
    return new PlannedRun(cell, axes, seed, spec, SpecDigest.of(spec, schema));
  }

  private static <T> Stream<T> stream(Iterator<T> iterator) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED), false);
  }

  private SortedMap<String, String> values(SortedMap<String, Integer> places) {
    SortedMap<String, String> values = new TreeMap<>();
    places.forEach((path, place) -> values.put(path, study.values(path).get(place)));
    return values;
  }

  private record Cell(long number, SortedMap<String, Integer> places) {}

  private static final class Numbered implements Iterator<Cell> {

    private final Iterator<SortedMap<String, Integer>> places;
    private long next;

    Numbered(Iterator<SortedMap<String, Integer>> places) {
      this.places = places;
    }

    @Override
    public boolean hasNext() {
      return places.hasNext();
    }

    @Override
    public Cell next() {
      return new Cell(next++, places.next());
    }
  }
}

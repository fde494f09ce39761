package io.saltus.persistence.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.experiment.random.Philox;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Series that are thinned while they are read. */
class SeriesThinnerTest {

  private static final MetricName LOSS = new MetricName("loss");
  private static final int VALUES = 300_000;
  private static final int UP = 123_456;
  private static final int DOWN = 123_457;
  private static final int NAN = 222_222;

  private final Philox random = new Philox(3);

  private float value(long step) {
    return step == UP
        ? 100
        : step == DOWN ? -100 : step == NAN ? Float.NaN : (float) random.unit(step, 1);
  }

  /** Columns of 1 to 3,000 values. */
  private SeriesThinner added(int values, int points) {
    SeriesThinner thinner = new SeriesThinner(LOSS, points);
    int begin = 0;
    for (int column = 0; begin < values; column++) {
      int first = begin;
      int end = Math.min(values, begin + 1 + (int) (3_000 * random.unit(column, 2)));
      float[] numbers = new float[end - first];
      IntStream.range(first, end).forEach(step -> numbers[step - first] = value(step));
      thinner.add(new F32Column(LOSS, Steps.of(LongStream.range(first, end).toArray()), numbers));
      assertThat(thinner.held()).isLessThanOrEqualTo(Math.max(points, 16));
      begin = end;
    }
    return thinner;
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 20, 60, 2_000, 20_000})
  void first_last_and_what_stands_out_are_kept_however_few_are_asked_for(int points) {
    ThinnedSeries thinned = added(VALUES, points).thinned();

    List<Long> steps = thinned.points().stream().map(Point::step).toList();
    assertThat(thinned.total()).isEqualTo(VALUES);
    assertThat(steps).hasSizeLessThanOrEqualTo(points).isSorted().doesNotHaveDuplicates();
    assertThat(steps).contains((long) UP, (long) DOWN, (long) NAN);
    if (points > 5) {
      assertThat(steps).startsWith(0L).endsWith(VALUES - 1L).hasSizeGreaterThan(points / 3);
    }
    assertThat(thinned.points())
        .allSatisfy(
            point ->
                assertThat(Float.compare((float) point.number(), value(point.step())))
                    .as("%s", point)
                    .isZero());
  }

  @Test
  void stretches_are_of_about_equal_count_over_the_whole_series() {
    List<Long> steps = added(VALUES, 400).thinned().points().stream().map(Point::step).toList();

    for (int part = 0; part < 10; part++) {
      int from = VALUES / 10 * part;
      assertThat(steps.stream().filter(step -> step >= from && step < from + VALUES / 10))
          .as("part %d", part)
          .hasSizeBetween(16, 60);
    }
  }

  @Test
  void who_asks_on_the_way_changes_nothing_of_what_comes_out_in_the_end() {
    SeriesThinner asked = new SeriesThinner(LOSS, 100);
    SeriesThinner unasked = new SeriesThinner(LOSS, 100);
    for (int first = 0; first < VALUES; first += 500) {
      int from = first;
      float[] numbers = new float[500];
      IntStream.range(0, 500).forEach(place -> numbers[place] = value(from + place));
      F32Column column =
          new F32Column(LOSS, Steps.of(LongStream.range(from, from + 500).toArray()), numbers);
      asked.add(column);
      unasked.add(column);
      assertThat(asked.thinned().total()).isEqualTo(from + 500);
    }
    assertThat(asked.thinned()).isEqualTo(unasked.thinned());
  }

  @Test
  void all_are_kept_where_there_are_no_more_than_were_asked_for() {
    assertThat(added(2_000, 2_000).thinned().points())
        .extracting(Point::step)
        .containsExactlyElementsOf(LongStream.range(0, 2_000).boxed().toList());
    assertThat(new SeriesThinner(LOSS, 4).thinned().points()).isEmpty();
  }
}

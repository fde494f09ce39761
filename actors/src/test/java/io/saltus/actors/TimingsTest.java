package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimingsTest {

  @Test
  void timings_are_in_the_catalogue_and_not_deterministic() {
    assertThat(Timings.addTo(new Catalogue(List.of())).metrics())
        .extracting(MetricDescriptor::name)
        .containsExactly(Timings.STEPS_PER_SECOND, Timings.WALL_SECONDS);
    assertThat(Timings.addTo(new Catalogue(List.of())).metrics())
        .noneMatch(MetricDescriptor::deterministic);
  }

  @Test
  void a_chunk_has_its_speed_and_time_at_its_last_step() {
    MetricFrame timed =
        Timings.addTo(new MetricFrame(11, 20, List.of()), 500_000_000L, 2_500_000_000L);
    F64Column speed = (F64Column) timed.column(Timings.STEPS_PER_SECOND).orElseThrow();
    assertThat(speed.steps().toArray()).containsExactly(20);
    assertThat(speed.toArray()).containsExactly(20.0);
    F64Column wall = (F64Column) timed.column(Timings.WALL_SECONDS).orElseThrow();
    assertThat(wall.toArray()).containsExactly(2.5);
  }

  @Test
  void the_initial_state_has_no_speed() {
    MetricFrame timed = Timings.addTo(new MetricFrame(0, 0, List.of()), 1, 1);
    assertThat(timed.column(Timings.STEPS_PER_SECOND)).isEmpty();
    assertThat(timed.column(Timings.WALL_SECONDS)).isPresent();
  }
}

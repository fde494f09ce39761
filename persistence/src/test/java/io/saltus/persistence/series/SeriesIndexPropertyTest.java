package io.saltus.persistence.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.metric.MetricName;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.runs.StepRange;
import io.saltus.persistence.series.SeriesIndexes.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever happened to a run, and whenever its index was brought up to date. */
class SeriesIndexPropertyTest {

  @Property(tries = 300, seed = "20261127")
  void an_answer_with_an_index_keeps_what_an_answer_without_one_does(@ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    Path directory = Files.createTempDirectory("saltus-series");
    try {
      SeriesIndexes indexes = SeriesIndexes.of(Home.at(directory));
      Tale tale = new Tale(random);
      int answered = 0;
      for (int act = 20 + random.nextInt(150); act > 0; act--) {
        tale.goOn();
        if (random.nextInt(8) == 0) {
          indexes.bringUpToDate(tale.journal(), Tale.RUN, limits(random), () -> true);
        }
        if (random.nextInt(6) == 0) {
          answered += ask(indexes, tale, random);
        }
      }
      indexes.bringUpToDate(tale.journal(), Tale.RUN, new Limits(1, 500), () -> true);
      assertThat(ask(indexes, tale, random) + answered).isPositive();
    } finally {
      delete(directory);
    }
  }

  private static Limits limits(Random random) {
    return new Limits(1 + random.nextInt(300), 1 + random.nextInt(3000));
  }

  private static int ask(SeriesIndexes indexes, Tale tale, Random random) {
    long last = tale.step() + 2;
    long a = (long) (random.nextDouble() * last);
    long b = (long) (random.nextDouble() * last);
    StepRange range =
        switch (random.nextInt(4)) {
          case 0 -> StepRange.ALL;
          case 1 -> new StepRange(a, Long.MAX_VALUE);
          default -> new StepRange(Math.min(a, b), Math.max(a, b));
        };
    int points = 4 + random.nextInt(random.nextBoolean() ? 20 : 2_000);
    List<MetricName> metrics = new ArrayList<>(Tale.METRICS);
    Collections.shuffle(metrics, random);
    List<MetricName> wanted = metrics.subList(0, 1 + random.nextInt(metrics.size()));
    JournalReader journal = tale.journal();
    Optional<List<ThinnedSeries>> answer =
        indexes.thinned(journal, Tale.RUN, wanted, range, tale.step(), points);
    if (answer.isEmpty()) {
      return 0;
    }
    assertThat(answer.get()).extracting(ThinnedSeries::metric).isEqualTo(wanted);
    for (ThinnedSeries series : answer.get()) {
      Contract.check(series, Contract.all(journal, Tale.RUN, series.metric(), range), points);
    }
    return 1;
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

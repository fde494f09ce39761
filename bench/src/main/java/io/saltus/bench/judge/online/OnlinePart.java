package io.saltus.bench.judge.online;

import static io.saltus.bench.judge.ground.Table.met;
import static io.saltus.bench.judge.ground.Table.number;

import io.saltus.analysis.online.ChangeWatch;
import io.saltus.analysis.online.Suspicion;
import io.saltus.bench.judge.ground.Chance;
import io.saltus.bench.judge.ground.Crew;
import io.saltus.bench.judge.ground.JudgeOptions;
import io.saltus.bench.judge.ground.Part;
import io.saltus.bench.judge.ground.Proportion;
import io.saltus.bench.judge.ground.Sample;
import io.saltus.bench.judge.ground.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;

/**
 * The monitor's false alarms, on short and long series alike, and its delay at the same threshold.
 * The warm-up counts as no observation, since nothing can be raised in it.
 */
public final class OnlinePart implements Part {

  private static final double ASKED_PER_MILLION = 1;
  private static final int[] LENGTHS = {10_000, 100_000, 1_000_000};
  private static final double[] SIZES = {1, 2, 5};
  private static final int JUMPS = 500;
  private static final int LONGEST_DELAY = 5_000;
  private static final long APART = 1_000_003;

  private record Count(long observed, long alarms) {}

  @Override
  public List<String> judge(JudgeOptions options, Consumer<String> say) throws Exception {
    Crew crew = new Crew(options.jobs(), say);
    List<String> lines = new ArrayList<>(alarms(options, crew).lines());
    lines.add("");
    lines.addAll(delays(options, crew).lines());
    return lines;
  }

  private static Table alarms(JudgeOptions options, Crew crew) throws InterruptedException {
    Table table =
        Table.of(
            "no change in",
            "observations",
            "alarms",
            "per 10⁶",
            "at most (97.5 %)",
            "asked",
            "met");
    for (NullKind kind : NullKind.values()) {
      List<Integer> lengths = lengths(options.points());
      List<Count> counts =
          crew.all(
              "alarms, " + kind.words(),
              lengths.size(),
              i -> watch(kind, lengths.get(i), random(options, kind, i)));
      long observed = counts.stream().mapToLong(Count::observed).sum();
      long alarms = counts.stream().mapToLong(Count::alarms).sum();
      double millions = observed / 1e6;
      table.row(
          kind.words(),
          number(observed, 0),
          alarms,
          number(alarms / millions, 2),
          number(Chance.highestMean(alarms) / millions, 2),
          "≤ 1",
          met(alarms / millions <= ASKED_PER_MILLION));
    }
    return table;
  }

  /** Series that together have so many observations after their warm-up, a third of each length. */
  static List<Integer> lengths(int points) {
    List<Integer> lengths = new ArrayList<>();
    for (int length : LENGTHS) {
      int usual = Math.min(length, Math.max(1, points / LENGTHS.length));
      int count = (points / LENGTHS.length + usual - 1) / usual;
      for (int i = 0; i < count; i++) {
        lengths.add(usual + ChangeWatch.WARM_UP);
      }
    }
    return lengths;
  }

  private static Count watch(NullKind kind, int length, SplittableRandom random) {
    ChangeWatch watch = ChangeWatch.create();
    IntToDoubleFunction series = kind.series(random);
    long alarms = 0;
    for (int i = 0; i < length; i++) {
      alarms += watch.observe(i, series.applyAsDouble(i)).isPresent() ? 1 : 0;
    }
    return new Count(length - ChangeWatch.WARM_UP * (1 + alarms), alarms);
  }

  private static Table delays(JudgeOptions options, Crew crew) throws InterruptedException {
    Table table = Table.of("jump in", "of", "raised within 5,000", "delay: median", "90 %");
    for (NullKind kind : NullKind.values()) {
      for (double size : SIZES) {
        List<Optional<Long>> raised =
            crew.all(
                "delay, " + kind.words(),
                JUMPS,
                i -> delay(kind, size, random(options, kind, -1 - i)));
        List<Double> delays =
            raised.stream().flatMap(Optional::stream).map(Long::doubleValue).toList();
        table.row(
            kind.words(),
            "%.0fσ".formatted(size),
            new Proportion(delays.size(), JUMPS).text(),
            number(Sample.of(delays).median(), 0),
            number(Sample.of(delays).quantile(0.9), 0));
      }
    }
    return table;
  }

  /** How many observations after a jump it is raised; one that is raised before is no answer. */
  private static Optional<Long> delay(NullKind kind, double size, SplittableRandom random) {
    int begin = random.nextInt(1_000, 10_000);
    double jump = size * kind.deviation() * (random.nextBoolean() ? 1 : -1);
    ChangeWatch watch = ChangeWatch.create();
    IntToDoubleFunction series = kind.series(random);
    for (int i = 0; i < begin + LONGEST_DELAY; i++) {
      Optional<Suspicion> raised =
          watch.observe(i, series.applyAsDouble(i) + (i < begin ? 0 : jump));
      if (raised.isPresent() && i >= begin) {
        return Optional.of(raised.get().position() - begin);
      }
    }
    return Optional.empty();
  }

  private static SplittableRandom random(JudgeOptions options, NullKind kind, int number) {
    return new SplittableRandom((options.seed() * APART + kind.name().hashCode()) * APART + number);
  }
}

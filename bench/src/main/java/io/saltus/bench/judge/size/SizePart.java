package io.saltus.bench.judge.size;

import static io.saltus.bench.judge.ground.Table.met;

import io.saltus.analysis.jump.JumpAnalysis;
import io.saltus.analysis.jump.JumpSettings;
import io.saltus.analysis.jump.MetricKind;
import io.saltus.analysis.jump.MetricSeries;
import io.saltus.analysis.jump.RunContext;
import io.saltus.bench.judge.ground.Chance;
import io.saltus.bench.judge.ground.Crew;
import io.saltus.bench.judge.ground.JudgeOptions;
import io.saltus.bench.judge.ground.NoiseSource;
import io.saltus.bench.judge.ground.Part;
import io.saltus.bench.judge.ground.Proportion;
import io.saltus.bench.judge.ground.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * How often the p-value of a series is at most .01, .05 and .1 where there is only a power-law
 * drift and AR(1) noise. A test of the right size rejects as often as it says.
 */
public final class SizePart implements Part {

  private static final double[] LEVELS = {0.01, 0.05, 0.1};
  private static final int LEAST_LENGTH = 2_000;

  /** So many independent evaluations a series is worth, at least: under 50 there is no p-value. */
  private static final double WORTH = 150;

  private static final long APART = 1_000_003;

  private record Null(double ar1, boolean heavy, boolean asked) {

    int length() {
      return Math.max(LEAST_LENGTH, (int) Math.ceil(WORTH * (1 + ar1) / (1 - ar1)));
    }

    /** A drift of random height and power, and noise of deviation 1. */
    MetricSeries series(SplittableRandom random) {
      double height = 30 * random.nextDouble();
      double power = 0.1 + 0.7 * random.nextDouble();
      NoiseSource noise = new NoiseSource(random, ar1, heavy);
      double[] steps = new double[length()];
      double[] values = new double[length()];
      for (int i = 0; i < steps.length; i++) {
        steps[i] = i + 1;
        values[i] = height * Math.pow(i + 1, -power) + noise.next();
      }
      return new MetricSeries("null", steps, values, MetricKind.OTHER, 0);
    }

    String words() {
      return "φ = %s%s, n = %,d".formatted(ar1, heavy ? ", t₃" : "", length());
    }
  }

  private static final List<Null> NULLS =
      List.of(
          new Null(0, false, true),
          new Null(0.5, false, true),
          new Null(0.9, false, true),
          new Null(0.97, false, false),
          new Null(0.99, false, false),
          new Null(0.5, true, false));

  @Override
  public List<String> judge(JudgeOptions options, Consumer<String> say) throws Exception {
    Crew crew = new Crew(options.jobs(), say);
    Table table =
        Table.of(
            "noise", "series", "without p", "p ≤ .01", "p ≤ .05", "p ≤ .1", "asked, counts", "met");
    for (int k = 0; k < NULLS.size(); k++) {
      Null kind = NULLS.get(k);
      long seed = (options.seed() * APART + k) * APART;
      List<Double> ps =
          crew.all(kind.words(), options.series(), i -> p(kind, seed + i, options.replicates()));
      row(table, kind, ps);
    }
    return table.lines();
  }

  private static double p(Null kind, long seed, int replicates) {
    // The p-value alone is asked for: no more replicates near the threshold, few for intervals.
    JumpSettings settings = new JumpSettings(seed, replicates, replicates, 99);
    MetricSeries series = kind.series(new SplittableRandom(seed));
    return JumpAnalysis.with(settings)
        .analyse(List.of(series), RunContext.NONE)
        .series()
        .get(0)
        .tested()
        .p();
  }

  private static void row(Table table, Null kind, List<Double> all) {
    List<Double> ps = all.stream().filter(p -> !Double.isNaN(p)).toList();
    List<Object> cells = new ArrayList<>(List.of(kind.words(), all.size(), all.size() - ps.size()));
    List<String> bands = new ArrayList<>();
    boolean met = true;
    for (double level : LEVELS) {
      long hits = ps.stream().filter(p -> p <= level).count();
      cells.add(new Proportion(hits, ps.size()).text() + " (" + hits + ")");
      if (!ps.isEmpty()) {
        Chance.Band band = Chance.binomial(ps.size(), level);
        bands.add("%d–%d".formatted(band.low(), band.high()));
        met &= band.contains(hits);
      }
    }
    cells.add((kind.asked() ? "" : "reported: ") + String.join(", ", bands));
    cells.add(met(met && !ps.isEmpty()));
    table.row(cells.toArray());
  }
}

package io.saltus.bench.judge.exactness;

import static io.saltus.bench.judge.ground.Table.met;

import io.saltus.analysis.change.ChangeDetection;
import io.saltus.analysis.change.ChangeModel;
import io.saltus.analysis.change.MeanChanges;
import io.saltus.analysis.change.Segmentation;
import io.saltus.bench.judge.ground.Crew;
import io.saltus.bench.judge.ground.JudgeOptions;
import io.saltus.bench.judge.ground.Part;
import io.saltus.bench.judge.ground.Table;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Whether the searches find the optimum: on short random signals, ties and spikes among them,
 * against plain optimal partitioning with costs written anew; and on longer ones against the exact
 * solver of ruptures.
 *
 * <p>What was found is held to the optimum by the plain costs. How far the cost that is reported is
 * from them is told beside it: sums of all beginnings carry more rounding, which logarithms of very
 * small variances enlarge.
 */
public final class ExactnessPart implements Part {

  private static final double CLOSE = 1e-9;
  private static final int LONGEST = 40;
  private static final long APART = 1_000_003;

  private static final List<ChangeModel> MODELS =
      List.of(ChangeModel.MEAN, ChangeModel.SLOPE, ChangeModel.MEAN_VARIANCE, ChangeModel.AUTO);

  @Override
  public List<String> judge(JudgeOptions options, Consumer<String> say) throws Exception {
    Crew crew = new Crew(options.jobs(), say);
    Table table =
        Table.of(
            "search", "held against", "cases", "optimal", "reported cost off by", "asked", "met");
    for (ChangeModel model : MODELS) {
      List<Comparison> cases =
          crew.all(
              "exactness, " + model.word(),
              options.signals(),
              i -> random(model, new SplittableRandom(options.seed() * APART + i)));
      row(table, model.word(), "plain optimal partitioning, n ≤ " + LONGEST, cases);
    }
    row(table, "mean", "ruptures 1.1, exact, n ≤ 3,000: the same changes", ruptures());
    return table.lines();
  }

  /**
   * One signal.
   *
   * @param optimal whether nothing costs less than what was found
   * @param off the difference of the reported cost, as a part of the larger of it and 1
   */
  record Comparison(boolean optimal, double off) {

    /** What was found, held against plain partitioning. */
    static Comparison of(Costs costs, Segmentation found, double penalty, int minLength) {
      double cost = penalty * found.changePoints().size();
      boolean longEnough = true;
      for (int i = 0; i < found.segments(); i++) {
        cost += costs.of(found.from(i), found.until(i));
        longEnough &= found.segments() == 1 || found.until(i) - found.from(i) >= minLength;
      }
      double least = PlainPartitioning.of(costs, found.n(), penalty, minLength).cost();
      return new Comparison(
          longEnough && apart(cost, least) <= CLOSE, apart(found.penalisedCost(), least));
    }
  }

  private static double apart(double one, double other) {
    return Math.abs(one - other) / Math.max(1, Math.abs(other));
  }

  private static void row(Table table, String search, String against, List<Comparison> cases) {
    long hits = cases.stream().filter(Comparison::optimal).count();
    double off = cases.stream().mapToDouble(Comparison::off).max().orElseThrow();
    table.row(
        "`" + search + "`",
        against,
        cases.size(),
        hits,
        "%.0e".formatted(off),
        "all",
        met(hits == cases.size()));
  }

  private static Comparison random(ChangeModel model, SplittableRandom random) {
    int n = random.nextInt(1, LONGEST + 1);
    int minLength = random.nextInt(1, 6);
    double[] values = signal(random, n);
    double penalty = random.nextBoolean() ? random.nextInt(12) / 2.0 : 8 * random.nextDouble();
    Segmentation found =
        ChangeDetection.of(values, model, minLength).penalised(penalty).segmentation();
    return Comparison.of(Costs.of(model, values), found, penalty, minLength);
  }

  private static List<Comparison> ruptures() throws IOException {
    return RupturesCase.all().stream().map(ExactnessPart::compared).toList();
  }

  private static Comparison compared(RupturesCase given) {
    Segmentation found = MeanChanges.of(given.signal(), 1).penalised(given.penalty());
    return new Comparison(
        found.changePoints().equals(given.changePoints())
            && apart(found.cost(), given.cost()) <= CLOSE,
        apart(found.penalisedCost(), given.penalisedCost()));
  }

  /** Noise, few different values, levels, drifts, constants, spikes; in thousandths. */
  private static double[] signal(SplittableRandom random, int n) {
    int kind = random.nextInt(6);
    int change = random.nextInt(n);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      double value =
          switch (kind) {
            case 0 -> random.nextGaussian();
            case 1 -> random.nextInt(4);
            case 2 -> (i >= change ? 4 : 0) + random.nextGaussian();
            case 3 -> (i >= change ? -0.3 : 0.2) * i + 0.2 * random.nextGaussian();
            case 4 -> 1.5;
            default -> 1_000 + (random.nextInt(8) == 0 ? 10 * random.nextGaussian() : 0);
          };
      values[i] = Math.rint(1_000 * value) / 1_000;
    }
    return values;
  }
}

package io.saltus.bench.judge.curves;

import static io.saltus.bench.judge.ground.Table.met;
import static io.saltus.bench.judge.ground.Table.number;

import io.saltus.analysis.jump.JumpAnalysis;
import io.saltus.analysis.jump.JumpSettings;
import io.saltus.analysis.jump.MetricKind;
import io.saltus.analysis.jump.RunContext;
import io.saltus.bench.judge.curves.Score.Outcome;
import io.saltus.bench.judge.ground.Crew;
import io.saltus.bench.judge.ground.JudgeOptions;
import io.saltus.bench.judge.ground.Part;
import io.saltus.bench.judge.ground.Proportion;
import io.saltus.bench.judge.ground.Sample;
import io.saltus.bench.judge.ground.Table;
import io.saltus.experiment.jump.Jump;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Recall, precision, dating and coverage on labelled synthetic curves, half of them without a jump.
 */
public final class CurvesPart implements Part {

  private static final double ASKED = 0.95;
  private static final double ASKED_DATING = 0.05;

  /** For the power curves: a jump of such a size and width, {@value #POWER} curves each. */
  private static final double[][] BETWEEN = {
    {0.12, 0.2},
    {0.15, 0.2},
    {0.2, 0.2},
    {0.25, 0.2},
    {0.5, 0.4},
    {0.5, 0.5},
    {0.5, 0.6},
    {0.5, 0.7}
  };

  private static final int POWER = 40;

  @Override
  public List<String> judge(JudgeOptions options, Consumer<String> say) throws Exception {
    Crew crew = new Crew(options.jobs(), say);
    Generator[] kinds = Generator.values();
    int each = (options.curves() + kinds.length - 1) / kinds.length;
    List<Outcome> outcomes =
        crew.all(
            "curves",
            each * kinds.length,
            i -> outcome(kinds[i % kinds.length], i / kinds.length, options));
    List<String> lines = new ArrayList<>(found(outcomes).lines());
    lines.add("");
    lines.addAll(coverage(outcomes).lines());
    lines.add("");
    lines.addAll(power(options, crew).lines());
    return lines;
  }

  private static Outcome outcome(Generator generator, int number, JudgeOptions options) {
    LabelledCurve curve = generator.curve(options.seed(), number);
    return new Outcome(generator, curve, calls(curve, options, number));
  }

  private static List<Jump> calls(LabelledCurve curve, JudgeOptions options, int number) {
    JumpSettings usual = JumpSettings.DEFAULT;
    JumpSettings settings =
        new JumpSettings(
            options.seed() + number,
            options.replicates(),
            Math.max(options.replicates(), usual.moreReplicates()),
            usual.intervalReplicates());
    return JumpAnalysis.with(settings).analyse(List.of(curve.series()), RunContext.NONE).jumps();
  }

  private static Table found(List<Outcome> outcomes) {
    Table table =
        Table.of(
            "curves",
            "number",
            "recall",
            "precision",
            "without a false call",
            "median dating error",
            "asked",
            "met");
    for (Generator generator : Generator.values()) {
      Score score = score(outcomes, outcome -> outcome.generator() == generator);
      String words = generator.words();
      if (generator == Generator.DOUBLE_DESCENT) {
        words += " (%d named so)".formatted(score.descents());
      }
      row(table, words, score, generator.hasJumps());
    }
    row(table, "**all with jumps**", score(outcomes, o -> o.generator().hasJumps()), true);
    row(table, "**all without**", score(outcomes, o -> !o.generator().hasJumps()), false);
    row(table, "**all**", score(outcomes, o -> true), true);
    return table;
  }

  private static Score score(List<Outcome> outcomes, Predicate<Outcome> which) {
    return Score.of(outcomes.stream().filter(which).toList());
  }

  private static void row(Table table, String words, Score score, boolean jumps) {
    double dating = Sample.of(score.dating()).median();
    boolean met =
        jumps
            ? score.recall().value() >= ASKED
                && score.precision().value() >= ASKED
                && dating <= ASKED_DATING
            : score.withoutFalseCalls().value() >= ASKED;
    table.row(
        words,
        number(score.curves(), 0),
        jumps ? score.recall().text() : "–",
        jumps ? score.precision().text() : "–",
        score.withoutFalseCalls().text(),
        Double.isNaN(dating) ? "–" : number(100 * dating, 2) + " %",
        jumps ? "≥ 0.95 both, ≤ 5 %" : "≥ 0.95 without",
        met(met));
  }

  private static Table coverage(List<Outcome> outcomes) {
    Table table =
        Table.of("95 % intervals hold", "onset", "midpoint", "end", "delta", "asked", "met");
    for (Generator generator : Generator.values()) {
      if (generator.hasJumps() && generator != Generator.SPIKE) {
        covered(table, generator.words(), score(outcomes, o -> o.generator() == generator));
      }
    }
    covered(table, "**all**", score(outcomes, o -> true));
    return table;
  }

  private static void covered(Table table, String words, Score score) {
    List<Proportion> all = List.of(score.onset(), score.midpoint(), score.end(), score.delta());
    table.row(
        words,
        score.onset().text(),
        score.midpoint().text(),
        score.end().text(),
        score.delta().text(),
        "0.95 or more, within chance",
        met(all.stream().allMatch(each -> each.high() >= ASKED)));
  }

  /** What lies between jumps and none: how often it is called. Nothing is asked of it. */
  private static Table power(JudgeOptions options, Crew crew) throws InterruptedException {
    List<Boolean> called =
        crew.all(
            "power", BETWEEN.length * POWER, i -> isCalled(BETWEEN[i / POWER], i % POWER, options));
    Table table = Table.of("size of the jump", "width in decades", "called");
    for (int k = 0; k < BETWEEN.length; k++) {
      long hits = called.subList(k * POWER, (k + 1) * POWER).stream().filter(hit -> hit).count();
      table.row(BETWEEN[k][0], BETWEEN[k][1], new Proportion(hits, POWER).text());
    }
    return table;
  }

  private static boolean isCalled(double[] between, int number, JudgeOptions options) {
    Draw draw = new Draw(new SplittableRandom(options.seed() * 31 + number));
    Rise rise = new Rise(Shape.LOGISTIC, draw.uniform(1.5, 2.8), between[1], between[0]);
    Noise noise = Noise.of(between[0] / 12, draw.ar1());
    Scene scene =
        new Scene(MetricKind.ACCURACY, Draw.every(1, 5_000), x -> 0.2, List.of(rise), noise);
    LabelledCurve curve =
        new LabelledCurve(
            scene.series("curve", draw.random()), List.of(Truth.of(rise, rise.size())), List.of());
    return !Matching.of(curve, calls(curve, options, number)).pairs().isEmpty();
  }
}

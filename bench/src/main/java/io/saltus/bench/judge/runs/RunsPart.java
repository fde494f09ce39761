package io.saltus.bench.judge.runs;

import static io.saltus.bench.judge.ground.Table.met;
import static io.saltus.bench.judge.ground.Table.number;

import io.saltus.app.jumps.JumpFinder;
import io.saltus.bench.judge.ground.JudgeOptions;
import io.saltus.bench.judge.ground.Part;
import io.saltus.bench.judge.ground.Table;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksReaders;
import io.saltus.persistence.runs.RunEntry;
import io.saltus.persistence.runs.RunReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The jumps of all runs in a home that were made from the specs of which something is asked. */
public final class RunsPart implements Part {

  @Override
  public List<String> judge(JudgeOptions options, Consumer<String> say) throws Exception {
    Path root =
        options
            .home()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "runs needs --home DIR, a home that bench/seeds has filled"));
    Home home = Home.at(root);
    home.requireForReading();
    List<JudgedRun> runs = new ArrayList<>();
    try (JournalReader journal = RocksReaders.open(home.journal());
        JumpFinder finder = JumpFinder.start()) {
      RunReader reader = new RunReader(journal);
      for (RunEntry entry : reader.list().runs()) {
        ExperimentSpec spec = entry.state().submission().orElseThrow().spec();
        Optional<Expectation> expectation =
            Expectation.of(spec.experiment(), JudgedRun.weightDecay(spec));
        if (expectation.isPresent()) {
          say.accept("runs: " + entry.run());
          runs.add(
              new JudgedRun(
                  spec,
                  expectation.get(),
                  finder.analyse(reader, entry.run(), List.of()).found().jumps()));
        }
      }
    }
    if (runs.isEmpty()) {
      throw new IllegalArgumentException(root + " holds no run of grokking or fashion-mnist");
    }
    return table(runs).lines();
  }

  /** A run, what is asked of it and what was found. */
  private record JudgedRun(ExperimentSpec spec, Expectation expectation, List<Jump> jumps) {

    static double weightDecay(ExperimentSpec spec) {
      return Double.parseDouble(spec.paths().getOrDefault("optimizer.weight-decay", "0"));
    }
  }

  private static Table table(List<JudgedRun> runs) {
    Table table =
        Table.of(
            "spec",
            "seed",
            "weight decay",
            "steps",
            "training accuracy",
            "validation accuracy",
            "delay",
            "others",
            "asked",
            "met");
    for (JudgedRun run : runs) {
      List<Jump> jumps = run.jumps();
      Optional<Jump> validation = Expectation.of(jumps, Expectation.VALIDATION);
      table.row(
          run.spec().experiment(),
          run.spec().seeds().init(),
          number(JudgedRun.weightDecay(run.spec()), 2),
          run.spec().steps(),
          Expectation.of(jumps, Expectation.TRAINING).map(RunsPart::words).orElse("–"),
          validation.map(RunsPart::words).orElse("–"),
          number(validation.map(Jump::delay).orElse(Double.NaN), 2),
          others(jumps),
          run.expectation().words(),
          met(run.expectation().isMet(jumps)));
    }
    return table;
  }

  private static String words(Jump jump) {
    return String.format(
        Locale.ROOT,
        "%s at %,.0f, %.2f decades, sharp: %s",
        jump.kind().id(),
        jump.midpoint(),
        jump.decades(),
        jump.sharp().name().toLowerCase(Locale.ROOT));
  }

  /** What else was called, by metric and kind. */
  private static String others(List<Jump> jumps) {
    List<Jump> shown =
        List.of(Expectation.TRAINING, Expectation.VALIDATION).stream()
            .flatMap(metric -> Expectation.of(jumps, metric).stream())
            .toList();
    String words =
        jumps.stream()
            .filter(jump -> !shown.contains(jump))
            .map(
                jump ->
                    "%s: %s at %,.0f".formatted(jump.metric(), jump.kind().id(), jump.midpoint()))
            .collect(Collectors.joining("; "));
    return words.isEmpty() ? "–" : words;
  }
}

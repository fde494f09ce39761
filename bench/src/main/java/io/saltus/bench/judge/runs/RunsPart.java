package io.saltus.bench.judge.runs;

import static io.saltus.bench.judge.ground.Table.met;
import static io.saltus.bench.judge.ground.Table.number;

import io.saltus.analysis.jump.JumpAnalysis;
import io.saltus.analysis.jump.JumpSettings;
import io.saltus.analysis.jump.RunContext;
import io.saltus.bench.judge.ground.CallingThread;
import io.saltus.bench.judge.ground.Crew;
import io.saltus.bench.judge.ground.JudgeOptions;
import io.saltus.bench.judge.ground.Part;
import io.saltus.bench.judge.ground.Table;
import io.saltus.experiment.jump.Jump;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksReaders;
import io.saltus.persistence.runs.RunReader;
import java.nio.file.Path;
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
    List<RecordedRun> runs;
    try (JournalReader journal = RocksReaders.open(home.journal())) {
      RunReader reader = new RunReader(journal);
      runs =
          reader.list().runs().stream()
              .map(entry -> RecordedRun.read(reader, entry))
              .filter(run -> expectation(run).isPresent())
              .toList();
    }
    if (runs.isEmpty()) {
      throw new IllegalArgumentException(root + " holds no run of grokking or fashion-mnist");
    }
    List<List<Jump>> jumps =
        new Crew(options.jobs(), say).all("runs", runs.size(), i -> jumps(runs.get(i), options));
    return table(runs, jumps).lines();
  }

  private static Optional<Expectation> expectation(RecordedRun run) {
    return Expectation.of(run.spec().experiment(), run.weightDecay());
  }

  private static List<Jump> jumps(RecordedRun run, JudgeOptions options) {
    JumpSettings usual = JumpSettings.DEFAULT;
    JumpSettings settings =
        new JumpSettings(
            options.seed(),
            options.replicates(),
            Math.max(options.replicates(), usual.moreReplicates()),
            usual.intervalReplicates());
    return JumpAnalysis.with(settings, new CallingThread())
        .analyse(run.series(), RunContext.NONE)
        .jumps();
  }

  private static Table table(List<RecordedRun> runs, List<List<Jump>> all) {
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
    for (int i = 0; i < runs.size(); i++) {
      RecordedRun run = runs.get(i);
      List<Jump> jumps = all.get(i);
      Optional<Jump> validation = Expectation.of(jumps, Expectation.VALIDATION);
      Expectation expectation = expectation(run).orElseThrow();
      table.row(
          run.spec().experiment(),
          run.spec().seeds().init(),
          number(run.weightDecay(), 2),
          run.spec().steps(),
          Expectation.of(jumps, Expectation.TRAINING).map(RunsPart::words).orElse("–"),
          validation.map(RunsPart::words).orElse("–"),
          number(validation.map(Jump::delay).orElse(Double.NaN), 2),
          others(jumps),
          expectation.words(),
          met(expectation.isMet(jumps)));
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

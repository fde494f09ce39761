package io.saltus.bench.storm;

import io.saltus.bench.storm.RoundResult.Verdict;
import io.saltus.bench.storm.ground.BrokenPromiseException;
import io.saltus.bench.storm.ground.Field;
import io.saltus.bench.storm.ground.Shim;
import io.saltus.bench.storm.ground.Trees;
import io.saltus.bench.storm.ground.Undisturbed;
import io.saltus.bench.storm.strike.Ground;
import io.saltus.bench.storm.strike.Outcome;
import io.saltus.bench.storm.strike.Strike;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Plays rounds: a run in a process of its own, a strike, the run going on, and its digest held
 * against that of an undisturbed run. A round that does not hold leaves its directory behind.
 */
public final class Storm {

  private final StormOptions options;
  private final Consumer<String> say;
  private final Path directory;
  private final Undisturbed undisturbed;

  private Storm(
      StormOptions options, Consumer<String> say, Path directory, Undisturbed undisturbed) {
    this.options = options;
    this.say = say;
    this.directory = directory;
    this.undisturbed = undisturbed;
  }

  /**
   * Plays a storm from the command line; exits with 0 when every round held, 1 when one did not, 2
   * when the command line is wrong.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    StormOptions options;
    try {
      options = StormOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("storm: " + e.getMessage());
      System.exit(2);
      return;
    }
    List<RoundResult> results = play(options, System.out::println);
    System.out.println();
    table(results).forEach(System.out::println);
    System.exit(results.stream().anyMatch(each -> each.verdict() == Verdict.FAILED) ? 1 : 0);
  }

  /**
   * Plays it.
   *
   * @param say gets a line per round, and where a round that failed lies
   * @return all rounds in order
   */
  public static List<RoundResult> play(StormOptions options, Consumer<String> say)
      throws IOException, InterruptedException {
    Path directory =
        Files.createTempDirectory(
            options.directory().isPresent()
                ? Files.createDirectories(options.directory().get())
                : Path.of(System.getProperty("java.io.tmpdir")),
            "storm-" + options.seed() + "-");
    // The shim sees paths as the kernel tells them.
    directory = directory.toRealPath();
    Shim shim = Shim.compile(directory);
    Field calm = field(directory.resolve("undisturbed"), shim, options);
    Undisturbed undisturbed = Undisturbed.run(calm);
    say.accept(
        "undisturbed: %d steps in %d ms, %s, digest %s"
            .formatted(
                options.program().steps(),
                undisturbed.took().toMillis(),
                shim.missing().isEmpty()
                    ? undisturbed.operations().size() + " operations on the disk"
                    : shim.missing(),
                undisturbed.digest()));
    Storm storm = new Storm(options, say, directory, undisturbed);
    List<RoundResult> results = storm.rounds();
    if (results.stream().noneMatch(each -> each.verdict() == Verdict.FAILED)) {
      Trees.delete(directory);
    }
    return results;
  }

  private static Field field(Path root, Shim shim, StormOptions options) throws IOException {
    return new Field(Files.createDirectory(root), shim, options.program());
  }

  private List<RoundResult> rounds() throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(options.jobs());
    try {
      List<Future<RoundResult>> playing = new ArrayList<>();
      for (int round : numbers()) {
        playing.add(threads.submit(() -> round(round)));
      }
      List<RoundResult> results = new ArrayList<>();
      for (Future<RoundResult> each : playing) {
        results.add(each.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a round could not be played", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Integer> numbers() {
    if (options.only().isPresent()) {
      return List.of(options.only().get());
    }
    List<Integer> numbers = new ArrayList<>();
    for (int round = 1; round <= options.rounds(); round++) {
      numbers.add(round);
    }
    return numbers;
  }

  private RoundResult round(int round) throws IOException, InterruptedException {
    Strike strike = options.strikes().get((round - 1) % options.strikes().size());
    Path root = directory.resolve("round-" + round);
    Field field = field(root, undisturbed.field().shim(), options);
    // Of the storm's seed and the round's number alone, so that one round can be played again.
    SplittableRandom random = new SplittableRandom(options.seed() * 1_000_003 + round);
    Ground ground = new Ground(field, undisturbed, random);
    RoundResult result = played(round, strike, ground);
    say.accept(result.line());
    if (result.verdict() == Verdict.FAILED) {
      say.accept("    left in " + root + "; again: " + options.replay(round));
    } else {
      Trees.delete(root);
    }
    return result;
  }

  private static RoundResult played(int round, Strike strike, Ground ground)
      throws IOException, InterruptedException {
    Optional<String> impossible = strike.impossible(ground);
    if (impossible.isPresent()) {
      return new RoundResult(round, strike.name(), Verdict.SKIPPED, "", impossible.get());
    }
    try {
      Outcome outcome = strike.strike(ground);
      return new RoundResult(
          round, strike.name(), Verdict.HELD, outcome.when(), outcome.survived());
    } catch (BrokenPromiseException e) {
      return new RoundResult(
          round, strike.name(), Verdict.FAILED, "", String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // What a reader says of a home that should be whole: not a trace, but no promise kept.
      return new RoundResult(round, strike.name(), Verdict.FAILED, "", e.toString());
    }
  }

  /** A summary: how often each strike was played, and how often it held. */
  static List<String> table(List<RoundResult> results) {
    Map<String, Map<Verdict, Integer>> counts = new TreeMap<>();
    for (RoundResult each : results) {
      counts
          .computeIfAbsent(each.strike(), name -> new EnumMap<>(Verdict.class))
          .merge(each.verdict(), 1, Integer::sum);
    }
    List<String> table = new ArrayList<>();
    table.add("| strike | held | skipped | failed |");
    table.add("|---|---|---|---|");
    counts.forEach(
        (name, count) ->
            table.add(
                "| %s | %d | %d | %d |"
                    .formatted(
                        name,
                        count.getOrDefault(Verdict.HELD, 0),
                        count.getOrDefault(Verdict.SKIPPED, 0),
                        count.getOrDefault(Verdict.FAILED, 0))));
    return table;
  }
}

package io.saltus.bench.storm;

import io.saltus.bench.storm.ground.TrainedProgram;
import io.saltus.bench.storm.strike.Strike;
import io.saltus.bench.storm.strike.Strikes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a storm is asked for.
 *
 * @param seed of all its chance
 * @param rounds how many rounds, at least 1
 * @param only the one round that is played; empty: all
 * @param strikes what may strike, in turn
 * @param program what is trained
 * @param jobs how many rounds are played at a time
 * @param directory where rounds lie; empty: a temporary one
 */
public record StormOptions(
    long seed,
    int rounds,
    Optional<Integer> only,
    List<Strike> strikes,
    TrainedProgram program,
    int jobs,
    Optional<Path> directory) {

  static final String USAGE =
      "storm --seed N --rounds N [--round K] [--strikes NAME,…] [--program scripted|grokking]"
          + " [--jobs N] [--dir DIR]";

  /** Copies the list. */
  public StormOptions {
    strikes = List.copyOf(strikes);
  }

  /** All strikes once, with the scripted program. */
  public static StormOptions of(long seed) {
    List<Strike> all = Strikes.standing();
    return new StormOptions(
        seed,
        all.size(),
        Optional.empty(),
        all,
        TrainedProgram.of("scripted"),
        1,
        Optional.empty());
  }

  /** These, with other strikes, each once. */
  public StormOptions withStrikes(List<Strike> others) {
    return new StormOptions(seed, others.size(), only, others, program, jobs, directory);
  }

  /** These, with several rounds at a time. */
  public StormOptions withJobs(int atATime) {
    return new StormOptions(seed, rounds, only, strikes, program, atATime, directory);
  }

  /** These, in a directory. */
  public StormOptions in(Path other) {
    return new StormOptions(seed, rounds, only, strikes, program, jobs, Optional.of(other));
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static StormOptions parse(String... args) {
    StormOptions options = of(1);
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " has no value. " + USAGE);
      }
      options = options.with(args[i], args[i + 1]);
    }
    return options;
  }

  private StormOptions with(String option, String value) {
    return switch (option) {
      case "--seed" ->
          new StormOptions(Long.parseLong(value), rounds, only, strikes, program, jobs, directory);
      case "--rounds" ->
          new StormOptions(seed, positive(value), only, strikes, program, jobs, directory);
      case "--round" ->
          new StormOptions(
              seed, rounds, Optional.of(positive(value)), strikes, program, jobs, directory);
      case "--strikes" ->
          new StormOptions(seed, rounds, only, strikes(value), program, jobs, directory);
      case "--program" ->
          new StormOptions(seed, rounds, only, strikes, TrainedProgram.of(value), jobs, directory);
      case "--jobs" -> withJobs(positive(value));
      case "--dir" -> in(Path.of(value).toAbsolutePath());
      default -> throw new IllegalArgumentException("no option '" + option + "'. " + USAGE);
    };
  }

  private static int positive(String value) {
    int number = Integer.parseInt(value);
    if (number < 1) {
      throw new IllegalArgumentException(value + " is below 1. " + USAGE);
    }
    return number;
  }

  private static List<Strike> strikes(String names) {
    List<Strike> strikes = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      strikes.add(
          Strikes.named(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "no strike '"
                              + name
                              + "'. One of "
                              + Strikes.standing().stream().map(Strike::name).toList())));
    }
    return strikes;
  }

  /** The command that plays one round again. */
  String replay(int round) {
    return "bench/storm --seed %d --round %d --program %s --strikes %s"
        .formatted(
            seed,
            round,
            program.name(),
            String.join(",", strikes.stream().map(Strike::name).toList()));
  }
}

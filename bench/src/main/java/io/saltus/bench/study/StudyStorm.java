package io.saltus.bench.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The same study twice: once in peace, and once while its workers, and now and then Saltus itself,
 * are killed with SIGKILL. Nothing but the number of attempts may differ.
 */
public final class StudyStorm {

  private static final Pattern RUN = Pattern.compile("\"run\":\"([^\"]+)\"");
  private static final Pattern STATUS = Pattern.compile("\"status\":\"([^\"]+)\"");
  private static final Pattern DIGEST = Pattern.compile("\"digest\":\"([^\"]+)\"");
  private static final Pattern ATTEMPTS = Pattern.compile("\"attempts\":(\\d+)");
  private static final int SIGKILLED = 137;

  private final List<String> saltus;
  private final Path directory;
  private final SplittableRandom random;

  /**
   * What is done to the second study.
   *
   * @param everyWorker between two kills of workers
   * @param workersPerParent how many workers are killed before Saltus itself is; 0: it never is
   * @param merciful whether nothing is killed before a state was saved since the last time, so that
   *     the study comes to its end however slow the machine is
   */
  public record Weather(Duration everyWorker, int workersPerParent, boolean merciful) {}

  /**
   * What came of it.
   *
   * @param runs how many the study has
   * @param equal how many are complete with the digest that they have in peace
   * @param workers how many were killed
   * @param parents how often Saltus was
   * @param attempts of all runs together
   */
  public record Outcome(int runs, int equal, int workers, int parents, int attempts) {

    /** Whether there was a storm, and every run is what it is in peace nevertheless. */
    public boolean held() {
      return runs > 0 && equal == runs && workers > 0 && attempts > runs;
    }
  }

  private record Line(String status, String digest, int attempts) {}

  /**
   * @param saltus the command, without arguments
   * @param directory for the homes; must be empty
   * @param seed of which worker is killed
   */
  public StudyStorm(List<String> saltus, Path directory, long seed) {
    this.saltus = List.copyOf(saltus);
    this.directory = directory;
    this.random = new SplittableRandom(seed);
  }

  /**
   * Does both.
   *
   * @param spec a file
   */
  public Outcome play(Path spec, Weather weather) throws IOException, InterruptedException {
    Path calm = directory.resolve("calm");
    int exit = start(calm, "study", spec.toString(), "--name", "s").waitFor();
    if (exit != 0) {
      throw new IllegalStateException("the calm study ended with " + exit + ": " + words(calm));
    }
    Path storm = directory.resolve("storm");
    int workers = 0;
    int parents = 0;
    Set<String> saved = Set.of();
    Process process = start(storm, "study", spec.toString(), "--name", "s");
    while (true) {
      if (process.waitFor(weather.everyWorker().toMillis(), TimeUnit.MILLISECONDS)) {
        if (process.exitValue() == 0) {
          break;
        }
        throw new IllegalStateException(
            "the study ended with " + process.exitValue() + ": " + words(storm));
      }
      Set<String> now = states(storm);
      if (weather.merciful() && saved.containsAll(now)) {
        continue;
      }
      saved = now;
      workers += killOne(process);
      if (weather.workersPerParent() > 0 && workers >= weather.workersPerParent() * (parents + 1)) {
        if (process.destroyForcibly().waitFor() == SIGKILLED) {
          parents++;
        }
        process = start(storm, "resume", "--all");
      }
    }
    return compare(runs(calm), runs(storm), workers, parents);
  }

  private static Set<String> states(Path home) throws IOException {
    Path checkpoints = home.resolve("checkpoints");
    if (!Files.isDirectory(checkpoints)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  private int killOne(Process process) {
    List<ProcessHandle> workers =
        process
            .descendants()
            .filter(
                child ->
                    child
                        .info()
                        .commandLine()
                        .or(() -> child.info().command())
                        .filter(line -> line.contains("java"))
                        .isPresent())
            .toList();
    if (workers.isEmpty()) {
      return 0;
    }
    return workers.get(random.nextInt(workers.size())).destroyForcibly() ? 1 : 0;
  }

  private static Outcome compare(
      SortedMap<String, Line> calm, SortedMap<String, Line> storm, int workers, int parents) {
    int equal = 0;
    int attempts = 0;
    for (String run : calm.keySet()) {
      Line now = storm.get(run);
      if (now != null) {
        attempts += now.attempts();
        boolean same =
            now.status().equals("completed") && now.digest().equals(calm.get(run).digest());
        equal += same ? 1 : 0;
      }
    }
    return new Outcome(Math.max(calm.size(), storm.size()), equal, workers, parents, attempts);
  }

  private SortedMap<String, Line> runs(Path home) throws IOException, InterruptedException {
    Path out = directory.resolve(home.getFileName() + ".runs");
    List<String> command = new ArrayList<>(saltus);
    command.addAll(List.of("runs", "--format", "json", "--home", home.toString()));
    int exit = new ProcessBuilder(command).redirectOutput(out.toFile()).start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException("runs ended with " + exit);
    }
    SortedMap<String, Line> runs = new TreeMap<>();
    try (Stream<String> lines = Files.lines(out)) {
      lines.forEach(
          line ->
              runs.put(
                  first(RUN, line),
                  new Line(
                      first(STATUS, line),
                      first(DIGEST, line),
                      Integer.parseInt(first(ATTEMPTS, line)))));
    }
    return runs;
  }

  private static String first(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    if (!matcher.find()) {
      throw new IllegalStateException("no " + pattern + " in " + line);
    }
    return matcher.group(1);
  }

  private Process start(Path home, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(saltus);
    command.addAll(List.of(arguments));
    command.addAll(List.of("--home", home.toString()));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.appendTo(log(home).toFile()))
        .start();
  }

  private Path log(Path home) {
    return directory.resolve(home.getFileName() + ".log");
  }

  private String words(Path home) throws IOException {
    return Files.readString(log(home));
  }
}

package io.saltus.bench.storm.ground;

import io.saltus.experiment.Sha256;
import io.saltus.persistence.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/**
 * The run that nothing happened to: what all others are compared with.
 *
 * @param field where it lies
 * @param took from its process's start to its end
 * @param operations what its process did to the disk, one line each; none without a shim
 * @param digest of its series
 */
public record Undisturbed(Field field, Duration took, List<String> operations, Sha256 digest) {

  /** Runs it. */
  public static Undisturbed run(Field field) throws IOException, InterruptedException {
    Launch launch = field.launch();
    long start = System.nanoTime();
    int status;
    boolean shimmed = field.shim().library().isPresent();
    try (Running child = (shimmed ? launch.traced() : launch).begin()) {
      status = child.status(field.program().patience());
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    Witness witness = Witness.seen(Home.at(field.home()));
    if (status != 0 || !witness.isComplete()) {
      throw new BrokenPromiseException(
          "the undisturbed run ended with status " + status + ": see " + field.errors());
    }
    return new Undisturbed(
        field,
        took,
        shimmed ? Files.readAllLines(field.trace()) : List.of(),
        witness.digest().orElseThrow());
  }

  /** The digest of its series up to a step. */
  public Sha256 digestUntil(long step) {
    return Witness.until(Home.at(field.home()), step).digest().orElseThrow();
  }

  /** How many of its operations have a fragment in them. */
  public long count(String fragment) {
    return operations.stream().filter(line -> line.contains(fragment)).count();
  }
}

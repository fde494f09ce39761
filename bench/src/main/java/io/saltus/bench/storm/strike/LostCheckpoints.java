package io.saltus.bench.storm.strike;

import io.saltus.bench.storm.child.Fact;
import io.saltus.bench.storm.ground.BrokenPromiseException;
import io.saltus.bench.storm.ground.Promises;
import io.saltus.bench.storm.ground.Running;
import io.saltus.bench.storm.ground.Witness;
import io.saltus.persistence.home.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The newest checkpoint's file is gone, or all of them are. */
final class LostCheckpoints implements Strike {

  private static final String ENDING = ".safetensors";

  private final boolean all;

  LostCheckpoints(boolean all) {
    this.all = all;
  }

  @Override
  public String name() {
    return all ? "checkpoints-missing" : "checkpoint-missing";
  }

  @Override
  public Optional<String> impossible(Ground ground) {
    return none(ground);
  }

  /** Why nothing can happen to checkpoints; empty when something can. */
  static Optional<String> none(Ground ground) {
    try {
      return files(Home.at(ground.undisturbed().field().home())).isEmpty()
          ? Optional.of("the undisturbed run keeps no checkpoint")
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A step by which there are checkpoints of the run itself. */
  static long step(Ground ground) {
    return ground.field().program().steps() / 2;
  }

  static List<Path> files(Home home) throws IOException {
    try (Stream<Path> files = Files.list(home.checkpoints())) {
      return files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    }
  }

  /** The name of a checkpoint's file says what it has to hold. */
  static String digest(Path file) {
    return file.getFileName().toString().replace(ENDING, "");
  }

  @Override
  public Outcome strike(Ground ground) throws IOException, InterruptedException {
    Promises promises;
    try (Running child = ground.launch().begin()) {
      ground.awaitFrames(child, step(ground));
      promises = child.kill();
    }
    List<Path> gone = all ? files(ground.home()) : List.of(newest(ground, promises));
    Witness before = ground.check();
    Set<String> digests = new HashSet<>();
    for (Path file : gone) {
      digests.add(digest(file));
      Files.delete(file);
    }
    return new Outcome(
        gone.size() + " of the checkpoints to step " + promises.step(),
        new Aftermath(ground, before, 0).of(digests));
  }

  private static Path newest(Ground ground, Promises promises) {
    List<Fact> saved = promises.facts().stream().filter(Fact::isCheckpoint).toList();
    if (saved.isEmpty()) {
      throw new BrokenPromiseException("no checkpoint by step " + promises.step());
    }
    return ground.checkpoint(saved.get(saved.size() - 1));
  }
}

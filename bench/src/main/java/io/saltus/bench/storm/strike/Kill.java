package io.saltus.bench.storm.strike;

import io.saltus.bench.storm.ground.Launch;
import io.saltus.bench.storm.ground.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code kill -9}: at any moment, in the middle of a kind of operation on the disk, while the run's
 * last snapshot is written, or of what comes after another kill.
 */
final class Kill implements Strike {

  /** What the kill is aimed at. */
  enum Aim {
    MOMENT("kill", ""),
    WRITE("kill-write", "write "),
    SYNC("kill-sync", "sync "),
    CHECKPOINT("kill-checkpoint", "checkpoints/"),
    SNAPSHOT("kill-snapshot", ""),
    RECOVERY("kill-recovery", ""),
    TWICE("kill-twice", "");

    private final String name;
    private final String fragment;

    Aim(String name, String fragment) {
      this.name = name;
      this.fragment = fragment;
    }

    boolean needsShim() {
      return !fragment.isEmpty() || this == RECOVERY;
    }
  }

  /** A recovery has about so many operations on the disk before the run is under way. */
  private static final int RECOVERY_OPERATIONS = 30;

  private static final Duration SNAPSHOT = Duration.ofMillis(30);

  private final Aim aim;

  Kill(Aim aim) {
    this.aim = aim;
  }

  @Override
  public String name() {
    return aim.name;
  }

  @Override
  public Optional<String> impossible(Ground ground) {
    if (!aim.needsShim()) {
      return Optional.empty();
    }
    if (ground.field().shim().impossible().isPresent()) {
      return ground.field().shim().impossible();
    }
    return ground.undisturbed().count(aim.fragment) == 0
        ? Optional.of("nothing is written under " + aim.fragment)
        : Optional.empty();
  }

  @Override
  public Outcome strike(Ground ground) throws IOException, InterruptedException {
    return switch (aim) {
      case MOMENT -> once(ground);
      case WRITE, SYNC, CHECKPOINT -> aimed(ground);
      case SNAPSHOT -> atTheEnd(ground);
      case RECOVERY -> inRecovery(ground);
      case TWICE -> twice(ground);
    };
  }

  private static Outcome once(Ground ground) throws IOException, InterruptedException {
    String when = kill(ground, ground.launch().begin());
    return new Outcome(when, ground.goOn());
  }

  private static String kill(Ground ground, Running child) throws InterruptedException {
    try (child) {
      String when = ground.letRun(child);
      ground.remember(child.kill());
      return when;
    }
  }

  private Outcome aimed(Ground ground) throws IOException, InterruptedException {
    long nth = ground.pick(ground.undisturbed().count(aim.fragment));
    Launch launch = ground.launch().traced().killedAt(aim.fragment, nth, ground.toss());
    try (Running child = launch.begin()) {
      child.status(ground.patience());
      ground.remember(child.promises());
    }
    return new Outcome(at(ground), ground.goOn());
  }

  /** The operation at which the shim struck. */
  static String at(Ground ground) throws IOException {
    List<String> lines = Files.readAllLines(ground.field().trace());
    String last = lines.get(lines.size() - 1);
    return last.contains("KILLED-AT-")
        ? "at operation " + last.replace("KILLED-AT-", "").replace("home/", "")
        : "at its end";
  }

  private static Outcome atTheEnd(Ground ground) throws IOException, InterruptedException {
    Duration further = Duration.ofNanos(ground.pick(SNAPSHOT.toNanos()));
    try (Running child = ground.launch().begin()) {
      child.await(promises -> promises.has("RunCompleted"), ground.patience());
      ground.letRun(child, further);
      ground.remember(child.kill());
    }
    return new Outcome(further.toMillis() + " ms after the end", ground.goOn());
  }

  private static Outcome inRecovery(Ground ground) throws IOException, InterruptedException {
    String first = kill(ground, ground.launch().begin());
    String second = "complete already";
    if (ground.check().hasRun()) {
      Launch recovering =
          ground.launch().traced().killedAt("", ground.pick(RECOVERY_OPERATIONS), ground.toss());
      try (Running child = recovering.goOn()) {
        child.status(ground.patience());
        ground.remember(child.promises());
      }
      second = at(ground);
    }
    return new Outcome(first + "; recovering " + second, ground.goOn());
  }

  private static Outcome twice(Ground ground) throws IOException, InterruptedException {
    String first = kill(ground, ground.launch().begin());
    boolean there = ground.check().hasRun();
    String second = kill(ground, there ? ground.launch().goOn() : ground.launch().begin());
    return new Outcome(first + ", again " + second, ground.goOn());
  }
}

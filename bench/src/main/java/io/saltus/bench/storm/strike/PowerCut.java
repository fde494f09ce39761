package io.saltus.bench.storm.strike;

import io.saltus.bench.storm.ground.Launch;
import io.saltus.bench.storm.ground.Running;
import io.saltus.bench.storm.ground.Shadow;
import java.io.IOException;
import java.util.Optional;

/**
 * The power is cut: nothing is left but what was synced, names by their directory and contents by
 * their file. Once, or again while the run goes on.
 */
final class PowerCut implements Strike {

  private final boolean twice;
  private final String lie;

  private PowerCut(boolean twice, String lie) {
    this.twice = twice;
    this.lie = lie;
  }

  static PowerCut once() {
    return new PowerCut(false, "");
  }

  static PowerCut twice() {
    return new PowerCut(true, "");
  }

  /**
   * With a disk that only says that it syncs. A storm in which this holds would notice nothing.
   *
   * @param lie of {@code journal}, {@code checkpoints}, {@code directories}
   */
  static PowerCut withoutSync(String lie) {
    return new PowerCut(false, lie);
  }

  @Override
  public String name() {
    return lie.isEmpty() ? (twice ? "power-twice" : "power") : "no-sync-" + lie;
  }

  @Override
  public Optional<String> impossible(Ground ground) {
    return ground.field().shim().impossible();
  }

  @Override
  public Outcome strike(Ground ground) throws IOException, InterruptedException {
    String when = cut(ground, false);
    if (twice) {
      when += "; again " + cut(ground, ground.check().hasRun());
    }
    return new Outcome(when, ground.goOn());
  }

  private String cut(Ground ground, boolean goOn) throws IOException, InterruptedException {
    Launch launch = ground.launch().traced().shadowed();
    if (!lie.isEmpty()) {
      launch = launch.swallowing(lie);
    }
    boolean aimed = lie.isEmpty() && ground.toss();
    if (aimed) {
      long nth = ground.pick(ground.undisturbed().operations().size());
      launch = launch.killedAt("", nth, ground.toss());
    }
    String when = "";
    try (Running child = goOn ? launch.goOn() : launch.begin()) {
      if (aimed) {
        child.status(ground.patience());
      } else if (lie.isEmpty()) {
        when = ground.letRun(child);
      } else {
        child.await(promises -> promises.has("RunCompleted"), ground.patience());
        when = "at its end";
      }
      ground.remember(child.kill());
    }
    Shadow.cutPower(ground.field());
    return aimed ? Kill.at(ground) : when;
  }
}

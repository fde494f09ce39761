package io.saltus.bench.storm.strike;

import io.saltus.bench.storm.ground.BrokenPromiseException;
import io.saltus.bench.storm.ground.Running;
import java.io.IOException;
import java.time.Duration;

/** SIGSTOP for longer than the libraries' time-outs, as by a closed lid, then SIGCONT. */
final class Stopped implements Strike {

  /** The circuit breaker in front of Pekko's journals gives up after 10 s by default. */
  private static final Duration LONG = Duration.ofMillis(10_500);

  @Override
  public String name() {
    return "stop";
  }

  @Override
  public Outcome strike(Ground ground) throws IOException, InterruptedException {
    long step = ground.pick(ground.field().program().steps() / 2);
    int status;
    try (Running child = ground.launch().begin()) {
      ground.awaitFrames(child, step);
      child.signal("STOP");
      child.await(promises -> false, LONG);
      child.signal("CONT");
      status = child.status(ground.patience());
      ground.remember(child.promises());
    }
    if (status != 0) {
      throw new BrokenPromiseException(
          "status " + status + " after SIGCONT: " + ground.lastError());
    }
    return new Outcome(
        "after step " + step + ", for " + LONG.toMillis() + " ms", "ran on; " + ground.goOn());
  }
}

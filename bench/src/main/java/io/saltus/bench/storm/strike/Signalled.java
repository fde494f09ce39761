package io.saltus.bench.storm.strike;

import io.saltus.bench.storm.ground.BrokenPromiseException;
import io.saltus.bench.storm.ground.Running;
import java.io.IOException;

/** SIGTERM or SIGHUP: the run pauses in good order and the process ends with 130. */
final class Signalled implements Strike {

  private static final int PAUSED = 130;

  private final String signal;

  Signalled(String signal) {
    this.signal = signal;
  }

  @Override
  public String name() {
    return "sig" + signal.toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public Outcome strike(Ground ground) throws IOException, InterruptedException {
    long step = ground.pick(ground.field().program().steps() / 2);
    try (Running child = ground.launch().begin()) {
      ground.awaitFrames(child, step);
      child.signal(signal);
      int status = child.status(ground.patience());
      ground.remember(child.promises());
      if (status != PAUSED || !child.promises().has("RunPaused")) {
        throw new BrokenPromiseException(
            "SIG%s ended with status %d, %s".formatted(signal, status, child.promises().summary()));
      }
    }
    return new Outcome("after step " + step, "paused; " + ground.goOn());
  }
}

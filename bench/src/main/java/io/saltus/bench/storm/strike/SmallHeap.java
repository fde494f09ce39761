package io.saltus.bench.storm.strike;

import io.saltus.bench.storm.ground.BrokenPromiseException;
import io.saltus.bench.storm.ground.Running;
import java.io.IOException;
import java.nio.file.Files;

/** A heap that is too small: it ends with 1 and the word for it, and goes on with enough. */
final class SmallHeap implements Strike {

  private static final int LEAST = 6;
  private static final int MORE = 10;

  @Override
  public String name() {
    return "heap";
  }

  @Override
  public Outcome strike(Ground ground) throws IOException, InterruptedException {
    int megabytes = LEAST + (int) ground.pick(MORE);
    int status;
    try (Running child = ground.launch().withHeap(megabytes).begin()) {
      status = child.status(ground.patience());
      ground.remember(child.promises());
    }
    if (status == 1) {
      String said = Files.readString(ground.field().errors());
      if (!said.contains("OutOfMemoryError")) {
        throw new BrokenPromiseException("status 1 and no OutOfMemoryError: " + ground.lastError());
      }
      // The JVM's own words, with which the second process is not to be blamed.
      Files.move(ground.field().errors(), ground.field().root().resolve("stderr.heap"));
    } else if (status != 0) {
      throw new BrokenPromiseException("status " + status + ": " + ground.lastError());
    }
    return new Outcome(
        "heap of " + megabytes + " MB" + (status == 0 ? ", which was enough" : ""), ground.goOn());
  }
}

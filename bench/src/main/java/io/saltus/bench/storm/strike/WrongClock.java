package io.saltus.bench.storm.strike;

import io.saltus.bench.storm.ground.BrokenPromiseException;
import io.saltus.bench.storm.ground.Running;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/** The wall clock is set back and forth, by up to ten years, while the run is under way. */
final class WrongClock implements Strike {

  private static final long TEN_YEARS = 315_576_000L;
  private static final Duration BETWEEN = Duration.ofMillis(50);

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public Optional<String> impossible(Ground ground) {
    return ground.field().shim().impossible();
  }

  @Override
  public Outcome strike(Ground ground) throws IOException, InterruptedException {
    Path file = ground.field().root().resolve("clock");
    Files.write(file, new byte[Long.BYTES]);
    int settings = 0;
    int status;
    try (FileChannel clock = FileChannel.open(file, StandardOpenOption.WRITE);
        Running child = ground.launch().withClock(file).begin()) {
      long deadline = System.nanoTime() + ground.patience().toNanos();
      while (!child.await(promises -> promises.has("RunCompleted"), BETWEEN)
          && System.nanoTime() < deadline) {
        set(clock, ground.pick(2 * TEN_YEARS) - TEN_YEARS);
        settings++;
      }
      status = child.status(ground.patience());
      ground.remember(child.promises());
    }
    if (status != 0) {
      throw new BrokenPromiseException("status " + status + ": " + ground.lastError());
    }
    return new Outcome("set " + settings + " times", ground.goOn());
  }

  private static void set(FileChannel clock, long seconds) throws IOException {
    clock.write(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(0, seconds), 0);
  }
}

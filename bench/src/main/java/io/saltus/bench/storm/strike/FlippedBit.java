package io.saltus.bench.storm.strike;

import io.saltus.bench.storm.child.Line.Phase;
import io.saltus.bench.storm.ground.BrokenPromiseException;
import io.saltus.bench.storm.ground.Running;
import io.saltus.bench.storm.ground.Witness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One bit is not what was written. */
final class FlippedBit implements Strike {

  /** Where the bit is. */
  enum Place {
    LOG("flip-log"),
    TABLE("flip-table"),
    SNAPSHOT("flip-snapshot"),
    CHECKPOINT("flip-checkpoint");

    private final String name;

    Place(String name) {
      this.name = name;
    }
  }

  private static final int NEAR = 200;

  private final Place place;

  FlippedBit(Place place) {
    this.place = place;
  }

  @Override
  public String name() {
    return place.name;
  }

  @Override
  public Optional<String> impossible(Ground ground) {
    return place == Place.CHECKPOINT ? LostCheckpoints.none(ground) : Optional.empty();
  }

  @Override
  public Outcome strike(Ground ground) throws IOException, InterruptedException {
    long step = ground.pick(ground.field().program().steps() / 2);
    try (Running child = ground.launch().begin()) {
      if (place == Place.SNAPSHOT) {
        child.status(ground.patience());
      } else {
        ground.awaitFrames(child, place == Place.CHECKPOINT ? LostCheckpoints.step(ground) : step);
        child.kill();
      }
    }
    if (place == Place.TABLE) {
      // Recovery makes tables of logs.
      try (Running child = ground.launch().goOn()) {
        child.await(promises -> promises.reached(Phase.OPEN), ground.patience());
        child.kill();
      }
    }
    Witness before = ground.check();
    Path file = file(ground);
    byte[] bytes = Files.readAllBytes(file);
    int at = position(ground, bytes);
    int loss = loss(ground, file, at);
    bytes[at] ^= (byte) (1 << (ground.pick(Byte.SIZE) - 1));
    Files.write(file, bytes);
    return new Outcome(
        "byte %d of %d of %s".formatted(at, bytes.length, file.getFileName()),
        new Aftermath(ground, before, loss).of(spoilt(file)));
  }

  /** In its last record a flip may look like what a crash cuts off. */
  private int loss(Ground ground, Path file, int at) throws IOException {
    boolean isLast =
        (place == Place.LOG || place == Place.SNAPSHOT)
            && LogFile.newest(ground.home())
                .filter(log -> log.file().equals(file) && at >= log.start(0))
                .isPresent();
    return isLast ? TornLog.IN_A_RECORD : 0;
  }

  private Set<String> spoilt(Path file) {
    return place == Place.CHECKPOINT ? Set.of(LostCheckpoints.digest(file)) : Set.of();
  }

  private Path file(Ground ground) throws IOException {
    return switch (place) {
      case LOG, SNAPSHOT ->
          LogFile.newest(ground.home())
              .orElseThrow(() -> new BrokenPromiseException("there is no log"))
              .file();
      case TABLE -> {
        List<Path> tables = LogFile.files(ground.home(), ".sst");
        if (tables.isEmpty()) {
          throw new BrokenPromiseException("there is no table");
        }
        yield tables.get((int) ground.pick(tables.size()) - 1);
      }
      case CHECKPOINT -> {
        List<Path> files = LostCheckpoints.files(ground.home());
        yield files.get((int) ground.pick(files.size()) - 1);
      }
    };
  }

  private int position(Ground ground, byte[] bytes) {
    if (place != Place.SNAPSHOT) {
      return (int) ground.pick(bytes.length) - 1;
    }
    int found = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("RunState");
    if (found < 0) {
      throw new BrokenPromiseException("there is no snapshot in the log");
    }
    return found + (int) ground.pick(Math.min(NEAR, bytes.length - found)) - 1;
  }
}

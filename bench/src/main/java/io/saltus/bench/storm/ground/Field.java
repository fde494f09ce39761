package io.saltus.bench.storm.ground;

import java.nio.file.Path;

/**
 * The directory of one round.
 *
 * @param root everything of the round
 * @param shim of the storm
 * @param program that is trained
 */
public record Field(Path root, Shim shim, TrainedProgram program) {

  /** What the shim takes for the disk. */
  public Path disk() {
    return root.resolve("disk");
  }

  /** The home, in the disk's only directory, so that its own name can be lost too. */
  public Path home() {
    return disk().resolve("home");
  }

  /** What would survive a cut of the power. */
  public Path shadow() {
    return root.resolve("shadow");
  }

  /** What the shim saw. */
  public Path trace() {
    return root.resolve("trace");
  }

  /** What the children said on standard error. */
  public Path errors() {
    return root.resolve("stderr");
  }

  /** A child as it comes. */
  public Launch launch() {
    return Launch.plain(this);
  }
}

package io.saltus.bench.scale;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Opens the home of a process that was killed and says when its supervisor answers. */
final class RecoveryChild {

  private static final long PATIENCE_MINUTES = 10;

  private RecoveryChild() {}

  /**
   * Recovers and ends.
   *
   * @param args the home, and how many devices there are
   */
  public static void main(String[] args) throws Exception {
    long begin = System.nanoTime();
    try (Homestead home =
        Homestead.open(Path.of(args[0]), new PacedProgram(1), Integer.parseInt(args[1]))) {
      System.out.println("open=" + (System.nanoTime() - begin) / 1e9);
      // It has nothing to bring to rest, and answers what it is asked once it has recovered.
      home.supervision()
          .pauseAll("nothing is at work")
          .toCompletableFuture()
          .get(PATIENCE_MINUTES, TimeUnit.MINUTES);
      System.out.println("answered=" + (System.nanoTime() - begin) / 1e9);
    }
    System.out.println("closed=" + (System.nanoTime() - begin) / 1e9);
  }
}

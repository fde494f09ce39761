package io.saltus.persistence.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/** Saves one state after another until it is killed, and prints what it has saved. */
final class SavingProcess {

  private SavingProcess() {}

  public static void main(String[] arguments) throws IOException {
    CheckpointStore store = CheckpointStore.at(Path.of(arguments[0]));
    for (long number = Long.parseLong(arguments[1]); ; number++) {
      StoredCheckpoint saved = store.save(Tensors.numbered(number, 1 << 20));
      System.out.println(number + " " + saved.sha256() + " " + saved.bytes() + " .");
    }
  }
}

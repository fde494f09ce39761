package io.saltus.persistence.checkpoint;

import io.saltus.experiment.Sha256;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The digest of a file, taken on a thread of its own while the file is written and synced: of a
 * large state it costs about as much as both. Tensors cannot change, so both read the same bytes.
 */
final class DigestBeside {

  private final CompletableFuture<Sha256> digest;

  private DigestBeside(CompletableFuture<Sha256> digest) {
    this.digest = digest;
  }

  /** Begins; the thread ends by itself when the digest is taken, wanted or not. */
  static DigestBeside begin(SafeTensorsWriting writing) {
    return new DigestBeside(
        CompletableFuture.supplyAsync(writing::digest, DigestBeside::startThread));
  }

  private static void startThread(Runnable task) {
    Thread thread = new Thread(task, "saltus-digest");
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits for it, and throws what it failed with. */
  Sha256 await() {
    try {
      return digest.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }
}

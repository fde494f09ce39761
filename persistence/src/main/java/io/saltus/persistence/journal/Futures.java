package io.saltus.persistence.journal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/** From Java's futures to Scala's. */
final class Futures {

  private Futures() {}

  /** Without the wrapping that Java's futures put around causes, which Pekko would pass on. */
  static <T> Future<T> asScala(CompletionStage<T> stage) {
    CompletableFuture<T> plain = new CompletableFuture<>();
    CompletionStage<T> unused =
        stage.whenComplete(
            (value, failed) -> {
              if (failed == null) {
                plain.complete(value);
              } else {
                plain.completeExceptionally(
                    failed instanceof CompletionException && failed.getCause() != null
                        ? failed.getCause()
                        : failed);
              }
            });
    return FutureConverters.asScala(plain);
  }
}

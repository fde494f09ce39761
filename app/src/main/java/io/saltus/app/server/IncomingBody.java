package io.saltus.app.server;

import io.saltus.app.server.guard.Guard;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.app.server.http.Request;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.Done;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * The body of a request. An answer that overtakes it closes the connection, and what the client has
 * not yet sent by then makes its system drop the answer. So a body is taken from the line to its
 * end, and thrown away where nobody wants it, unless it is far too long or comes too slowly.
 */
final class IncomingBody {

  private static final long MOST_TAKEN = 16 * Guard.LARGEST_BODY;
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final HttpRequest request;
  private final Materializer materializer;
  private final AtomicBoolean taken;

  IncomingBody(HttpRequest request, Materializer materializer) {
    this.request = request;
    this.materializer = materializer;
    this.taken = new AtomicBoolean(request.entity().isKnownEmpty());
  }

  /**
   * Reads it.
   *
   * @return fails with an {@link HttpProblem}: 408, 413 or 400
   */
  CompletionStage<Request.Bytes> read() {
    taken.set(true);
    return bytes()
        .runFold(new Gathered(), Gathered::and, materializer)
        .handle(
            (gathered, failure) -> {
              if (failure != null) {
                throw new CompletionException(problem(failure));
              }
              return gathered.whole();
            });
  }

  /** Takes from the line what nobody has read; when this is done, an answer gets through. */
  CompletionStage<Done> clear() {
    if (taken.getAndSet(true)) {
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    // Who asks before sending has not sent yet, and must not begin.
    boolean asks = request.getHeader("Expect").isPresent();
    if (asks || request.entity().getContentLengthOption().orElse(0) > MOST_TAKEN) {
      bytes().runWith(Sink.cancelled(), materializer);
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    return bytes().runWith(Sink.ignore(), materializer).exceptionally(unsent -> Done.getInstance());
  }

  private Source<ByteString, Object> bytes() {
    return request.entity().withSizeLimit(MOST_TAKEN).getDataBytes().completionTimeout(LONGEST);
  }

  private static HttpProblem problem(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof HttpProblem known) {
      return known;
    }
    if (cause instanceof TimeoutException) {
      return HttpProblem.of(
          408, "too-slow", "The body did not come in time", "the rest of the body did not come.");
    }
    if (cause.getClass().getSimpleName().contains("SizeException")) {
      return Guard.tooLarge();
    }
    return HttpProblem.of(
        400, "bad-body", "The body is not what it must be", "the body ended before it was whole.");
  }

  /** What came of a body, as far as it is not too long; used by one thread at a time. */
  private static final class Gathered {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long length;

    Gathered and(ByteString next) {
      length += next.size();
      if (length <= Guard.LARGEST_BODY) {
        kept.writeBytes(next.toArray());
      }
      return this;
    }

    Request.Bytes whole() {
      if (length > Guard.LARGEST_BODY) {
        throw Guard.tooLarge();
      }
      return new Request.Bytes(kept.toByteArray());
    }
  }
}

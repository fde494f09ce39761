package io.saltus.app.server.live;

import io.saltus.app.server.http.HttpProblem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Streams of server-sent events, of which there are so many at most. */
public final class Streams {

  private static final int MOST = 512;
  private static final Duration BEAT = Duration.ofSeconds(10);

  private final Feed feed;
  private final StateLines lines;
  private final Executor executor;
  private final int most;
  private final AtomicInteger open = new AtomicInteger();

  /**
   * @param executor on which the journal may be read
   */
  public Streams(Feed feed, StateLines lines, Executor executor) {
    this(feed, lines, executor, MOST);
  }

  /**
   * @param most how many may be open
   */
  Streams(Feed feed, StateLines lines, Executor executor, int most) {
    this.feed = feed;
    this.lines = lines;
    this.executor = executor;
    this.most = most;
  }

  /** How many are read now. */
  public int open() {
    return open.get();
  }

  /**
   * A stream that begins when it is read. It is empty where by then there are too many: whoever
   * opens it anew is told so.
   *
   * @param after the offset up to which the reader knows everything; empty: up to now
   * @throws HttpProblem when there are too many
   */
  public Source<ByteString, NotUsed> open(Topics topics, Optional<Long> after) {
    if (open.get() >= most) {
      throw HttpProblem.busy("too many streams are read: " + most + ". Close one.");
    }
    return Source.lazySource(() -> begin(topics, after))
        .mapMaterializedValue(later -> NotUsed.getInstance());
  }

  private Source<ByteString, NotUsed> begin(Topics topics, Optional<Long> after) {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      return Source.empty();
    }
    Subscription subscription = new Subscription(feed, topics, lines, after, executor);
    return Source.unfoldAsync(
            subscription,
            reader ->
                reader.next().thenApply(part -> part.map(bytes -> Pair.create(reader, bytes))))
        .keepAlive(BEAT, Messages::beat)
        .watchTermination(
            (nothing, done) -> {
              done.whenComplete(
                  (end, failure) -> {
                    subscription.end();
                    open.decrementAndGet();
                  });
              return nothing;
            });
  }
}

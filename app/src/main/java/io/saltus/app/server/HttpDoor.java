package io.saltus.app.server;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.app.server.http.Request;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.model.headers.RawRequestURI;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.util.ByteString;

/** The library that carries HTTP: turns its requests into ours, and our answers into its. */
final class HttpDoor implements AutoCloseable {

  private static final Duration OPENING = Duration.ofSeconds(30);
  private static final Duration CLOSING = Duration.ofSeconds(2);

  /** Answers requests. */
  @FunctionalInterface
  interface Answering {
    /**
     * Answers one.
     *
     * @param body reads the body
     * @return never fails
     */
    CompletionStage<Answer> answer(Request request, Supplier<CompletionStage<Request.Bytes>> body);
  }

  private final ActorSystem system;
  private final Materializer materializer;
  private final Answering answering;
  private final ServerBinding binding;

  private HttpDoor(ActorSystem system, InetSocketAddress address, Answering answering)
      throws ExecutionException, InterruptedException, TimeoutException {
    this.system = system;
    this.materializer = Materializer.matFromSystem(system);
    this.answering = answering;
    this.binding =
        Http.get(system)
            .newServerAt(address.getHostString(), address.getPort())
            .bind(this::handle)
            .toCompletableFuture()
            .get(OPENING.toSeconds(), TimeUnit.SECONDS);
  }

  /**
   * Listens.
   *
   * @param address with port 0: any that is free
   * @throws ExecutionException when that is not possible
   */
  static HttpDoor open(InetSocketAddress address, Answering answering)
      throws ExecutionException, InterruptedException, TimeoutException {
    ActorSystem system = ActorSystem.create("saltus-http", config());
    try {
      return new HttpDoor(system, address, answering);
    } catch (ExecutionException | InterruptedException | TimeoutException e) {
      end(system);
      throw e;
    }
  }

  private static Config config() {
    return ConfigFactory.parseResources(
            HttpDoor.class.getClassLoader(), "io/saltus/app/server/http.conf")
        .withFallback(ConfigFactory.defaultReferenceUnresolved())
        .resolve();
  }

  /** The port that is listened on. */
  int port() {
    return binding.localAddress().getPort();
  }

  private CompletionStage<HttpResponse> handle(HttpRequest request) {
    CompletionStage<Answer> answer;
    IncomingBody body = new IncomingBody(request, materializer);
    Optional<Request> understood = request(request);
    if (understood.isEmpty()) {
      answer =
          CompletableFuture.completedFuture(
              Finish.of(
                  Request.EMPTY,
                  HttpProblem.of(
                          400,
                          "bad-request",
                          "The request is not understood",
                          "the target is no path: the request line. Begin it with a slash.")
                      .answer()));
    } else {
      answer = answering.answer(understood.get(), body::read);
    }
    return answer.thenCompose(done -> body.clear().thenApply(cleared -> response(done)));
  }

  private static Optional<Request> request(HttpRequest request) {
    String target = request.getHeader(RawRequestURI.class).map(RawRequestURI::uri).orElse("");
    if (!target.startsWith("/")) {
      return Optional.empty();
    }
    String withoutFragment =
        target.indexOf('#') < 0 ? target : target.substring(0, target.indexOf('#'));
    int mark = withoutFragment.indexOf('?');
    Map<String, List<String>> headers = new HashMap<>();
    for (HttpHeader header : request.getHeaders()) {
      if (header.renderInRequests()) {
        headers
            .computeIfAbsent(header.lowercaseName(), unseen -> new ArrayList<>())
            .add(header.value());
      }
    }
    entity(request, headers);
    return Optional.of(
        new Request(
            request.method().value().toUpperCase(Locale.ROOT),
            mark < 0 ? withoutFragment : withoutFragment.substring(0, mark),
            mark < 0 ? Optional.empty() : Optional.of(withoutFragment.substring(mark + 1)),
            headers,
            request
                .getAttribute(AttributeKeys.remoteAddress)
                .flatMap(RemoteAddress::getAddress)
                .map(InetAddress::getHostAddress)
                .orElse(""),
            Request.Bytes.NONE));
  }

  /** The library keeps what is about the body apart from the headers. */
  private static void entity(HttpRequest request, Map<String, List<String>> headers) {
    if (request.entity().isKnownEmpty()) {
      return;
    }
    ContentType type = request.entity().getContentType();
    if (type != ContentTypes.NO_CONTENT_TYPE) {
      headers.put("content-type", List.of(type.toString()));
    }
    request
        .entity()
        .getContentLengthOption()
        .ifPresentOrElse(
            length -> headers.put("content-length", List.of(Long.toString(length))),
            () -> headers.put("transfer-encoding", List.of("chunked")));
  }

  private static HttpResponse response(Answer answer) {
    StatusCode status =
        StatusCodes.lookup(answer.status())
            .orElseGet(() -> StatusCodes.custom(answer.status(), "Status " + answer.status(), ""));
    List<HttpHeader> headers = new ArrayList<>();
    answer
        .headers()
        .forEach(header -> headers.add(RawHeader.create(header.name(), header.value())));
    HttpResponse response = HttpResponse.create().withStatus(status).addHeaders(headers);
    if (answer.type().isEmpty()) {
      return response.withEntity(HttpEntities.EMPTY);
    }
    ContentType type = ContentTypes.parse(answer.type());
    if (answer.content() instanceof Answer.Flowing flowing) {
      return response.withEntity(HttpEntities.createChunked(type, flowing.source()));
    }
    byte[] bytes = ((Answer.Whole) answer.content()).bytes();
    return response.withEntity(HttpEntities.create(type, ByteString.fromArrayUnsafe(bytes)));
  }

  /** Listens no more, gives what is being answered a moment, and ends. */
  @Override
  public void close() {
    try {
      binding
          .terminate(CLOSING)
          .toCompletableFuture()
          .get(2 * CLOSING.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException slow) {
      // What is left of it ends with its system.
      system.log().debug("connections were left at the end");
    }
    end(system);
  }

  private static void end(ActorSystem system) {
    try {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      system.log().warning("the actor system of HTTP did not end in good order: {}", e.toString());
    }
  }
}

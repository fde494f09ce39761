package io.saltus.app.server;

import io.saltus.app.Saltus;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import io.saltus.app.server.api.Api;
import io.saltus.app.server.guard.Access;
import io.saltus.app.server.guard.FailureLimit;
import io.saltus.app.server.guard.Guard;
import io.saltus.app.server.guard.OwnToken;
import io.saltus.app.server.guard.Token;
import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.app.server.http.Request;
import io.saltus.experiment.session.Program;
import io.saltus.persistence.home.Home;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The server of one home, from its opening to its closing. */
public final class Server implements AutoCloseable {

  private final ServerSettings settings;
  private final Optional<OwnToken> own;
  private final Guard guard;
  private final StaticFiles files;
  private final Api api;
  private final HttpDoor door;

  private Server(
      ServerSettings settings,
      Optional<OwnToken> own,
      Home home,
      Saltus saltus,
      List<Program> programs,
      Clock clock) {
    this.settings = settings;
    this.own = own;
    List<Token> tokens =
        settings.tokens().orElseGet(() -> own.map(OwnToken::token).stream().toList());
    guard =
        new Guard(
            settings.allHosts(),
            settings.tokens().isPresent(),
            tokens,
            new FailureLimit(System::nanoTime));
    files = StaticFiles.load();
    api =
        Api.open(
            home,
            saltus,
            programs,
            settings.dataSets(),
            settings.mostValues(),
            guard,
            clock.instant());
    try {
      door = open();
    } catch (RuntimeException e) {
      api.close();
      throw e;
    }
  }

  /**
   * Opens it.
   *
   * @param home held by this process
   * @param saltus the home, open; closed by the caller after this
   * @param programs that specs are read for
   * @param random for the token
   * @throws Refusal when it cannot listen there
   */
  public static Server open(
      ServerSettings settings,
      Home home,
      Saltus saltus,
      List<Program> programs,
      Clock clock,
      RandomGenerator random) {
    Optional<OwnToken> own =
        settings.tokens().isPresent() ? Optional.empty() : Optional.of(OwnToken.make(home, random));
    try {
      return new Server(settings, own, home, saltus, programs, clock);
    } catch (RuntimeException e) {
      own.ifPresent(OwnToken::close);
      throw e;
    }
  }

  private HttpDoor open() {
    try {
      return HttpDoor.open(settings.address(), this::answer);
    } catch (ExecutionException e) {
      throw unable(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()), e);
    } catch (TimeoutException e) {
      throw unable("it takes too long", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unable("it was interrupted", e);
    }
  }

  private Refusal unable(String why, Exception cause) {
    int port = settings.address().getPort();
    String host = settings.address().getHostString();
    if (why.contains("Permission denied")) {
      return new Refusal(
          ExitCode.FAILED,
          new Problem(
              "only the administrator may listen there",
              "--port " + port,
              "Choose one from 1024 on."),
          cause);
    }
    if (why.contains("Cannot assign requested address")) {
      return new Refusal(
          ExitCode.FAILED,
          new Problem(
              "this machine has no such address",
              "--host " + host,
              "Give 127.0.0.1 or an address of this machine."),
          cause);
    }
    if (why.contains("Address already in use")) {
      String holder = PortHolder.of(port).map(found -> ", by " + found).orElse("");
      return new Refusal(
          ExitCode.FAILED,
          new Problem(
              "the port is taken" + holder,
              "--port " + port,
              "Choose another, or --port 0 for any that is free."),
          cause);
    }
    return new Refusal(
        ExitCode.FAILED,
        new Problem(
            "the server cannot listen",
            host + ":" + port + " (" + why + ")",
            "Choose another --host or --port."),
        cause);
  }

  private CompletionStage<Answer> answer(
      Request request, Supplier<CompletionStage<Request.Bytes>> body) {
    CompletionStage<Answer> answer =
        Api.isOwn(request.path())
            ? api.answer(request, body)
            : CompletableFuture.completedFuture(file(request));
    return answer.thenApply(done -> Finish.of(request, done));
  }

  private Answer file(Request request) {
    try {
      guard.admit(request, Access.OPEN);
      Optional<Answer> file = files.find(request.path());
      if (file.isPresent() && !request.isReading()) {
        throw HttpProblem.of(
                405,
                "wrong-method",
                "That cannot be done here",
                "files can only be read: the method.")
            .with("Allow", "GET, HEAD");
      }
      return file.orElseThrow(
          () -> HttpProblem.unknown("page", "there is nothing here: the path. Begin at /."));
    } catch (HttpProblem refused) {
      return refused.answer();
    }
  }

  /** Its address, without a token. */
  public String url() {
    return settings.url(door.port());
  }

  /** Its address for a browser of its owner, which keeps the token to itself. */
  public String secretUrl() {
    return url() + own.map(token -> "#token=" + token.secret()).orElse("");
  }

  /** Begins nothing any more; who looks on goes on. */
  public void takeNoMore() {
    api.takeNoMore();
  }

  /** Ends; nothing reads the home after this. */
  @Override
  public void close() {
    api.takeNoMore();
    api.endStreams();
    door.close();
    api.close();
    own.ifPresent(OwnToken::close);
  }
}

package io.saltus.app.server.api;

import io.saltus.app.Saltus;
import io.saltus.app.server.guard.Access;
import io.saltus.app.server.guard.Guard;
import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.app.server.http.Request;
import io.saltus.app.server.live.Feed;
import io.saltus.app.server.live.StateLines;
import io.saltus.app.server.live.Streams;
import io.saltus.experiment.RunId;
import io.saltus.experiment.session.Program;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.index.RunIndexFile;
import io.saltus.persistence.series.SeriesIndexes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** The API of one home: from requests to answers. */
public final class Api implements AutoCloseable {

  /** A block of a thinned series takes the room of so many values. */
  private static final int VALUES_A_BLOCK = 8;

  private final Feed feed;
  private final Guard guard;
  private final Routes routes;
  private final Workers workers;
  private final SeriesKeeper series;
  private final ServiceMetrics metrics = new ServiceMetrics();
  private final Closing closing = new Closing();

  private Api(
      Home home,
      Saltus saltus,
      List<Program> programs,
      SortedMap<String, Path> dataSets,
      long mostValues,
      Guard guard,
      Instant started) {
    this.guard = guard;
    workers = new Workers();
    feed = Feed.start(saltus.journal(), RunIndexFile.at(home.runIndex()), Feed.Limits.DEFAULT);
    HomeReads reads =
        new HomeReads(home, saltus.journal(), feed, programs, dataSets, saltus.studies()::isAtWork);
    SeriesIndexes indexes = SeriesIndexes.of(home);
    series = SeriesKeeper.start(feed, saltus.journal(), indexes, SeriesKeeper.Limits.DEFAULT);
    IndexedSeries indexed =
        new IndexedSeries(feed, indexes, series, new Overviews(mostValues / VALUES_A_BLOCK));
    Summaries summaries = new Summaries(reads, indexed);
    DeviceRoutes devices = new DeviceRoutes(reads);
    Streams streams = new Streams(feed, lines(summaries, devices), workers.streams());
    metrics.watch(reads, streams);
    List<Route> all = new ArrayList<>();
    Tags tags = new Tags(feed, started);
    all.addAll(new RunRoutes(reads, summaries, tags).routes());
    all.addAll(new HistoryRoutes(reads, tags).routes());
    all.addAll(new EventRoutes(reads, tags).routes());
    all.addAll(new MetricRoutes(reads, indexed, tags, mostValues).routes());
    all.addAll(new JumpRoutes(reads, tags).routes());
    StudyRoutes studies = new StudyRoutes(reads);
    all.addAll(studies.routes());
    all.addAll(devices.routes());
    all.addAll(new SpecRoutes(reads, tags).routes());
    all.addAll(new ServerRoutes(reads, streams, metrics, started, closing).routes());
    all.addAll(new RunChanges(reads, saltus, closing).routes());
    all.addAll(new ExternalRoutes(reads, saltus, closing).routes());
    all.addAll(new Analyses(reads, saltus, workers.analyses()).routes());
    all.addAll(new StudyChanges(reads, studies, saltus, closing).routes());
    all.add(
        Route.get(
                "/api/v1/openapi.json",
                "This description",
                call -> tags.lasting(call, () -> Answer.json(OpenApi.document(all))))
            .giving("Description")
            .tagged()
            .doing(Route.Work.NONE));
    routes = new Routes(all);
  }

  /**
   * Opens it.
   *
   * @param saltus the home, open; closed by the caller after this
   * @param programs that specs are read for
   * @param dataSets directories by the names that specs may call them by
   * @param mostValues how many values of series an answer may have
   * @param started when the server began
   */
  public static Api open(
      Home home,
      Saltus saltus,
      List<Program> programs,
      SortedMap<String, Path> dataSets,
      long mostValues,
      Guard guard,
      Instant started) {
    return new Api(home, saltus, programs, dataSets, mostValues, guard, started);
  }

  private StateLines lines(Summaries summaries, DeviceRoutes devices) {
    return new StateLines() {
      @Override
      public Optional<String> run(RunId run) {
        return feed.runs().find(run).map(summaries::line);
      }

      @Override
      public String devices() {
        return devices.line();
      }
    };
  }

  /** Whether a path is one of this. */
  public static boolean isOwn(String path) {
    return path.equals("/api")
        || path.startsWith("/api/")
        || path.equals("/metrics")
        || path.startsWith("/health/");
  }

  /**
   * Answers a request.
   *
   * @param body reads the body; asked for only where the request has been let in and has one
   * @return never fails
   */
  public CompletionStage<Answer> answer(
      Request request, Supplier<CompletionStage<Request.Bytes>> body) {
    long begin = System.nanoTime();
    String method = METHODS.contains(request.method()) ? request.method() : "OTHER";
    String[] template = {"none"};
    CompletionStage<Answer> answer;
    try {
      Routes.Found found = find(request);
      template[0] = found.route().template();
      Access access = guard.admit(request, found.route().access());
      answer = answer(found, request, access, body);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer
        .exceptionally(failure -> Problems.of(failure).answer())
        .thenApply(
            done -> {
              metrics.answered(method, template[0], done.status(), System.nanoTime() - begin);
              return done;
            });
  }

  private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PATCH", "DELETE");

  /** What is not there is said only to those who may look at what is. */
  private Routes.Found find(Request request) {
    try {
      return routes.find(request.method(), request.path());
    } catch (HttpProblem nowhere) {
      guard.admit(request, request.isReading() ? Access.READ : Access.FULL);
      throw nowhere;
    }
  }

  private CompletionStage<Answer> answer(
      Routes.Found found,
      Request request,
      Access access,
      Supplier<CompletionStage<Request.Bytes>> body) {
    Route route = found.route();
    Parameters parameters = Parameters.read(request.query(), route.parameters());
    Executor executor = workers.of(route.work());
    Function<Fields, CompletionStage<Answer>> answering =
        fields ->
            route.handler().answer(new Call(request, found.names(), parameters, fields, access));
    if (request.isReading()) {
      return CompletableFuture.supplyAsync(() -> answering.apply(Fields.none()), executor)
          .thenCompose(Function.identity());
    }
    return body.get()
        .thenComposeAsync(
            bytes -> answering.apply(Fields.read(bytes, route.form(), route.fields())), executor);
  }

  /** Nothing is begun any more; what looks goes on. */
  public void takeNoMore() {
    closing.begin();
  }

  /** Streams end by themselves from now on; everything else is answered as before. */
  public void endStreams() {
    feed.close();
  }

  /** Ends; nothing reads the journal after this. */
  @Override
  public void close() {
    closing.begin();
    feed.close();
    series.close();
    workers.close();
    metrics.close();
  }
}

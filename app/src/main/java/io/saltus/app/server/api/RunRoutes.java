package io.saltus.app.server.api;

import io.saltus.app.filter.Filter;
import io.saltus.app.filter.RunFilters;
import io.saltus.app.filter.RunOrdering;
import io.saltus.app.json.Json;
import io.saltus.app.report.RunView;
import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.app.server.live.LiveRun;
import io.saltus.experiment.RunId;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.runs.BesideStream;
import io.saltus.persistence.runs.RunNotFoundException;
import io.saltus.persistence.studies.StudyReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs in lists, and one whole. */
final class RunRoutes {

  private static final int USUAL_LIMIT = 200;
  private static final int MOST = 1_000;

  /** How long a list may take to draw small pictures that are not known yet. */
  private static final long DRAWING_NANOS = 250_000_000;

  private final HomeReads reads;
  private final Summaries summaries;
  private final Tags tags;

  RunRoutes(HomeReads reads, Summaries summaries, Tags tags) {
    this.reads = reads;
    this.summaries = summaries;
    this.tags = tags;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
                "/api/v1/runs",
                "Runs at a glance",
                this::list,
                Param.text("where", "a filter, as of 'saltus runs --where'"),
                Param.text(
                    "sort", "submitted or a key of filters; with a minus the other way round"),
                Param.whole("limit", 1, MOST, "how many at most; 200 where nothing is said"),
                Cursor.param())
            .giving("RunList"),
        Route.get(
                "/api/v1/runs/{run}",
                "A run whole, now or as it was",
                this::one,
                Moment.STEP,
                Moment.SEQUENCE)
            .giving("Run")
            .tagged()
            .doing(Route.Work.MUCH_READING));
  }

  private Answer list(Call call) {
    long offset = reads.feed().offset();
    List<LiveRun> all = reads.feed().runs().all();
    Map<String, LiveRun> byName = new HashMap<>();
    all.forEach(run -> byName.put(run.run(), run));
    List<LiveRun> meant = meant(call, all, byName);
    int limit = (int) call.parameters().whole("limit").orElse(USUAL_LIMIT);
    int from = Cursor.begin(call.parameters(), meant.stream().map(LiveRun::run).toList());
    int until = Math.min(meant.size(), from + limit);
    long drawUntil = System.nanoTime() + DRAWING_NANOS;
    return Answer.json(
        Json.line(
            json -> {
              json.array(
                  "runs",
                  runs ->
                      meant
                          .subList(from, until)
                          .forEach(
                              run ->
                                  runs.addRaw(
                                      summaries.withSpark(run, System.nanoTime() < drawUntil))));
              json.put(
                      "next",
                      until < meant.size() ? Cursor.at(until, meant.get(until).run()) : null)
                  .put("total", meant.size())
                  .put("offset", offset);
            }));
  }

  private List<LiveRun> meant(Call call, List<LiveRun> all, Map<String, LiveRun> byName) {
    Optional<Filter> filter =
        call.parameters().text("where").filter(text -> !text.isBlank()).map(RunFilters::parse);
    String sort = call.parameters().text("sort").orElse("submitted");
    if (filter.isEmpty() && sort.equals("submitted")) {
      return all;
    }
    List<RunView> views = all.stream().map(this::view).toList();
    RunFilters filters = new RunFilters(views, reads::programs);
    RunOrdering ordering = RunOrdering.of(sort, filters);
    List<RunView> fitting = filter.map(filters::select).orElse(views);
    return ordering.sort(fitting).stream()
        .flatMap(view -> Optional.ofNullable(byName.get(view.run())).stream())
        .toList();
  }

  /** Filters ask for no digests and no jumps. */
  private RunView view(LiveRun run) {
    return new RunView(
        run.state(),
        reads.atWork().isInterrupted(new RunId(run.run()), run.state().status()),
        Optional::empty,
        Optional::empty);
  }

  private Answer one(Call call) {
    RunId run = call.run();
    return reads.read(
        open ->
            version(open, run)
                .answer(call, () -> Answer.json(new WholeRun(open, run).line(call.parameters()))));
  }

  /** A run whose process is gone says so in no event of its own, nor does its study's end. */
  private Tags.Version version(HomeReads.Open open, RunId run) {
    long ofStudy =
        WholeRun.studyIn(run)
            .map(study -> open.journal().highestSequence(StudyReader.stream(study)))
            .orElse(0L);
    return tags.of(open, run)
        .and(BesideStream.ANALYSIS)
        .and(ofStudy)
        .and(reads.feed().isReady() && reads.atWork().run().test(run));
  }

  /** A run that is there. */
  static void require(HomeReads.Open open, RunId run) {
    RunState unused = state(open, run);
  }

  /**
   * The state of a run.
   *
   * @throws HttpProblem where there is no such run
   */
  static RunState state(HomeReads.Open open, RunId run) {
    try {
      return open.runs().state(run);
    } catch (RunNotFoundException e) {
      throw HttpProblem.unknown(
          "run", "there is no run '" + run + "': the path. GET /api/v1/runs lists all.");
    }
  }
}

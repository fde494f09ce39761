package io.saltus.app.server.api;

import io.saltus.app.json.Json;
import io.saltus.app.report.EventAttempts;
import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.app.server.live.EventLines;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.persistence.runs.BesideEvent;
import io.saltus.persistence.runs.BesideReader;
import io.saltus.persistence.runs.BesideStream;
import io.saltus.persistence.runs.RecordedEvent;
import io.saltus.persistence.runs.RunReader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Events of runs, page by page. */
final class EventRoutes {

  private static final int USUAL_LIMIT = 200;
  private static final int MOST = 1_000;
  private static final List<String> STREAMS = List.of("run", "analysis", "audit", "probe");

  private final HomeReads reads;
  private final Tags tags;

  EventRoutes(HomeReads reads, Tags tags) {
    this.reads = reads;
    this.tags = tags;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
                "/api/v1/runs/{run}/events",
                "The events of a run, or of a stream beside it",
                this::events,
                Param.word("stream", STREAMS, "run where nothing is said"),
                Param.whole("from-seq", 1, Long.MAX_VALUE, "the first"),
                Param.whole("until-seq", 1, Long.MAX_VALUE, "the last, included"),
                Param.whole(
                    "at-step",
                    0,
                    Long.MAX_VALUE,
                    "the last is that before today's history goes beyond this step; of stream=run"),
                Param.whole("limit", 1, MOST, "how many at most; 200 where nothing is said"),
                Param.word("order", List.of("asc", "desc"), "asc where nothing is said"),
                Param.word(
                    "frames",
                    List.of("with", "without"),
                    "whether frames of metrics are among them; with where nothing is said"))
            .giving("EventPage")
            .tagged());
  }

  private Answer events(Call call) {
    RunId run = call.run();
    Parameters given = call.parameters();
    long from = given.whole("from-seq").orElse(1);
    long until = given.whole("until-seq").orElse(Long.MAX_VALUE);
    if (until < from) {
      throw HttpProblem.wrong("until-seq", "it lies before from-seq");
    }
    int limit = (int) given.whole("limit").orElse(USUAL_LIMIT);
    boolean newestFirst = given.text("order").filter("desc"::equals).isPresent();
    boolean frames = given.text("frames").filter("without"::equals).isEmpty();
    Optional<BesideStream<?>> beside =
        given.text("stream").filter(name -> !name.equals("run")).flatMap(EventLines::beside);
    Moment moment = Moment.of(given);
    if (moment.step().isPresent() && beside.isPresent()) {
      throw HttpProblem.wrong("at-step", "it stands beside stream=" + beside.get());
    }
    Wanted wanted = new Wanted(run, beside, frames, from, until, newestFirst, limit, moment);
    return reads.read(
        open -> {
          Tags.Version version = tags.of(open, run);
          return (beside.isPresent() ? version.and(beside.get()) : version)
              .answer(call, () -> Answer.json(page(open, wanted)));
        });
  }

  /** What is asked for. */
  private record Wanted(
      RunId run,
      Optional<BesideStream<?>> beside,
      boolean frames,
      long from,
      long until,
      boolean newestFirst,
      int limit,
      Moment moment) {

    String stream() {
      return beside.map(kind -> kind.persistenceId(run)).orElse("run|" + run);
    }
  }

  private static String page(HomeReads.Open open, Wanted wanted) {
    RunId run = wanted.run();
    int limit = wanted.limit();
    boolean newestFirst = wanted.newestFirst();
    long from = wanted.from();
    wanted.moment().require(run, RunRoutes.state(open, run));
    long most = Math.min(wanted.until(), open.journal().highestSequence(wanted.stream()));
    long last = Math.min(most, wanted.moment().lastSequence(open.runs(), run).orElse(most));
    // With frames a page is a range of numbers: what was emptied is missing from it.
    long begin = wanted.frames() && newestFirst ? Math.max(from, last - limit + 1) : from;
    long end = !wanted.frames() || newestFirst || last - from < limit ? last : from + limit - 1;
    EventPage page = new EventPage(begin, end, newestFirst, limit);
    if (begin <= end) {
      fill(page, open.runs(), run, wanted.beside(), wanted.frames());
    }
    boolean more = newestFirst ? begin > from : end < last;
    OptionalLong rest =
        more ? OptionalLong.of(newestFirst ? begin - 1 : end + 1) : OptionalLong.empty();
    OptionalLong next = page.next().isPresent() ? page.next() : rest;
    return Json.line(
        json -> {
          json.array("events", events -> page.lines().forEach(events::addRaw));
          next.ifPresentOrElse(number -> json.put("next", number), () -> json.putNull("next"));
        });
  }

  private static void fill(
      EventPage page, RunReader runs, RunId run, Optional<BesideStream<?>> beside, boolean frames) {
    if (beside.isPresent()) {
      fill(page, runs, run, beside.get());
      return;
    }
    EventAttempts attempts = new EventAttempts(runs, run);
    page.fill(
        (from, until) -> frames ? runs.events(run, from, until) : runs.outlines(run, from, until),
        RecordedEvent::sequence,
        event -> frames || !(event.event() instanceof RunEvent.MetricsRecorded),
        event -> EventLines.of(event, attempts));
  }

  private static <E> void fill(EventPage page, RunReader runs, RunId run, BesideStream<E> kind) {
    BesideReader<E> reader = runs.beside(run, kind);
    page.fill(
        reader::events, BesideEvent::sequence, event -> true, event -> EventLines.of(event, kind));
  }
}

package io.saltus.app.server.api;

import io.saltus.app.json.Json;
import io.saltus.app.report.EventAttempts;
import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.app.server.live.EventLines;
import io.saltus.experiment.RunId;
import io.saltus.persistence.runs.BesideReader;
import io.saltus.persistence.runs.BesideStream;
import io.saltus.persistence.runs.RunReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Events of runs, page by page. */
final class EventRoutes {

  private static final int USUAL_LIMIT = 200;
  private static final int MOST = 1_000;
  private static final List<String> STREAMS = List.of("run", "analysis", "audit", "probe");

  private final HomeReads reads;

  EventRoutes(HomeReads reads) {
    this.reads = reads;
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
            Param.whole("limit", 1, MOST, "how many at most; 200 where nothing is said"),
            Param.word("order", List.of("asc", "desc"), "asc where nothing is said")));
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
    Optional<BesideStream<?>> beside =
        given.text("stream").filter(name -> !name.equals("run")).flatMap(EventLines::beside);
    return reads.read(
        open -> {
          RunRoutes.require(open, run);
          String stream = beside.map(kind -> kind.persistenceId(run)).orElse("run|" + run);
          long last = Math.min(until, open.journal().highestSequence(stream));
          // A page is a range of numbers: what was emptied is missing from it.
          long begin = newestFirst ? Math.max(from, last - limit + 1) : from;
          long end = newestFirst ? last : last - from < limit ? last : from + limit - 1;
          List<String> lines =
              begin > end ? List.of() : lines(open.runs(), run, beside, begin, end, newestFirst);
          boolean more = newestFirst ? begin > from : end < last;
          return Answer.json(
              Json.line(
                  json -> {
                    json.array("events", events -> lines.forEach(events::addRaw));
                    if (more) {
                      json.put("next", newestFirst ? begin - 1 : end + 1);
                    } else {
                      json.putNull("next");
                    }
                  }));
        });
  }

  private static List<String> lines(
      RunReader runs,
      RunId run,
      Optional<BesideStream<?>> beside,
      long from,
      long until,
      boolean newestFirst) {
    List<String> lines = new ArrayList<>();
    if (beside.isPresent()) {
      lines.addAll(beside(runs, run, beside.get(), from, until));
    } else {
      EventAttempts attempts = new EventAttempts(runs, run);
      gather(runs.events(run, from, until), event -> EventLines.of(event, attempts), lines);
    }
    if (newestFirst) {
      Collections.reverse(lines);
    }
    return lines;
  }

  private static <E> List<String> beside(
      RunReader runs, RunId run, BesideStream<E> kind, long from, long until) {
    List<String> lines = new ArrayList<>();
    BesideReader<E> reader = runs.beside(run, kind);
    gather(reader.events(from, until), event -> EventLines.of(event, kind), lines);
    return lines;
  }

  private static <T> void gather(Iterator<T> events, Function<T, String> line, List<String> lines) {
    events.forEachRemaining(event -> lines.add(line.apply(event)));
  }
}

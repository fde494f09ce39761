package io.saltus.app.server.api;

import io.saltus.app.server.http.Answer;
import io.saltus.app.server.live.LiveRun;
import io.saltus.experiment.RunId;
import java.util.List;
import java.util.OptionalLong;

/** What is drawn on the axis of a run's steps. */
final class HistoryRoutes {

  private final HomeReads reads;

  HistoryRoutes(HomeReads reads) {
    this.reads = reads;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
                "/api/v1/runs/{run}/history",
                "Attempts, checkpoints, rewinds, forks and crossings of a run",
                this::history,
                Param.whole("at-sequence", 1, Long.MAX_VALUE, "after an event, as was known then"))
            .doing(Route.Work.MUCH_READING));
  }

  private Answer history(Call call) {
    RunId run = call.run();
    OptionalLong until = call.parameters().whole("at-sequence");
    List<LiveRun> forks =
        reads.feed().runs().all().stream()
            .filter(
                each -> each.state().parent().filter(from -> from.run().equals(run)).isPresent())
            .toList();
    return reads.read(
        open -> {
          RunRoutes.require(open, run);
          return Answer.json(
              RunHistory.read(open.runs(), run, until.orElse(Long.MAX_VALUE)).line(forks));
        });
  }
}

package io.saltus.app.server.api;

import io.saltus.app.server.http.Answer;
import io.saltus.app.server.live.LiveRun;
import io.saltus.experiment.RunId;
import java.util.List;
import java.util.OptionalLong;

/** What is drawn on the axis of a run's steps. */
final class HistoryRoutes {

  private final HomeReads reads;
  private final Tags tags;

  HistoryRoutes(HomeReads reads, Tags tags) {
    this.reads = reads;
    this.tags = tags;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
                "/api/v1/runs/{run}/history",
                "Attempts, checkpoints, rewinds, forks and crossings of a run",
                this::history,
                Moment.STEP,
                Moment.SEQUENCE)
            .giving("History")
            .tagged()
            .doing(Route.Work.MUCH_READING));
  }

  private Answer history(Call call) {
    RunId run = call.run();
    Moment moment = Moment.of(call.parameters());
    List<LiveRun> forks = forks(run);
    return reads.read(
        open ->
            tags.of(open, run)
                .and(forks.size())
                .and(forks.stream().mapToLong(LiveRun::offset).max().orElse(0))
                .answer(call, () -> Answer.json(line(open, run, moment, forks))));
  }

  private static String line(HomeReads.Open open, RunId run, Moment moment, List<LiveRun> forks) {
    moment.require(run, RunRoutes.state(open, run));
    OptionalLong until = moment.lastSequence(open.runs(), run);
    return RunHistory.read(open.runs(), run, until).line(forks);
  }

  /** In the order of their submission. */
  private List<LiveRun> forks(RunId run) {
    return reads.feed().runs().all().stream()
        .filter(each -> each.state().parent().filter(from -> from.run().equals(run)).isPresent())
        .toList();
  }
}

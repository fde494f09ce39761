package io.saltus.app.server.api;

import io.saltus.app.Saltus;
import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.experiment.RunId;
import io.saltus.persistence.projection.RunState;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for jumps when somebody asks, one run after the other. */
final class Analyses {

  private static final Logger LOG = LoggerFactory.getLogger(Analyses.class);

  private final HomeReads reads;
  private final Saltus saltus;
  private final Executor thread;

  /**
   * @param thread one, with a queue that is bounded
   */
  Analyses(HomeReads reads, Saltus saltus, Executor thread) {
    this.reads = reads;
    this.saltus = saltus;
    this.thread = thread;
  }

  List<Route> routes() {
    return List.of(
        Route.change(
                "POST",
                "/api/v1/runs/{run}/analyse",
                "Look for the jumps of a run; the result comes in its stream 'analysis'",
                this::analyse)
            .giving("Run"));
  }

  private Answer analyse(Call call) {
    RunId run = call.run();
    RunState state =
        reads.read(
            open -> {
              RunRoutes.require(open, run);
              return open.runs().state(run);
            });
    if (state.step() < 1) {
      throw HttpProblem.conflict(run + " has recorded no steps to look at yet: the run.");
    }
    thread.execute(
        () -> saltus.findJumps(run).ifPresent(failure -> LOG.warn("{}: {}", run, failure)));
    return Answer.json(202, reads.read(open -> new WholeRun(open, run).line()));
  }
}

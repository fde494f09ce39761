package io.saltus.app.server.api;

import io.saltus.app.report.RunSeries;
import io.saltus.app.server.live.Feed;
import io.saltus.app.server.live.LiveRun;
import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.MetricName;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.runs.StepRange;
import io.saltus.persistence.series.SeriesIndexes;
import io.saltus.persistence.series.ThinnedSeries;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Series of runs as they are now, thinned: of long runs with the help of their indexes, of others
 * by what was read of them before. What these do not serve, such as an attempt, the history as it
 * was, or the steps that a fork has of its parent, is read from the journal.
 */
final class IndexedSeries {

  /** More are as quickly read from the journal. */
  private static final int MOST_POINTS = 20_000;

  private final Feed feed;
  private final SeriesIndexes indexes;
  private final SeriesKeeper keeper;
  private final Overviews overviews;

  /**
   * Series that were found.
   *
   * @param offset what was recorded up to here is among them
   * @param state of the run
   */
  record Found(long offset, RunState state, List<ThinnedSeries> series) {}

  IndexedSeries(Feed feed, SeriesIndexes indexes, SeriesKeeper keeper, Overviews overviews) {
    this.feed = feed;
    this.overviews = overviews;
    this.indexes = indexes;
    this.keeper = keeper;
  }

  /**
   * Finds series.
   *
   * @param points how many of a metric at most
   * @return empty where they are to be read from the journal
   */
  Optional<Found> find(JournalReader journal, RunId run, RunSeries wanted, int points) {
    if (!feed.isReady() || wanted.attempt().isPresent() || wanted.sequence().isPresent()) {
      return Optional.empty();
    }
    // Taken first: the state is at least as new.
    long offset = Math.min(feed.offset(), journal.durableOffset());
    Optional<LiveRun> live = feed.runs().find(run);
    if (live.isEmpty()) {
      return Optional.empty();
    }
    RunState state = live.get().state();
    Set<MetricName> known = RunSeries.scalars(state);
    List<MetricName> metrics =
        wanted.metrics().isEmpty()
            ? List.copyOf(known)
            : wanted.metrics().stream().distinct().toList();
    return known.containsAll(metrics)
        ? find(journal, live.get(), metrics, wanted.range(), points)
            .map(series -> new Found(offset, state, series))
        : Optional.empty();
  }

  /** Series of a run that is there, of metrics that it has, each once. */
  Optional<List<ThinnedSeries>> find(
      JournalReader journal, LiveRun live, List<MetricName> metrics, StepRange range, int points) {
    RunState state = live.state();
    boolean inherited = state.parent().filter(parent -> range.from() <= parent.step()).isPresent();
    if (points > MOST_POINTS || inherited) {
      return Optional.empty();
    }
    RunId run = new RunId(live.run());
    if (!keeper.isLong(live)) {
      return overviews.find(journal, new Overviews.Wanted(run, metrics, range, points));
    }
    Optional<List<ThinnedSeries>> found =
        indexes.thinned(journal, run, metrics, range, state.step(), points);
    if (found.isEmpty()) {
      keeper.order(run);
    }
    return found;
  }
}

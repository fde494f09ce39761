package io.saltus.persistence.series;

import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.persistence.runs.RecordedFrame;
import io.saltus.persistence.runs.RunFrames;
import io.saltus.persistence.runs.StepRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One question about a run's series: takes from the index the largest blocks that still give as
 * many stretches as are wanted, at the ends of the range smaller ones, and from the journal the
 * values of blocks that the range cuts, and what came after.
 */
final class SeriesQuery {

  private final OpenSeries index;
  private final Covered covered;
  private final RunFrames frames;
  private final StepRange range;
  private final int points;

  SeriesQuery(OpenSeries index, Covered covered, RunFrames frames, StepRange range, int points) {
    this.index = index;
    this.covered = covered;
    this.frames = frames;
    this.range = range;
    this.points = points;
  }

  /**
   * Answers it.
   *
   * @param step the last of the run, or about that
   */
  List<ThinnedSeries> answer(List<MetricName> metrics, long step) throws IOException {
    Map<MetricName, Long> stretches = new LinkedHashMap<>();
    for (MetricName metric : metrics) {
      stretches.put(metric, Thinning.stretch((long) estimate(metric, step), points));
    }
    Map<MetricName, List<Block>> blocks = blocks(stretches);
    // Values may be fewer than they seemed to be.
    Map<MetricName, Long> again = new LinkedHashMap<>();
    blocks.forEach(
        (metric, found) -> {
          if (count(found) <= points && count(found) > found.size()) {
            again.put(metric, 1L);
          }
        });
    if (!again.isEmpty()) {
      blocks.putAll(blocks(again));
    }
    List<ThinnedSeries> answer = new ArrayList<>();
    blocks.forEach(
        (metric, found) ->
            answer.add(new ThinnedSeries(metric, count(found), Thinning.of(found, points))));
    return answer;
  }

  private static long count(List<Block> blocks) {
    return blocks.stream().mapToLong(Block::count).sum();
  }

  private double estimate(MetricName metric, long step) {
    double inSegments = 0;
    double all = 0;
    for (Segment segment : covered.segments()) {
      inSegments += segment.estimate(metric, range);
      all += segment.estimate(metric, StepRange.ALL);
    }
    double beyond =
        Math.min(step, range.until()) - Math.max(covered.lastStep() + 1.0, range.from()) + 1;
    double density = all == 0 ? 1 : all / (covered.lastStep() + 1.0);
    return inSegments + Math.max(0, beyond) * density;
  }

  private Map<MetricName, List<Block>> blocks(Map<MetricName, Long> stretches) throws IOException {
    Map<MetricName, Pieces> all = new LinkedHashMap<>();
    for (Map.Entry<MetricName, Long> metric : stretches.entrySet()) {
      Pieces pieces = new Pieces(index, range, metric.getValue());
      for (Segment segment : covered.segments()) {
        pieces.of(segment, metric.getKey());
      }
      if (range.until() > covered.lastStep()) {
        pieces.missing(
            new StepRange(Math.max(range.from(), covered.lastStep() + 1), range.until()));
      }
      all.put(metric.getKey(), pieces);
    }
    read(all);
    Map<MetricName, List<Block>> blocks = new LinkedHashMap<>();
    all.forEach((metric, pieces) -> blocks.put(metric, pieces.blocks()));
    return blocks;
  }

  /** Fills the gaps of all metrics; frames that several of them need are read once. */
  private void read(Map<MetricName, Pieces> all) {
    List<StepRange> gaps =
        all.values().stream()
            .flatMap(pieces -> pieces.gaps().stream())
            .map(Gap::range)
            .sorted(Comparator.comparingLong(StepRange::from))
            .toList();
    for (int next = 0; next < gaps.size(); ) {
      long from = gaps.get(next).from();
      long until = gaps.get(next).until();
      for (next++; next < gaps.size() && gaps.get(next).from() - 1 <= until; next++) {
        until = Math.max(until, gaps.get(next).until());
      }
      read(new StepRange(from, until), all);
    }
  }

  private void read(StepRange steps, Map<MetricName, Pieces> all) {
    Iterator<RecordedFrame> each =
        frames.current(
            covered.fromSequence(steps.from()),
            covered.untilSequence(steps.until()),
            covered.rewinds(),
            steps);
    while (each.hasNext()) {
      for (Column column : each.next().frame().columns()) {
        Pieces pieces = all.get(column.name());
        if (pieces != null && column instanceof ScalarColumn scalar) {
          pieces.gaps().forEach(gap -> gap.add(scalar));
        }
      }
    }
  }
}

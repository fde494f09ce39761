package io.saltus.analysis.change;

import java.util.List;

/**
 * The changes of a series.
 *
 * @param model what may change
 * @param penalty of each change; 0 where their number was given
 * @param segmentation the optimum
 * @param changes one per change point
 * @param segments between them
 * @param noise of the series
 */
public record ChangeReport(
    ChangeModel model,
    double penalty,
    Segmentation segmentation,
    List<Change> changes,
    List<Segment> segments,
    Noise noise) {

  /** Copies the lists. */
  public ChangeReport {
    changes = List.copyOf(changes);
    segments = List.copyOf(segments);
  }
}

package io.saltus.experiment.metric;

import io.saltus.experiment.Sha256;
import java.util.List;

/**
 * A column of content-addressed files.
 *
 * @param name of the metric
 * @param steps where the artefacts stand
 * @param artefacts one per step
 */
public record ArtefactColumn(MetricName name, Steps steps, List<Sha256> artefacts)
    implements Column {

  /**
   * @throws IllegalArgumentException when there is not one artefact per step
   */
  public ArtefactColumn {
    artefacts = List.copyOf(artefacts);
    if (artefacts.size() != steps.size()) {
      throw new IllegalArgumentException(
          name + ": " + artefacts.size() + " artefacts for " + steps.size() + " steps");
    }
  }

  @Override
  public ColumnKind kind() {
    return ColumnKind.ARTEFACT;
  }

  @Override
  public ArtefactColumn between(long from, long until) {
    int first = steps.firstAtLeast(from);
    int last = Math.max(first, steps.firstAfter(until));
    return new ArtefactColumn(name, steps.slice(first, last), artefacts.subList(first, last));
  }
}

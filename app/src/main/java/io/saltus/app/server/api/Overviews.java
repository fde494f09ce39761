package io.saltus.app.server.api;

import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.runs.RecordedFrame;
import io.saltus.persistence.runs.Rewinds;
import io.saltus.persistence.runs.RunFrames;
import io.saltus.persistence.runs.StepRange;
import io.saltus.persistence.series.SeriesThinner;
import io.saltus.persistence.series.ThinnedSeries;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Thinned series of runs that have no index, as far as they were read: of a run that goes on, who
 * asks again pays for what is new. Of so many blocks, those are kept that were asked for last.
 */
final class Overviews {

  /** What a thinner takes besides its blocks, in blocks: values that are none yet. */
  private static final int OPEN = 256;

  private final long mostBlocks;
  private final Map<Wanted, Reading> kept = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param mostBlocks how many blocks are kept, and at most held for an answer, of about 200 bytes
   */
  Overviews(long mostBlocks) {
    this.mostBlocks = mostBlocks;
  }

  /**
   * What somebody asks for.
   *
   * @param metrics that the run records, each once
   * @param points how many of a metric at most
   */
  record Wanted(RunId run, List<MetricName> metrics, StepRange range, int points) {

    /** Copies the list. */
    Wanted {
      metrics = List.copyOf(metrics);
    }
  }

  /**
   * The series in current history, up to where the journal's reader stands.
   *
   * @return in the order of the metrics; empty where they are too many to be held
   */
  Optional<List<ThinnedSeries>> find(JournalReader journal, Wanted wanted) {
    Reading reading;
    synchronized (kept) {
      reading = kept.computeIfAbsent(wanted, Reading::new);
    }
    Optional<List<ThinnedSeries>> found = reading.upTo(journal, mostBlocks);
    synchronized (kept) {
      if (found.isEmpty()) {
        kept.remove(wanted, reading);
      }
      shrink();
    }
    return found;
  }

  private void shrink() {
    long held = kept.values().stream().mapToLong(Reading::weight).sum();
    Iterator<Reading> oldest = kept.values().iterator();
    while (held > mostBlocks && oldest.hasNext()) {
      held -= oldest.next().weight();
      oldest.remove();
    }
  }

  /** One series after the other is read to its end, by one who asks at a time. */
  private static final class Reading {

    private final Wanted wanted;
    private Map<MetricName, SeriesThinner> thinners = Map.of();
    private long read;
    private volatile long weight;

    Reading(Wanted wanted) {
      this.wanted = wanted;
    }

    long weight() {
      return weight;
    }

    synchronized Optional<List<ThinnedSeries>> upTo(JournalReader journal, long most) {
      RunFrames frames = new RunFrames(journal, wanted.run());
      Rewinds since = frames.rewinds(read + 1);
      if (read == 0 || !since.all().isEmpty()) {
        // A rewind takes back what was read.
        begin();
        since = frames.rewinds(1);
      }
      // Who looked at the journal a moment sooner is told what is there by now.
      long until = Math.max(read, frames.last());
      long from = read + 1;
      // Until all is added: what fails on the way is read from the beginning.
      read = 0;
      Iterator<RecordedFrame> each = frames.current(from, frames.last(), since, wanted.range());
      while (each.hasNext()) {
        for (Column column : each.next().frame().columns()) {
          SeriesThinner into = thinners.get(column.name());
          if (into != null && column instanceof ScalarColumn scalar) {
            into.add(scalar);
          }
        }
        weigh();
        if (weight > most) {
          return Optional.empty();
        }
      }
      read = until;
      weigh();
      return Optional.of(thinners.values().stream().map(SeriesThinner::thinned).toList());
    }

    private void begin() {
      Map<MetricName, SeriesThinner> anew = new LinkedHashMap<>();
      wanted
          .metrics()
          .forEach(metric -> anew.put(metric, new SeriesThinner(metric, wanted.points())));
      thinners = anew;
      read = 0;
    }

    private void weigh() {
      weight = thinners.values().stream().mapToLong(thinner -> thinner.held() + OPEN).sum();
    }
  }
}

package io.saltus.persistence.series;

import io.saltus.persistence.runs.Rewinds;
import io.saltus.persistence.runs.Rewinds.Rewind;
import io.saltus.persistence.runs.RunFrames;
import io.saltus.persistence.runs.StepRange;
import io.saltus.persistence.series.Segment.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * The segments that hold for the history of a run as a reader of the journal sees it, and what else
 * is needed to read on from there.
 *
 * @param segments the first ones of the index; none where it is of another history
 * @param rewinds all from the first event to the last
 */
record Covered(List<Segment> segments, Rewinds rewinds) {

  Covered {
    segments = List.copyOf(segments);
  }

  /**
   * Finds them. A segment holds while no later event rewound history to one of its steps; those
   * behind the reader's view, or made with knowledge from behind it, do not count.
   */
  static Covered of(List<Segment> all, RunFrames frames) {
    List<Segment> seen = new ArrayList<>();
    for (Segment segment : all) {
      if (segment.until() > frames.last() || segment.known() > frames.last()) {
        break;
      }
      seen.add(segment);
    }
    if (!seen.isEmpty() && !belongs(seen.get(seen.size() - 1), frames)) {
      seen.clear();
    }
    Rewinds later = frames.rewinds(end(seen) + 1);
    List<Rewind> rewinds = new ArrayList<>();
    seen.forEach(segment -> rewinds.addAll(segment.rewinds()));
    rewinds.addAll(later.all());
    long left = later.all().stream().mapToLong(Rewind::toStep).min().orElse(Long.MAX_VALUE);
    seen.removeIf(segment -> segment.steps().until() > left);
    rewinds.sort(Comparator.comparingLong(Rewind::sequence));
    return new Covered(seen, Rewinds.of(rewinds));
  }

  /** Those after it come after its events, so that the last one speaks for all. */
  private static boolean belongs(Segment last, RunFrames frames) {
    OptionalInt proof = frames.proof(last.until());
    return proof.isPresent() && proof.getAsInt() == last.proof();
  }

  private static long end(List<Segment> segments) {
    return segments.isEmpty() ? 0 : segments.get(segments.size() - 1).until();
  }

  /** The last event that is covered; 0 when there is none. */
  long end() {
    return end(segments);
  }

  /** The last step that is covered; -1 when there is none. */
  long lastStep() {
    return segments.isEmpty() ? -1 : segments.get(segments.size() - 1).steps().until();
  }

  /** An event before which no frame of current history reaches a step. */
  long fromSequence(long step) {
    if (step > lastStep()) {
      return end() + 1;
    }
    long sequence = 1;
    for (Segment segment : segments) {
      if (segment.steps().from() > step) {
        break;
      }
      for (Place place : segment.places()) {
        if (place.step() > step) {
          break;
        }
        sequence = place.sequence();
      }
    }
    return sequence;
  }

  /** An event after which no frame of current history begins at or before a step. */
  long untilSequence(long step) {
    if (step > lastStep()) {
      return Long.MAX_VALUE;
    }
    for (Segment segment : segments) {
      if (segment.steps().until() <= step) {
        continue;
      }
      for (Place place : segment.places()) {
        if (place.step() > step) {
          return place.sequence();
        }
      }
      return segment.until();
    }
    return end();
  }

  /** The steps that are in no segment. */
  StepRange rest() {
    return new StepRange(lastStep() + 1, Long.MAX_VALUE);
  }
}

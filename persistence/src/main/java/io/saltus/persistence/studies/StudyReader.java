package io.saltus.persistence.studies;

import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.codec.StudyEventSerializer;
import io.saltus.persistence.projection.StudyState;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.runs.StoredEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Studies, from a journal alone, as its reader stands.
 *
 * <p>Methods throw {@link io.saltus.persistence.read.JournalDamagedException} and {@link
 * io.saltus.persistence.runs.UnknownEventException} at an event that cannot be read, naming study
 * and sequence number.
 */
public final class StudyReader {

  /** Before the study's id in the name of its stream. */
  public static final String PREFIX = "study|";

  private static final EventCodec<StudyEvent> CODEC = EventCodec.ofStudies();

  private final JournalReader journal;

  /**
   * Reads studies.
   *
   * @param journal stays the caller's to refresh and to close
   */
  public StudyReader(JournalReader journal) {
    this.journal = journal;
  }

  /**
   * A study in a list.
   *
   * @param offset of its submission in the journal, which is the order of lists
   */
  public record Entry(StudyId study, long offset, StudyState state) {}

  /**
   * An event of a study with its place in the journal.
   *
   * @param sequence its place in the study's stream, from 1
   * @param offset its place in the whole journal
   * @param time when it was handed to the journal
   */
  public record Recorded(
      StudyId study, long sequence, long offset, Instant time, StudyEvent event) {}

  /** The name of a study's stream. */
  public static String stream(StudyId study) {
    return PREFIX + study;
  }

  /** All studies in the order of their submission, deleted ones left out. */
  public List<Entry> list() {
    List<Entry> entries = new ArrayList<>();
    for (StudyId study : names()) {
      Iterator<StoredEvent> first = journal.events(stream(study), 1, 1);
      StudyState state = state(study);
      if (first.hasNext() && state.exists()) {
        entries.add(new Entry(study, first.next().offset(), state));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::offset));
    return entries;
  }

  /** The state of a study now; the empty one when there is no such study. */
  public StudyState state(StudyId study) {
    StudyState state = StudyState.empty();
    Iterator<Recorded> events = events(study, 1, Long.MAX_VALUE);
    while (events.hasNext()) {
      state = state.apply(events.next().event());
    }
    return state;
  }

  /**
   * The events of a study in order.
   *
   * @param fromSequence the first, from 1
   * @param untilSequence the last, included
   */
  public Iterator<Recorded> events(StudyId study, long fromSequence, long untilSequence) {
    Iterator<StoredEvent> stored = journal.events(stream(study), fromSequence, untilSequence);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return stored.hasNext();
      }

      @Override
      public Recorded next() {
        StoredEvent next = stored.next();
        return new Recorded(
            study,
            next.sequence(),
            next.offset(),
            next.time(),
            StoredEvents.decode("study " + study, next, StudyEventSerializer.ID, CODEC));
      }
    };
  }

  /** Whether there is a stream of that name, deleted or not: then no new study can have it. */
  public boolean isTaken(StudyId study) {
    return journal.highestSequence(stream(study)) > 0;
  }

  /**
   * The study that a text means: an exact id, else a unique prefix of one; empty when there is none
   * or there are several.
   */
  public Optional<StudyId> resolve(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    List<StudyId> matching =
        names().stream()
            .filter(study -> study.value().startsWith(text))
            .filter(study -> state(study).exists())
            .toList();
    return matching.stream()
        .filter(study -> study.value().equals(text))
        .findFirst()
        .or(() -> matching.size() == 1 ? Optional.of(matching.get(0)) : Optional.empty());
  }

  /** All studies that have a stream, deleted ones included, in byte order. */
  public List<StudyId> names() {
    return journal.persistenceIds().stream()
        .filter(stream -> stream.startsWith(PREFIX))
        .map(stream -> stream.substring(PREFIX.length()))
        .filter(StudyId::isValid)
        .map(StudyId::new)
        .toList();
  }
}

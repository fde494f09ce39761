package io.saltus.persistence.series;

import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.MetricName;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.runs.RecordedFrame;
import io.saltus.persistence.runs.Rewinds.Rewind;
import io.saltus.persistence.runs.RunFrames;
import io.saltus.persistence.runs.StepRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The downsampling indexes of a home, one for each of its long runs. Any thread may read them,
 * while one thread of the process that holds the home keeps them. A missing, broken or foreign
 * index changes no answer.
 */
public final class SeriesIndexes {

  /**
   * What is worth the writing.
   *
   * @param least how many new values are added at least; fewer are read from the journal
   * @param segment how many values are added at once at most
   */
  public record Limits(int least, int segment) {

    /** So many values are read in some milliseconds, by everybody who asks. */
    public static final Limits DEFAULT = new Limits(20_000, 1 << 19);
  }

  private static final Logger LOG = LoggerFactory.getLogger(SeriesIndexes.class);

  /** Of a long run more must be new, so that its index has not too many segments. */
  private static final int PART = 20;

  private final Path directory;

  private SeriesIndexes(Path directory) {
    this.directory = directory;
  }

  /** Those of a home. */
  public static SeriesIndexes of(Home home) {
    return new SeriesIndexes(home.series());
  }

  /**
   * Series of a run's own frames in current history, thinned.
   *
   * @param journal a view of the journal
   * @param metrics each once
   * @param step the last of the run, or about that
   * @param points how many of a metric at most, at least 1
   * @return in the order of the metrics; empty where there is no index that helps
   */
  public Optional<List<ThinnedSeries>> thinned(
      JournalReader journal,
      RunId run,
      List<MetricName> metrics,
      StepRange range,
      long step,
      int points) {
    Optional<UUID> identity = journal.identity();
    if (identity.isEmpty()) {
      return Optional.empty();
    }
    try (OpenSeries index = SeriesFile.of(directory, run, identity.get()).open()) {
      RunFrames frames = new RunFrames(journal, run);
      Covered covered = Covered.of(index.segments(), frames);
      return covered.segments().isEmpty()
          ? Optional.empty()
          : Optional.of(
              new SeriesQuery(index, covered, frames, range, points).answer(metrics, step));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      LOG.info("the index of the series of {} cannot be used: {}", run, e.getMessage());
      forget(run);
      return Optional.empty();
    }
  }

  /** So that it is made anew. */
  private void forget(RunId run) {
    try {
      delete(run);
    } catch (IOException e) {
      LOG.info("nor can it be deleted: {}", e.getMessage());
    }
  }

  /**
   * Makes the index of a run, or brings it up to where a reader stands.
   *
   * @param goOn asked between two segments
   * @return the last event that the index covers; 0 where it covers none
   * @throws IOException when there is no room, say; then less of it is there, or none
   */
  public long bringUpToDate(JournalReader journal, RunId run, Limits limits, BooleanSupplier goOn)
      throws IOException {
    Optional<UUID> identity = journal.identity();
    if (identity.isEmpty()) {
      return 0;
    }
    SeriesFile file = SeriesFile.of(directory, run, identity.get());
    RunFrames frames = new RunFrames(journal, run);
    Covered covered;
    long end;
    boolean cut;
    try (OpenSeries index = file.open()) {
      covered = Covered.of(index.segments(), frames);
      int kept = covered.segments().size();
      end = index.end(kept);
      cut = kept < index.segments().size();
    } catch (IOException missingOrBroken) {
      covered = Covered.of(List.of(), frames);
      end = 0;
      cut = false;
    }
    return new Addition(file, frames, covered, limits, goOn).write(end, cut);
  }

  /** Adds to an index what is not in it yet. */
  private static final class Addition {

    private final SeriesFile file;
    private final RunFrames frames;
    private final Covered covered;
    private final Limits limits;
    private final BooleanSupplier goOn;
    private long written;

    Addition(
        SeriesFile file, RunFrames frames, Covered covered, Limits limits, BooleanSupplier goOn) {
      this.file = file;
      this.frames = frames;
      this.covered = covered;
      this.limits = limits;
      this.goOn = goOn;
      written = covered.end();
    }

    long write(long end, boolean cut) throws IOException {
      Iterator<RecordedFrame> all =
          frames.current(covered.end() + 1, Long.MAX_VALUE, covered.rewinds(), covered.rest());
      SegmentDraft draft = new SegmentDraft();
      try (Late appender = new Late(file, end, cut)) {
        while (all.hasNext()) {
          RecordedFrame frame = all.next();
          if (draft.count() >= limits.segment() || !draft.takes(frame.frame())) {
            if (!goOn.getAsBoolean()) {
              return written;
            }
            appender.add(sealed(draft));
            draft = new SegmentDraft();
          }
          draft.add(frame);
        }
        if (draft.count() >= worthwhile()) {
          appender.add(sealed(draft));
        }
      }
      return written;
    }

    private long worthwhile() {
      long known =
          covered.segments().stream()
              .flatMap(segment -> segment.metrics().values().stream())
              .mapToLong(Segment.Blocks::count)
              .sum();
      return Math.max(limits.least(), Math.min(known / PART, limits.segment()));
    }

    private ByteBuffer sealed(SegmentDraft draft) throws IOException {
      long from = written;
      long until = draft.lastSequence();
      OptionalInt proof = frames.proof(until);
      if (proof.isEmpty()) {
        throw new IOException("event " + until + " is no longer there");
      }
      List<Rewind> rewinds =
          covered.rewinds().all().stream()
              .filter(rewind -> rewind.sequence() > from && rewind.sequence() <= until)
              .toList();
      written = until;
      return SegmentBytes.write(draft, frames.last(), proof.getAsInt(), rewinds);
    }
  }

  /** Touches the file only when there is something to add. */
  private static final class Late implements AutoCloseable {

    private final SeriesFile file;
    private final long end;
    private final boolean cut;
    private Optional<SeriesAppender> appender = Optional.empty();

    Late(SeriesFile file, long end, boolean cut) {
      this.file = file;
      this.end = end;
      this.cut = cut;
    }

    void add(ByteBuffer segment) throws IOException {
      if (appender.isEmpty()) {
        appender = Optional.of(file.append(end, cut));
      }
      appender.get().add(segment);
    }

    @Override
    public void close() throws IOException {
      if (appender.isPresent()) {
        appender.get().close();
      }
    }
  }

  /** Throws the index of a run away, which loses nothing but time. */
  public void delete(RunId run) throws IOException {
    Files.deleteIfExists(SeriesFile.path(directory, run));
  }

  /** Throws away what belongs to no run that is wanted. */
  public void keepOnly(Predicate<RunId> wanted) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> files = Files.list(directory)) {
      all = files.toList();
    }
    for (Path each : all) {
      if (SeriesFile.run(each).filter(wanted).isEmpty()) {
        Files.deleteIfExists(each);
      }
    }
  }
}

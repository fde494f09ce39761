package io.saltus.app.server.api;

import io.saltus.app.LiveJournal;
import io.saltus.app.report.RunViews;
import io.saltus.app.server.live.Feed;
import io.saltus.app.server.live.LiveRun;
import io.saltus.app.study.AtWork;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.SpecReader;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.index.RunIndexFile;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.studies.StudyReader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a home that this process holds. */
final class HomeReads {

  private static final Logger LOG = LoggerFactory.getLogger(HomeReads.class);

  private final Home home;
  private final LiveJournal journal;
  private final Feed feed;
  private final List<Program> programs;
  private final SortedMap<String, Path> dataSets;
  private final AtWork atWork;

  /**
   * A view of the journal, open.
   *
   * @param views of its runs
   */
  record Open(JournalReader journal, RunReader runs, StudyReader studies, RunViews views) {}

  /**
   * @param programs that specs are read for
   * @param dataSets directories by the names that specs may call them by
   * @param studies whether this process is at work on one
   */
  HomeReads(
      Home home,
      LiveJournal journal,
      Feed feed,
      List<Program> programs,
      SortedMap<String, Path> dataSets,
      Predicate<StudyId> studies) {
    this.home = home;
    this.journal = journal;
    this.feed = feed;
    this.programs = List.copyOf(programs);
    this.dataSets = Collections.unmodifiableSortedMap(new TreeMap<>(dataSets));
    this.atWork = new AtWork(feed.devices()::mayBeAtWork, studies);
  }

  /** Who may be at work: nobody but this process. */
  AtWork atWork() {
    return atWork;
  }

  Home home() {
    return home;
  }

  LiveJournal journal() {
    return journal;
  }

  Feed feed() {
    return feed;
  }

  List<Program> programs() {
    return programs;
  }

  /** The names that specs may call directories of data by. */
  Set<String> dataSets() {
    return dataSets.keySet();
  }

  /** Reads specs as those may name them who ask from outside. */
  SpecReader specs() {
    return SpecReader.shippedOnly(programs, dataSets);
  }

  /** What the feed has folded need not be folded again. */
  private Optional<RunState> known(RunId run) {
    return feed.isReady() ? feed.runs().find(run).map(LiveRun::state) : Optional.empty();
  }

  /** Looks at what is durable now. */
  <T> T read(Function<Open, T> reading) {
    try (JournalReader reader = journal.reader()) {
      RunReader runs = new RunReader(reader, RunIndexFile.at(home.runIndex()), this::known);
      return reading.apply(
          new Open(
              reader,
              runs,
              new StudyReader(reader),
              new RunViews(runs, atWork, e -> LOG.warn("{}", e.getMessage()))));
    }
  }
}

package io.saltus.app.server.api;

import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.EntityTag;
import io.saltus.app.server.live.Feed;
import io.saltus.app.server.live.LiveRun;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.ForkOrigin;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.runs.BesideStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tags of answers, made before what is answered is read: who has the answer costs no more than
 * that. They are made of how many events there are, not of what is in them. Other servers give
 * other tags, because they may answer otherwise, or have another home under the same address.
 */
final class Tags {

  private final Feed feed;
  private final String server;

  Tags(Feed feed, Instant started) {
    this.feed = feed;
    this.server = Long.toString(started.toEpochMilli(), Character.MAX_RADIX);
  }

  /** How far a run had come when something was asked about it. */
  final class Version {

    private final HomeReads.Open open;
    private final RunId run;
    private final long sequence;
    private final List<String> parts;

    private Version(HomeReads.Open open, RunId run, long sequence, List<String> parts) {
      this.open = open;
      this.run = run;
      this.sequence = sequence;
      this.parts = parts;
    }

    /** What is answered depends on a stream beside that of the run, too. */
    Version and(BesideStream<?> stream) {
      return and(open.journal().highestSequence(stream.persistenceId(run)));
    }

    /** What is answered depends on this, too. */
    Version and(Object more) {
      List<String> all = new ArrayList<>(parts);
      all.add(String.valueOf(more));
      return new Version(open, run, sequence, all);
    }

    /**
     * What is answered is partly read from what the feed knows of the run, which can be a moment
     * behind the journal: a tag that is ahead of its answer would hold too long.
     */
    Version asFollowed() {
      if (!feed.isReady()) {
        return this;
      }
      long known =
          feed.runs().find(run).map(live -> live.state().lastSequence()).orElse(Long.MAX_VALUE);
      return new Version(open, run, Math.min(sequence, known), parts);
    }

    /** The answer with its tag, or that it is known. */
    Answer answer(Call call, Supplier<Answer> made) {
      // Whether there is such a run is not known yet.
      if (sequence == 0 || !feed.isReady()) {
        return made.get();
      }
      List<String> all = new ArrayList<>(List.of(Long.toString(sequence)));
      all.addAll(parts);
      return Tags.this.answer(call, String.join(".", all), made);
    }
  }

  /** How far a run has come. */
  Version of(HomeReads.Open open, RunId run) {
    long sequence = open.journal().highestSequence("run|" + run);
    Version version = new Version(open, run, sequence, List.of());
    return feed.isReady() ? version.and(rewindsOfAncestors(run)) : version;
  }

  /** A fork begins with what its ancestors recorded, as it counts today. */
  private long rewindsOfAncestors(RunId run) {
    long rewinds = 0;
    Optional<RunId> ancestor = parent(run);
    while (ancestor.isPresent()) {
      rewinds += feed.runs().find(ancestor.get()).map(live -> live.state().rewinds()).orElse(0);
      ancestor = parent(ancestor.get());
    }
    return rewinds;
  }

  private Optional<RunId> parent(RunId run) {
    return feed.runs().find(run).map(LiveRun::state).flatMap(RunState::parent).map(ForkOrigin::run);
  }

  /**
   * The answer to what stays the same while this server runs, with its tag, or that it is known.
   */
  Answer lasting(Call call, Supplier<Answer> made) {
    return answer(call, "s", made);
  }

  private Answer answer(Call call, String state, Supplier<Answer> made) {
    String asked = call.request().path() + "?" + call.request().query().orElse("");
    EntityTag tag =
        EntityTag.of(server + "." + Integer.toHexString(asked.hashCode()) + "." + state);
    Answer answer = tag.isKnownTo(call.request()) ? Answer.empty(304) : made.get();
    return answer.with(EntityTag.HEADER, tag.text());
  }
}

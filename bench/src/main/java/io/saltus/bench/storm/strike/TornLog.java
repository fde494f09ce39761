package io.saltus.bench.storm.strike;

import io.saltus.bench.storm.child.Fact;
import io.saltus.bench.storm.ground.BrokenPromiseException;
import io.saltus.bench.storm.ground.Running;
import io.saltus.bench.storm.ground.Witness;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The log ends in the middle of its last records: every byte of the last one is tried as the end,
 * and some of the one before it. That cannot be told from a crash, so what is before it counts.
 */
final class TornLog implements Strike {

  /** Events at most that one record of a log holds: a frame with what it led to. */
  static final int IN_A_RECORD = 8;

  private static final int TRIED_OF_ONE_BEFORE = 24;

  @Override
  public String name() {
    return "torn-log";
  }

  @Override
  public Outcome strike(Ground ground) throws IOException, InterruptedException {
    long step = ground.pick(ground.field().program().steps() / 2);
    try (Running child = ground.launch().begin()) {
      ground.awaitFrames(child, step);
      // Not remembered: the disk did not keep its word.
      child.kill();
    }
    List<Fact> before = ground.check().facts();
    LogFile log =
        LogFile.newest(ground.home())
            .orElseThrow(() -> new BrokenPromiseException("there is no log"));
    int last = log.start(0);
    int cuts = 0;
    for (int end = log.end() - 1; end > last; end--, cuts++) {
      cut(ground, log, end, before);
    }
    int stride = Math.max(1, (last - log.start(1)) / TRIED_OF_ONE_BEFORE);
    for (int end = last; end > log.start(1); end -= stride, cuts++) {
      cut(ground, log, end, before);
    }
    return new Outcome("after step " + step, cuts + " cuts, each a prefix; " + ground.goOn());
  }

  private static void cut(Ground ground, LogFile log, int end, List<Fact> before)
      throws IOException {
    try (FileChannel file = FileChannel.open(log.file(), StandardOpenOption.WRITE)) {
      file.truncate(end);
    }
    Witness left = ground.check();
    // At most the events of the two records that were cut: a frame, and a frame with what it led
    // to.
    if (!before.subList(0, left.facts().size()).equals(left.facts())
        || before.size() - left.facts().size() > IN_A_RECORD) {
      throw new BrokenPromiseException(
          "cut at %d of %d, %d of %d events are left"
              .formatted(end, log.end(), left.facts().size(), before.size()));
    }
  }
}

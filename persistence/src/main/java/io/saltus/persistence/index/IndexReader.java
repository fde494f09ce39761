package io.saltus.persistence.index;

import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricName;
import io.saltus.persistence.projection.RunStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link IndexWriter} laid out. It throws unchecked exceptions of many kinds where that
 * is not what it reads.
 */
final class IndexReader {

  private static final Map<String, RunStatus> STATUSES =
      Stream.of(RunStatus.values()).collect(Collectors.toMap(RunStatus::name, each -> each));

  private final ByteBuffer in;
  private final List<String> words = new ArrayList<>();
  private final List<LastValues.Columns> columns = new ArrayList<>();
  private final List<@Nullable RunStatus> statuses = new ArrayList<>();

  /**
   * @param in behind the magic
   */
  IndexReader(ByteBuffer in) {
    this.in = in;
  }

  RunIndex read() {
    UUID journal = new UUID(in.getLong(), in.getLong());
    long offset = in.getLong();
    int proof = in.getInt();
    for (int left = in.getInt(); left > 0; left--) {
      String word = text();
      words.add(word);
      statuses.add(STATUSES.get(word));
    }
    for (int left = in.getInt(); left > 0; left--) {
      columns.add(columns());
    }
    List<RunId> unread = new ArrayList<>();
    for (int left = in.getInt(); left > 0; left--) {
      unread.add(run());
    }
    List<RunSummary> runs = new ArrayList<>();
    for (int left = in.getInt(); left > 0; left--) {
      runs.add(summary());
    }
    return new RunIndex(journal, offset, proof, runs, unread);
  }

  /** As {@link java.io.DataOutputStream#writeUTF} wrote it. */
  private String text() {
    int length = Short.toUnsignedInt(in.getShort());
    int from = in.arrayOffset() + in.position();
    in.position(in.position() + length);
    // Its form of UTF-8 is another one beyond the basic plane and for the character 0 only, which
    // no name has; the title of an experiment is in no index.
    return new String(in.array(), from, length, StandardCharsets.UTF_8);
  }

  private String word() {
    return words.get(in.getInt());
  }

  private RunId run() {
    return new RunId(text());
  }

  private LastValues.Columns columns() {
    List<MetricName> names = new ArrayList<>();
    List<ColumnKind> kinds = new ArrayList<>();
    for (int left = in.getInt(); left > 0; left--) {
      names.add(new MetricName(word()));
      kinds.add(ColumnKind.valueOf(word()));
    }
    return LastValues.Columns.of(names, kinds);
  }

  private RunStatus status() {
    RunStatus status = statuses.get(in.getInt());
    if (status == null) {
      throw new IllegalArgumentException("a word that is no status");
    }
    return status;
  }

  private RunSummary summary() {
    RunId run = run();
    int flags = in.get();
    Optional<RunId> parent =
        (flags & IndexWriter.FORKED) == 0 ? Optional.empty() : Optional.of(run());
    long offset = in.getLong();
    RunStatus status = status();
    String experiment = word();
    long step = in.getLong();
    long steps = in.getLong();
    long seed = in.getLong();
    LastValues.Columns recorded = columns.get(in.getInt());
    long[] bits = new long[recorded.names().size()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = in.getLong();
    }
    return new RunSummary(
        run,
        offset,
        status,
        (flags & IndexWriter.DELETED) != 0,
        (flags & IndexWriter.ARCHIVED) != 0,
        parent,
        step,
        steps,
        seed,
        experiment,
        new LastValues(recorded, bits));
  }
}

package io.saltus.persistence.runs;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The digest of the deterministic scalar series of a run: SHA-256 over, for each metric in byte
 * order of its name, int32 length and UTF-8 bytes of the name, int64 number of values, and then in
 * ascending step int64 step and int64 {@link Double#doubleToLongBits} of the value; all numbers
 * little-endian.
 *
 * <p>The columns come step by step, all metrics together, and the digest wants metric after metric.
 * So they are read several times: once to count, and then once for every group of metrics whose
 * values fit into the memory that is allowed; a metric that does not fit is a group of its own and
 * goes straight into the digest. Memory is bounded by the allowance plus one column, time by one
 * pass for a short run and one per metric for a huge one.
 */
final class SeriesDigest {

  /** 64 MiB of pairs of step and value. */
  static final long DEFAULT_PAIRS_IN_MEMORY = 1L << 22;

  private static final int PAIR_BYTES = 2 * Long.BYTES;
  private static final int BUFFERED_PAIRS = 1 << 12;

  private final MessageDigest digest = Sha256.digest();
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFERED_PAIRS * PAIR_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final Supplier<Iterator<ScalarColumn>> columns;
  private final long pairsInMemory;

  private SeriesDigest(Supplier<Iterator<ScalarColumn>> columns, long pairsInMemory) {
    this.columns = columns;
    this.pairsInMemory = pairsInMemory;
  }

  /**
   * Digests some columns.
   *
   * @param columns gives all columns in ascending steps, the same ones each time it is asked
   * @param pairsInMemory how many values may be held at a time
   */
  static Sha256 of(Supplier<Iterator<ScalarColumn>> columns, long pairsInMemory) {
    SeriesDigest series = new SeriesDigest(columns, pairsInMemory);
    series.digestAll(series.count());
    return Sha256.from(series.digest);
  }

  private SortedMap<MetricName, Long> count() {
    SortedMap<MetricName, Long> counts = new TreeMap<>();
    columns
        .get()
        .forEachRemaining(
            column -> {
              if (column.size() > 0) {
                counts.merge(column.name(), (long) column.size(), Long::sum);
              }
            });
    return counts;
  }

  private void digestAll(SortedMap<MetricName, Long> counts) {
    Map<MetricName, long[]> group = new LinkedHashMap<>();
    long pairs = 0;
    for (Map.Entry<MetricName, Long> metric : counts.entrySet()) {
      long count = metric.getValue();
      if (pairs + count > pairsInMemory) {
        digestGroup(group);
        pairs = 0;
      }
      if (count > pairsInMemory) {
        digestAlone(metric.getKey(), count);
      } else {
        group.put(metric.getKey(), new long[Math.toIntExact(2 * count)]);
        pairs += count;
      }
    }
    digestGroup(group);
  }

  private void digestGroup(Map<MetricName, long[]> group) {
    if (group.isEmpty()) {
      return;
    }
    Map<MetricName, int[]> filled = new LinkedHashMap<>();
    group.keySet().forEach(name -> filled.put(name, new int[1]));
    for (Iterator<ScalarColumn> each = columns.get(); each.hasNext(); ) {
      ScalarColumn column = each.next();
      long[] pairs = group.get(column.name());
      int[] size = filled.get(column.name());
      if (pairs != null && size != null) {
        for (int i = 0; i < column.size(); i++) {
          pairs[size[0]++] = column.steps().at(i);
          pairs[size[0]++] = Double.doubleToLongBits(column.asDouble(i));
        }
      }
    }
    group.forEach(
        (name, pairs) -> {
          begin(name, pairs.length / 2);
          for (int i = 0; i < pairs.length; i += 2) {
            put(pairs[i], pairs[i + 1]);
          }
        });
    flush();
    group.clear();
  }

  private void digestAlone(MetricName name, long count) {
    begin(name, count);
    for (Iterator<ScalarColumn> each = columns.get(); each.hasNext(); ) {
      ScalarColumn column = each.next();
      if (column.name().equals(name)) {
        for (int i = 0; i < column.size(); i++) {
          put(column.steps().at(i), Double.doubleToLongBits(column.asDouble(i)));
        }
      }
    }
    flush();
  }

  private void begin(MetricName name, long count) {
    flush();
    byte[] text = name.value().getBytes(StandardCharsets.UTF_8);
    buffer.putInt(text.length).put(text).putLong(count);
    flush();
  }

  private void put(long step, long bits) {
    if (buffer.remaining() < PAIR_BYTES) {
      flush();
    }
    buffer.putLong(step).putLong(bits);
  }

  private void flush() {
    digest.update(buffer.flip());
    buffer.clear();
  }
}

package io.saltus.app.server.api;

import io.saltus.app.json.Json;
import io.saltus.app.report.Series;
import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.experiment.RunId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Series as bytes that a browser takes as they are: {@code SLT1}, the length of a header, the
 * header as JSON, and for each series its steps and its values as doubles, little endian. Steps
 * beyond 2^53 lose their last digits.
 */
final class SeriesBytes {

  static final String TYPE = "application/vnd.saltus.series";

  private static final byte[] MAGIC = "SLT1".getBytes(StandardCharsets.US_ASCII);
  private static final int ALIGNED = 8;

  /** More does not fit in an array; 2^27 points take a gigabyte. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - 64;

  private SeriesBytes() {}

  static Answer answer(RunId run, long offset, List<MetricRoutes.Shown> shown) {
    byte[] header = header(run, offset, shown);
    long bytes = (long) MAGIC.length + Integer.BYTES + header.length;
    for (MetricRoutes.Shown each : shown) {
      bytes += 2L * Double.BYTES * each.series().size();
    }
    if (bytes > MOST_BYTES) {
      throw HttpProblem.wrong(
          "points", "that is more than an answer can hold; ask for fewer points or steps");
    }
    ByteBuffer out = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).putInt(header.length).put(header);
    for (MetricRoutes.Shown each : shown) {
      Series series = each.series();
      for (int place = 0; place < series.size(); place++) {
        out.putDouble(series.step(place));
      }
      for (int place = 0; place < series.size(); place++) {
        out.putDouble(series.value(place).asDouble());
      }
    }
    return new Answer(200, List.of(), TYPE, new Answer.Whole(out.array()));
  }

  /** Padded with spaces, so that the doubles behind it are where arrays of doubles may begin. */
  private static byte[] header(RunId run, long offset, List<MetricRoutes.Shown> shown) {
    String line =
        Json.line(
            json ->
                json.put("run", run.value())
                    .put("offset", offset)
                    .array(
                        "series",
                        all ->
                            shown.forEach(
                                each ->
                                    all.add(
                                        one -> {
                                          one.put("metric", each.series().metric().value());
                                          each.unit().ifPresent(unit -> one.put("unit", unit));
                                          one.put("count", each.series().size())
                                              .put("total", each.total())
                                              .put("thinned", each.series().size() < each.total());
                                        }))));
    int length = line.getBytes(StandardCharsets.UTF_8).length;
    int padding = (ALIGNED - (MAGIC.length + Integer.BYTES + length) % ALIGNED) % ALIGNED;
    return (line + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
  }
}

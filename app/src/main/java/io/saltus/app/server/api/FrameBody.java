package io.saltus.app.server.api;

import io.saltus.app.external.ExternalMetrics;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.app.server.http.HttpProblem.Wrong;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A frame in a body: {@code steps}, ascending, and for each metric as many values, numbers or the
 * words for what is not finite; a null is no value. Everything that is wrong is said at once.
 */
final class FrameBody {

  /** Beyond it doubles leave steps out, and so do most other programs. */
  private static final BigDecimal LAST_STEP = BigDecimal.valueOf(1L << 53);

  private static final int SHOWN = 80;
  private static final int MOST_WRONG = 20;

  private final List<Wrong> wrong = new ArrayList<>();

  private FrameBody() {}

  /**
   * Reads it.
   *
   * @throws HttpProblem naming what is wrong
   */
  static MetricFrame read(Fields fields) {
    FrameBody body = new FrameBody();
    long[] steps = body.steps(fields.array("steps"));
    List<Column> columns = steps.length == 0 ? List.of() : body.columns(fields, steps);
    if (!body.wrong.isEmpty()) {
      throw HttpProblem.wrong(body.wrong.subList(0, Math.min(MOST_WRONG, body.wrong.size())));
    }
    return new MetricFrame(steps[0], steps[steps.length - 1], columns);
  }

  private long[] steps(List<?> given) {
    long[] steps = new long[given.size()];
    if (given.isEmpty()) {
      wrong.add(new Wrong("steps", "there is none"));
    }
    for (int i = 0; i < steps.length; i++) {
      if (!(given.get(i) instanceof BigDecimal number)
          || !Fields.isWhole(number)
          || number.compareTo(LAST_STEP) > 0) {
        wrong.add(new Wrong("steps", "at place " + i + " is no whole number from 0 to 2^53"));
        return new long[0];
      }
      steps[i] = number.longValueExact();
      if (i > 0 && steps[i] <= steps[i - 1]) {
        wrong.add(
            new Wrong("steps", "they do not ascend: " + steps[i] + " follows " + steps[i - 1]));
        return new long[0];
      }
    }
    return steps;
  }

  private List<Column> columns(Fields fields, long[] steps) {
    Map<?, ?> metrics = fields.object("metrics");
    if (metrics.isEmpty() || metrics.size() > ExternalMetrics.MOST) {
      wrong.add(new Wrong("metrics", "1 to " + ExternalMetrics.MOST + " are wanted"));
      return List.of();
    }
    List<Column> columns = new ArrayList<>();
    for (Map.Entry<?, ?> each : metrics.entrySet()) {
      String name = String.valueOf(each.getKey());
      if (!MetricName.isValid(name)) {
        wrong.add(new Wrong("metrics", unusable(name)));
      } else if (!(each.getValue() instanceof List<?> values)) {
        wrong.add(new Wrong("metrics." + name, "it is no array"));
      } else if (values.size() != steps.length) {
        wrong.add(
            new Wrong(
                "metrics." + name, values.size() + " values stand for " + steps.length + " steps"));
      } else {
        column(new MetricName(name), steps, values).ifPresent(columns::add);
      }
    }
    return columns;
  }

  /** Why a name is none. */
  static String unusable(String name) {
    String shown = name.length() > SHOWN ? name.substring(0, SHOWN) + "…" : name;
    return "a metric's name is 1 to 120 of a-z 0-9 . _ / - and begins with a letter, not '"
        + shown
        + "'";
  }

  private Optional<Column> column(MetricName name, long[] steps, List<?> given) {
    long[] kept = new long[steps.length];
    double[] values = new double[steps.length];
    int size = 0;
    for (int i = 0; i < steps.length; i++) {
      if (given.get(i) == null) {
        continue;
      }
      Optional<Double> value = value(given.get(i));
      if (value.isEmpty()) {
        wrong.add(
            new Wrong(
                "metrics." + name,
                "at step "
                    + steps[i]
                    + " is no number that a double holds, nor null, \"NaN\", \"Infinity\""
                    + " or \"-Infinity\""));
        return Optional.empty();
      }
      kept[size] = steps[i];
      values[size] = value.get();
      size++;
    }
    return size == 0
        ? Optional.empty()
        : Optional.of(
            new F64Column(name, Steps.of(Arrays.copyOf(kept, size)), Arrays.copyOf(values, size)));
  }

  private static Optional<Double> value(Object given) {
    if (given instanceof BigDecimal number) {
      return Optional.of(number.doubleValue()).filter(Double::isFinite);
    }
    return switch (String.valueOf(given)) {
      case "NaN" -> Optional.of(Double.NaN);
      case "Infinity" -> Optional.of(Double.POSITIVE_INFINITY);
      case "-Infinity" -> Optional.of(Double.NEGATIVE_INFINITY);
      default -> Optional.empty();
    };
  }
}

package io.saltus.app.json;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.UntilRule;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Any record of the vocabulary as JSON: its components by their names, in their order. A new event
 * or a new component needs no code here.
 */
public final class RecordJson {

  private RecordJson() {}

  /** The components of {@code record} into {@code json}. */
  public static void fill(Json json, Record record) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      write(json.key(component.getName()), value(record, component));
    }
  }

  private static void write(Json json, @Nullable Object value) {
    if (value == null) {
      json.value((String) null);
    } else if (value instanceof Optional<?> optional) {
      write(json, optional.orElse(null));
    } else if (value instanceof Number || value instanceof Boolean) {
      primitive(json, value);
    } else if (value instanceof Collection<?> values) {
      json.array(array -> values.forEach(each -> write(array, each)));
    } else if (value instanceof Map<?, ?> map) {
      json.object(object -> map.forEach((key, each) -> write(object.key(key.toString()), each)));
    } else if (value instanceof Enum<?> constant) {
      json.value(constant instanceof AttemptEnd end ? end.text() : SpecJson.word(constant));
    } else {
      composite(json, value);
    }
  }

  private static void primitive(Json json, Object value) {
    if (value instanceof Boolean flag) {
      json.value(flag.booleanValue());
    } else if (value instanceof Double number) {
      json.value(number.doubleValue());
    } else if (value instanceof Float number) {
      json.value(number.floatValue());
    } else {
      json.value(((Number) value).longValue());
    }
  }

  private static void composite(Json json, Object value) {
    if (value instanceof ExperimentSpec spec) {
      json.object(SpecJson.of(spec));
    } else if (value instanceof UntilRule rule) {
      json.object(SpecJson.rule(rule));
    } else if (value instanceof Column column) {
      json.object(object -> ColumnJson.fill(object, column));
    } else if (isName(value)) {
      json.value(value.toString());
    } else if (value instanceof Record record) {
      json.object(object -> fill(object, record));
    } else {
      json.value(value.toString());
    }
  }

  private static boolean isName(Object value) {
    return value instanceof RunId
        || value instanceof StudyId
        || value instanceof MetricName
        || value instanceof Sha256
        || value instanceof DeviceId;
  }

  /** What a record has for one of its components. */
  public static @Nullable Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "cannot read " + component.getName() + " of " + record.getClass().getName(), e);
    }
  }
}

package io.saltus.experiment.spec;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An axis can be written as {@code "optimizer.weight-decay"} and as {@code optimizer.weight-decay}.
 * A layer that gives it in the one way means the axis that a layer below gives in the other.
 */
final class AxisSpellings {

  /** An axis as it is written: under which keys, and its values. */
  private record Written(List<String> keys, ConfigValue value) {}

  private AxisSpellings() {}

  /**
   * A layer with the axes that the layer above it gives, too, written as they are written there.
   */
  static ConfigObject asIn(ConfigObject above, ConfigObject layer) {
    try {
      Optional<ConfigObject> given = axes(above);
      Optional<ConfigObject> axes = axes(layer);
      if (given.isEmpty() || axes.isEmpty()) {
        return layer;
      }
      Map<List<String>, Written> wanted = axesByPath(given.get());
      ConfigObject respelled = axes.get();
      for (Map.Entry<List<String>, Written> entry : axesByPath(axes.get()).entrySet()) {
        Written axis = entry.getValue();
        List<String> keys = wanted.getOrDefault(entry.getKey(), axis).keys();
        if (!keys.equals(axis.keys())) {
          respelled = with(without(respelled, axis.keys()), keys, axis.value());
        }
      }
      return with(layer, List.of("study", "axes"), respelled);
    } catch (ConfigException.NotResolved e) {
      // Axes that are put together by substitution stay as they are written.
      return layer;
    }
  }

  private static Optional<ConfigObject> axes(ConfigObject layer) {
    return layer.get("study") instanceof ConfigObject study
            && study.get("axes") instanceof ConfigObject axes
        ? Optional.of(axes)
        : Optional.empty();
  }

  /** By their paths; where one is there twice, the last. */
  private static Map<List<String>, Written> axesByPath(ConfigObject axes) {
    Map<List<String>, Written> found = new LinkedHashMap<>();
    collect(axes, List.of(), found);
    return found;
  }

  private static void collect(
      ConfigObject object, List<String> above, Map<List<String>, Written> found) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      List<String> keys = new ArrayList<>(above);
      keys.add(entry.getKey());
      if (entry.getValue() instanceof ConfigObject below && !RangeBinder.isRange(below)) {
        collect(below, keys, found);
      } else {
        AxisBinder.split(String.join(".", keys))
            .ifPresent(path -> found.put(path, new Written(keys, entry.getValue())));
      }
    }
  }

  private static ConfigObject without(ConfigObject object, List<String> keys) {
    String key = keys.get(0);
    if (keys.size() > 1 && object.get(key) instanceof ConfigObject below) {
      ConfigObject left = without(below, keys.subList(1, keys.size()));
      return left.isEmpty() ? object.withoutKey(key) : object.withValue(key, left);
    }
    return object.withoutKey(key);
  }

  private static ConfigObject with(ConfigObject object, List<String> keys, ConfigValue value) {
    String key = keys.get(0);
    if (keys.size() == 1) {
      return object.withValue(key, value);
    }
    ConfigObject below =
        object.get(key) instanceof ConfigObject there ? there : ConfigFactory.empty().root();
    return object.withValue(key, with(below, keys.subList(1, keys.size()), value));
  }
}

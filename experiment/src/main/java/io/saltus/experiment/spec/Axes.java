package io.saltus.experiment.spec;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The axes of a study, as changes of its spec. */
final class Axes {

  private Axes() {}

  /**
   * The spec with one axis at one value, for every value of every axis; values keep their place.
   */
  static List<ConfigObject> singleChanges(ConfigObject root) {
    List<ConfigObject> changes = new ArrayList<>();
    ConfigObject plain = root.withoutKey("study");
    if (root.get("study") instanceof ConfigObject study
        && study.get("axes") instanceof ConfigObject axes) {
      for (Map.Entry<String, ConfigValue> axis : axes.entrySet()) {
        if (axis.getValue() instanceof ConfigList values) {
          for (ConfigValue value : values) {
            changes.add(plain.toConfig().withValue(axis.getKey(), value).root());
          }
        }
      }
    }
    return changes;
  }
}

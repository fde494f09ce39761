package io.saltus.experiment.spec;

import com.typesafe.config.ConfigOrigin;
import java.util.List;

/**
 * An axis of a study as it was read.
 *
 * @param values canonical, each once
 * @param origins where each of them stands
 */
record Axis(List<String> values, List<ConfigOrigin> origins) {

  Axis {
    values = List.copyOf(values);
    origins = List.copyOf(origins);
  }
}

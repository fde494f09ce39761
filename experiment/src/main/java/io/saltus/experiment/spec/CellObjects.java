package io.saltus.experiment.spec;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.saltus.experiment.Seeds;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Objects of the cells of a study: its spec with the values of the axes laid over it, so that where
 * an axis changes a kind, the other keys of that part are dropped as they are between files.
 */
final class CellObjects {

  private final ConfigObject base;

  private CellObjects(ConfigObject base) {
    this.base = base;
  }

  /** As the files have it, for problems with file and line. */
  static CellObjects of(ConfigObject root) {
    return new CellObjects(root.withoutKey("study").withoutKey("expect"));
  }

  /** From a spec that was read before. */
  static CellObjects of(ExperimentSpec spec, Study study) {
    Config plain =
        ConfigFactory.parseString(SpecRenderer.render(spec))
            .withoutPath("study")
            .withoutPath("expect")
            .withoutPath("seed")
            .withoutPath("seeds");
    for (Map.Entry<String, Long> seed : seedsOf(spec).entrySet()) {
      if (study.held().contains(seed.getKey())) {
        plain =
            plain.withValue(
                "seeds." + seed.getKey(), ConfigValueFactory.fromAnyRef(seed.getValue()));
      }
    }
    return new CellObjects(plain.root());
  }

  /** The four seeds by their names in a spec. */
  static SortedMap<String, Long> seedsOf(ExperimentSpec spec) {
    Seeds seeds = spec.seeds();
    SortedMap<String, Long> byName = new TreeMap<>();
    byName.put("data", seeds.data());
    byName.put("init", seeds.init());
    byName.put("order", seeds.order());
    byName.put("dropout", seeds.dropout());
    return byName;
  }

  /**
   * One cell.
   *
   * @param axes values by path
   */
  ConfigObject with(Map<String, ConfigValue> axes) {
    ConfigObject own = ConfigFactory.empty().root();
    for (Map.Entry<String, ConfigValue> axis : axes.entrySet()) {
      own = own.toConfig().withValue(axis.getKey(), axis.getValue()).root();
    }
    return SpecLayers.over(own, base);
  }

  /** One run of a cell. */
  ConfigObject with(Map<String, ConfigValue> axes, long seed) {
    return with(axes).withValue("seed", ConfigValueFactory.fromAnyRef(seed));
  }

  /** The seed of what the spec does not seed by itself. */
  static long ownSeed(ExperimentSpec spec, Study study) {
    return seedsOf(spec).entrySet().stream()
        .filter(entry -> !study.held().contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(SpecDefaults.SEED);
  }
}

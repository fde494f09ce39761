package io.saltus.experiment.spec;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.saltus.experiment.spec.RecordingIncluder.Wanted;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts a spec together from its files and settings, unresolved: what is included first, then the
 * file that includes it, then the settings. Where a layer changes the kind of a part, the part's
 * other keys from below are dropped.
 */
final class SpecLayers {

  private static final String VALUE = "value";

  private final SpecTexts texts;
  private final Problems problems;
  private int bytes;
  private int includes;
  private int substitutions;

  SpecLayers(SpecTexts texts, Problems problems) {
    this.texts = texts;
    this.problems = problems;
  }

  /** The merged layers, or nothing when a problem forbids to go on. */
  Optional<ConfigObject> read(String source, List<SpecSetting> settings) {
    SpecText top;
    try {
      top = texts.top(source);
    } catch (SpecTexts.Unavailable e) {
      problems.add("", String.valueOf(e.getMessage()), "");
      return Optional.empty();
    }
    return read(top, settings);
  }

  /** As {@link #read(String, List)}, of a text that is there already. */
  Optional<ConfigObject> read(SpecText top, List<SpecSetting> settings) {
    ConfigObject base = read(top, new HashSet<>());
    ConfigObject own = settings(settings);
    if (substitutions > SpecLimits.SUBSTITUTIONS) {
      problems.add("", "has more than " + SpecLimits.SUBSTITUTIONS + " substitutions", top.name());
    }
    return problems.isEmpty() ? Optional.of(over(own, base)) : Optional.empty();
  }

  private ConfigObject read(SpecText text, Set<String> including) {
    ConfigObject nothing = ConfigFactory.empty().root();
    bytes += text.text().length();
    if (bytes > SpecLimits.BYTES) {
      problems.add("", "is larger than 1 MiB with all that it includes", text.name());
      return nothing;
    }
    HoconScan scan = HoconScan.of(text.text());
    if (scan.excess().isPresent()) {
      HoconScan.Excess excess = scan.excess().get();
      problems.add("", excess.what(), text.name() + ":" + excess.line());
      return nothing;
    }
    if (!scan.hasContent()) {
      problems.add("", "is empty; a spec needs at least: experiment = NAME", text.name());
      return nothing;
    }
    substitutions += scan.substitutions();
    RecordingIncluder includer = new RecordingIncluder();
    ConfigObject own;
    try {
      own = parse(text.text(), text.name(), includer);
    } catch (ConfigException e) {
      problems.add("", ParseMessage.of(e), ParseMessage.where(e, problems, text.name()));
      own = nothing;
    }
    including.add(text.identity());
    ConfigObject base = nothing;
    for (int i = 0; i < includer.wanted().size(); i++) {
      Optional<HoconScan.Include> place =
          i < scan.includes().size() ? Optional.of(scan.includes().get(i)) : Optional.empty();
      String where = text.name() + place.map(found -> ":" + found.line()).orElse("");
      if (place.isPresent() && !place.get().first()) {
        problems.add("include", "must stand at the top level, before all keys", where);
      }
      base = over(include(includer.wanted().get(i), text, where, including), base);
    }
    including.remove(text.identity());
    return over(own, base);
  }

  private ConfigObject include(Wanted wanted, SpecText by, String where, Set<String> including) {
    ConfigObject nothing = ConfigFactory.empty().root();
    if (!wanted.form().isEmpty()) {
      problems.add(
          "include",
          wanted.form()
              + "("
              + Words.quote(wanted.name())
              + ") is not allowed; include a shipped spec, or a file beside this one, by its plain name",
          where);
      return nothing;
    }
    includes++;
    if (includes > SpecLimits.INCLUDES) {
      if (includes == SpecLimits.INCLUDES + 1) {
        problems.add("include", "more than " + SpecLimits.INCLUDES + " files are included", where);
      }
      return nothing;
    }
    try {
      SpecText text = texts.included(wanted.name(), by);
      if (including.contains(text.identity())) {
        problems.add(
            "include", Words.quote(wanted.name()) + " includes itself, in a circle", where);
        return nothing;
      }
      return read(text, including);
    } catch (SpecTexts.Unavailable e) {
      problems.add("include", String.valueOf(e.getMessage()), where);
      return nothing;
    }
  }

  private ConfigObject settings(List<SpecSetting> settings) {
    ConfigObject all = ConfigFactory.empty().root();
    for (SpecSetting setting : settings) {
      try {
        List<String> path = ConfigUtil.splitPath(setting.path());
        if (path.size() > SpecLimits.DEPTH) {
          problems.add(
              setting.path(), "is nested more than " + SpecLimits.DEPTH + " deep", setting.flag());
          continue;
        }
        ConfigObject next = at(path, value(setting), setting.flag());
        all = next.withFallback(AxisSpellings.asIn(next, all));
      } catch (ConfigException e) {
        problems.add(
            "",
            Words.quote(setting.path()) + " is not a path of keys such as optimizer.weight-decay",
            setting.flag());
      }
    }
    return all;
  }

  /** The objects that a path opens come from the flag as well. */
  private static ConfigObject at(List<String> path, ConfigValue value, String flag) {
    ConfigValue nested = value;
    for (int i = path.size() - 1; i >= 0; i--) {
      nested =
          ConfigFactory.empty()
              .root()
              .withValue(path.get(i), nested)
              .withOrigin(ConfigOriginFactory.newSimple(flag));
    }
    return (ConfigObject) nested;
  }

  /** What stands after the = of a setting: one HOCON value, else the text itself. */
  private ConfigValue value(SpecSetting setting) {
    HoconScan scan = HoconScan.of(setting.value());
    ConfigValue text = ConfigValueFactory.fromAnyRef(setting.value(), setting.flag());
    if (setting.value().length() > SpecLimits.BYTES || scan.excess().isPresent()) {
      problems.add(
          setting.path(),
          scan.excess().map(HoconScan.Excess::what).orElse("is larger than 1 MiB"),
          setting.flag());
      return text;
    }
    try {
      RecordingIncluder includer = new RecordingIncluder();
      ConfigObject parsed = parse(VALUE + " : " + setting.value(), setting.flag(), includer);
      ConfigValue value = parsed.get(VALUE);
      if (parsed.size() != 1 || value == null || !includer.wanted().isEmpty()) {
        return text;
      }
      substitutions += scan.substitutions();
      return value;
    } catch (ConfigException notHocon) {
      return text;
    }
  }

  private static ConfigObject parse(String text, String name, RecordingIncluder includer) {
    return ConfigFactory.parseString(
            text,
            ConfigParseOptions.defaults()
                .setSyntax(ConfigSyntax.CONF)
                .setOriginDescription(name)
                .setIncluder(includer))
        .root();
  }

  /** One layer over others. */
  static ConfigObject over(ConfigObject own, ConfigObject base) {
    ConfigObject merged = own.withFallback(AxisSpellings.asIn(own, base));
    for (SpecSchema.Part part : SpecSchema.Part.values()) {
      Optional<String> kind = kind(own, part);
      if (kind.isPresent() && !kind.get().equals(kind(base, part).orElse(part.fallback()))) {
        ConfigValue replaced = own.get(part.key());
        merged = replaced == null ? merged : merged.withValue(part.key(), replaced);
      }
    }
    return merged;
  }

  private static Optional<String> kind(ConfigObject layer, SpecSchema.Part part) {
    try {
      if (layer.get(part.key()) instanceof ConfigObject object) {
        ConfigValue kind = object.get("kind");
        return kind != null && kind.unwrapped() instanceof String text
            ? Optional.of(text)
            : Optional.empty();
      }
    } catch (ConfigException.NotResolved e) {
      // A kind that is put together by substitution: nothing is dropped.
    }
    return Optional.empty();
  }
}

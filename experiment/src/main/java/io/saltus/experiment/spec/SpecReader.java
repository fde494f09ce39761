package io.saltus.experiment.spec;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads a spec from HOCON, or names everything that is wrong with it.
 *
 * <p>HOCON by itself reads the environment, any file and any URL, and a short text can make it
 * overflow the stack or fill the memory. Here a spec can refer to its own keys and include shipped
 * specs and, where files are allowed, files beside it; sizes are bounded before anything is parsed
 * or resolved (at most 1 MiB, 64 levels, 10,000 values).
 */
public final class SpecReader {

  private final SpecSchema schema;
  private final PathRules paths;

  private SpecReader(SpecSchema schema, PathRules paths) {
    this.schema = schema;
    this.paths = paths;
  }

  /** For the command line: specs may be files, include files beside them, and name input files. */
  public static SpecReader withFiles(List<? extends ProgramSchema> programs) {
    return new SpecReader(SpecSchema.of(programs), PathRules.ANY);
  }

  /** For strangers: only shipped specs, changed by settings; nothing that names a file. */
  public static SpecReader shippedOnly(List<? extends ProgramSchema> programs) {
    return shippedOnly(programs, Map.of());
  }

  /**
   * For strangers, too; where a path of input is wanted, a name stands for it.
   *
   * @param dataSets what the owner lets be named: directories by names
   */
  public static SpecReader shippedOnly(
      List<? extends ProgramSchema> programs, Map<String, Path> dataSets) {
    return new SpecReader(SpecSchema.of(programs), PathRules.named(dataSets));
  }

  /** The kinds it reads against. */
  public SpecSchema schema() {
    return schema;
  }

  /**
   * Reads a spec.
   *
   * @param source the name of a shipped spec; a file where it has a {@code /} or ends in {@code
   *     .conf}
   * @param settings applied last, in order
   */
  public SpecReading read(String source, List<SpecSetting> settings) {
    return read(layers -> layers.read(source, settings), source, settings);
  }

  /**
   * Changes a spec that was read before.
   *
   * @param name as problems show it
   * @param settings applied in order
   */
  public SpecReading change(ExperimentSpec spec, String name, List<SpecSetting> settings) {
    SpecText text =
        new SpecText(name, "journal:" + name, SpecRenderer.render(spec), Optional.empty());
    return read(layers -> layers.read(text, settings), name, settings);
  }

  private SpecReading read(
      Function<SpecLayers, Optional<ConfigObject>> merge,
      String source,
      List<SpecSetting> settings) {
    Set<String> flags = new HashSet<>();
    settings.forEach(setting -> flags.add(setting.flag()));
    Problems problems = new Problems(flags);
    Optional<SpecReading.Accepted> accepted;
    try {
      accepted = read(merge, source, problems);
    } catch (StackOverflowError e) {
      // Cannot happen within the limits as far as is known; a refusal all the same, not a crash.
      problems.add("", "is nested too deeply to be read", source);
      accepted = Optional.empty();
    }
    return problems.isEmpty() && accepted.isPresent()
        ? accepted.get()
        : new SpecReading.Refused(problems.all());
  }

  private Optional<SpecReading.Accepted> read(
      Function<SpecLayers, Optional<ConfigObject>> merge, String source, Problems problems) {
    return merge
        .apply(new SpecLayers(new SpecTexts(paths.filesAllowed()), problems))
        .flatMap(merged -> resolve(merged, source, problems))
        .map(root -> bind(root, source, problems));
  }

  private SpecReading.Accepted bind(ConfigObject root, String source, Problems problems) {
    StudyBinder binder = new StudyBinder(schema);
    SpecReading.Accepted accepted =
        new SpecBinder(schema, paths, problems).bind(root, source, binder);
    if (problems.isEmpty()) {
      accepted
          .spec()
          .study()
          .ifPresent(
              study ->
                  new StudyCheck(schema, paths, problems)
                      .check(study, root, binder.origins(), source));
    }
    return accepted;
  }

  private static Optional<ConfigObject> resolve(
      ConfigObject merged, String source, Problems problems) {
    if (SubstitutionBound.of(merged) > SpecLimits.EXPANSION) {
      problems.add("", "grows beyond 1 MiB when its substitutions are put in", source);
      return Optional.empty();
    }
    ConfigObject root;
    try {
      root =
          merged
              .toConfig()
              .resolve(ConfigResolveOptions.noSystem().setAllowUnresolved(true))
              .root();
    } catch (ConfigException e) {
      problems.add("", ParseMessage.of(e), ParseMessage.where(e, problems, source));
      return Optional.empty();
    }
    if (nodes(root, 0) > SpecLimits.NODES) {
      problems.add("", "has more than 10,000 values", source);
      return Optional.empty();
    }
    return Optional.of(root);
  }

  /** Counts values, and stops soon after the limit: shared parts are counted where they appear. */
  private static int nodes(ConfigValue value, int before) {
    int count = before + 1;
    try {
      if (value instanceof ConfigObject object) {
        for (ConfigValue below : object.values()) {
          count = count > SpecLimits.NODES ? count : nodes(below, count);
        }
      } else if (value instanceof ConfigList list) {
        for (ConfigValue below : list) {
          count = count > SpecLimits.NODES ? count : nodes(below, count);
        }
      }
    } catch (ConfigException.NotResolved e) {
      // Reported by its key when it is read.
    }
    return count;
  }
}

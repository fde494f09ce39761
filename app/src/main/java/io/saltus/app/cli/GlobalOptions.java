package io.saltus.app.cli;

import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The options of every command. All are texts, so that every wrong value is refused by our words.
 */
final class GlobalOptions {

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Where runs are kept; else $SALTUS_HOME, else .saltus here.")
  Optional<String> home = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      description = "text or json (metrics: csv or json).")
  Optional<String> format = Optional.empty();

  @Option(
      names = "--natives",
      paramLabel = "KIND",
      scope = ScopeType.INHERIT,
      description = "TensorFlow for auto, cpu or gpu.")
  Optional<String> natives = Optional.empty();

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "A directory of jars with further programs.")
  Optional<String> plugins = Optional.empty();

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Say more; errors with their stack traces.")
  boolean debug;

  @Option(
      names = "--quiet",
      scope = ScopeType.INHERIT,
      description = "On standard error, errors only.")
  boolean quiet;
}

package io.saltus.app.cli;

import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Directories of data that may be named over HTTP, where no path may. */
final class DataSetFlags {

  private static final String FLAG = "--data-set";

  @Option(
      names = FLAG,
      paramLabel = "NAME=DIR",
      description = "A directory of data that specs over HTTP may call by this name; repeatable.")
  private List<String> flags = new ArrayList<>();

  /**
   * Reads them.
   *
   * @throws Refusal when one is none, or a name stands twice
   */
  SortedMap<String, Path> read(Invocation invocation) {
    SortedMap<String, Path> named = new TreeMap<>();
    for (String flag : flags) {
      int equals = flag.indexOf('=');
      String name = flag.substring(0, Math.max(0, equals));
      // The shape of a run's name has nothing in it that a path needs.
      if (!RunId.isValid(name)) {
        throw Refusal.wrong(
            "'" + flag + "' is not NAME=DIR",
            FLAG,
            "A name is of a-z 0-9 . _ - and begins with a letter or digit.");
      }
      Path directory = invocation.path(flag.substring(equals + 1)).toAbsolutePath().normalize();
      if (!Files.isDirectory(directory)) {
        throw Refusal.wrong(
            "'" + directory + "' is no directory", FLAG + " " + name, "Check the path.");
      }
      if (named.put(name, directory) != null) {
        throw Refusal.wrong("'" + name + "' stands twice", FLAG, "Give each name once.");
      }
    }
    return named;
  }
}
